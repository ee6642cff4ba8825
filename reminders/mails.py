"""The outbox, where a choice of an operator bears on it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from interviews.models import DeliveryState, Mail, Reminder
from interviews.services import reminders


def retryable(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """Those of which `retry_mail` would try something again."""
    again = reminders.retryable(Reminder.objects.filter(mail__in=mails.values("pk")))
    return mails.filter(Q(state=DeliveryState.WAITING) | Q(pk__in=again.values("mail")))


@transaction.atomic
def retry_mail(*, mail: Mail, now: datetime) -> bool:
    """Try again at once what waits for its next try; whether there was anything to try.

    A mail that was given up is over, and what it said is forgotten: its reminders are told in a
    new one. A code that was given up is not sent again; its reader asks for another.
    """
    waiting = Mail.objects.filter(pk=mail.pk, state=DeliveryState.WAITING)
    if waiting.update(try_at=now):
        return True
    tried = [reminders.retry_reminder(reminder=each) for each in mail.reminders.all()]
    return any(tried)
