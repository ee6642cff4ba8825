"""A mail as the bytes for SMTP."""

import re
from binascii import b2a_qp
from email.header import Header

from django.conf import settings
from django.core.mail import EmailMessage

from interviews.models import Mail
from reminders.compose import MailContent

# If a header's first word is too long for its line, the library starts on the next one, which some
# servers and mail programs take for an empty header.
BEGUN_BELOW = re.compile(rb"^([^\s:]+:) *\r\n[ \t]+", re.MULTILINE)


def message_bytes(mail: Mail, content: MailContent) -> bytes:
    """The whole message with CRLF. Raise ValueError for impossible headers.

    The library writes the headers, which contain names in any script. The two parts have constant
    headers and are assembled here: the library's generator takes as long for them as sending the
    mail. Quoted-printable keeps lines short and every byte ASCII.
    """
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if content.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{content.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(
        subject=content.subject,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers=headers,
    ).message()
    boundary = f"=_{mail.pk}"
    del message["Content-Transfer-Encoding"]
    message.replace_header("Content-Type", f'multipart/alternative; boundary="{boundary}"')
    parts = [_part("plain", content.text)]
    if content.html:
        parts.append(_part("html", content.html))
    opening = f"--{boundary}\r\n".encode()
    body = b"".join(opening + part for part in parts)
    if not content.subject.isascii():
        # 76 is the maximum for a line with encoded words (RFC 2047), the header's name included.
        subject = Header(content.subject, "utf-8", maxlinelen=76, header_name="Subject")
        message.replace_header("Subject", subject.encode())
    head: bytes = message.as_bytes(linesep="\r\n").rstrip(b"\r\n")
    head = BEGUN_BELOW.sub(rb"\1 ", head)
    return head + b"\r\n\r\n" + body + f"--{boundary}--\r\n".encode()


def _part(subtype: str, text: str) -> bytes:
    head = (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return head.encode() + b2a_qp(lines.encode(), istext=True) + b"\r\n"
