"""A mail as the bytes that go over the wire."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from interviews.models import Mail, Reminder
from interviews.reminders.compose import Content
from interviews.reminders.links import unsubscribe_url


def message_bytes(mail: Mail, reminders: Sequence[Reminder], content: Content) -> bytes:
    """The whole message, lines ended by CRLF. Raises ValueError for headers that cannot be."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if reminders:
        # RFC 8058: the mail program posts to this address, and reminder mail stops.
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(reminders[0].candidate)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers=headers,
    )
    if content.html:
        message.attach_alternative(content.html, "text/html")
    return message.message().as_bytes(linesep="\r\n")
