"""Every mail of the product is first a `Mail` row, and never sent within a request."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.addresses import canonical_address
from accounts.keys import new_key
from accounts.models import User
from interviews.models import Mail
from reminders.mail_html import html_of_text
from reminders.wakeups import wake_senders


class OutboxBackend(BaseEmailBackend):
    """The EMAIL_BACKEND by which Django and allauth write into the outbox.

    It reads the clock because it is an edge: Django's interface passes no time.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        mails = [
            _mail(message, recipient, now)
            for message in email_messages
            for recipient in message.recipients()
        ]
        Mail.objects.bulk_create(mails)
        transaction.on_commit(wake_senders)
        return len(email_messages)


def message_id(key: object) -> str:
    return f"<{key}@{settings.MAIL_DOMAIN}>"


def _mail(message: EmailMessage, recipient: str, now: datetime) -> Mail:
    key = new_key()
    return Mail(
        id=key,
        kind=getattr(message, "kind", Mail.Kind.ACCOUNT),  # coaching/mails.py sets it
        user=User.objects.filter(email=canonical_address(recipient)).first(),
        recipient=recipient,
        message_id=message_id(key),
        subject=Truncator(str(message.subject)).chars(Mail.SUBJECT_MAX),
        text=str(message.body),
        html=_html(message) or html_of_text(str(message.subject), str(message.body)),
        try_at=now,
        created_at=now,
    )


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    parts = ((str(content), mimetype) for content, mimetype in message.alternatives)
    return next((content for content, mimetype in parts if mimetype == "text/html"), "")
