"""A mail as the bytes that go over the wire."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from interviews.models import Mail
from interviews.reminders.compose import Content


def message_bytes(mail: Mail, content: Content) -> bytes:
    """The whole message, lines ended by CRLF. Raises ValueError for headers that cannot be."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if content.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{content.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers=headers,
    )
    if content.html:
        email.attach_alternative(content.html, "text/html")
    message = email.message()
    if message.is_multipart():
        # A boundary of our own: to find one, the library compiles a pattern for each mail.
        message.set_boundary(f"=_{mail.pk}")
    return message.as_bytes(linesep="\r\n")
