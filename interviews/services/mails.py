"""The outbox, where a choice of an operator bears on it."""

from datetime import datetime

from django.db import transaction

from interviews.models import DeliveryState, Mail
from interviews.services.reminders import retry_reminder


@transaction.atomic
def retry_mail(*, mail: Mail, now: datetime) -> bool:
    """Try again at once what waits for its next try; whether there was anything to try.

    A mail that was given up is over, and what it said is forgotten: its reminders are told in a
    new one. A code that was given up is not sent again; its reader asks for another.
    """
    waiting = Mail.objects.filter(pk=mail.pk, state=DeliveryState.WAITING)
    if waiting.update(try_at=now):
        return True
    tried = [retry_reminder(reminder=each) for each in mail.reminders.all()]
    return any(tried)
