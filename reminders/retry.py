"""The outbox's reactions to an operator's choices."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from interviews.models import DeliveryState, Mail, Reminder
from interviews.services import reminders


def retryable(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """Mails that `retry_mail` would retry."""
    again = reminders.retryable(Reminder.objects.filter(mail__in=mails.values("pk")))
    return mails.filter(Q(state=DeliveryState.WAITING) | Q(pk__in=again.values("mail")))


@transaction.atomic
def retry_mail(*, mail: Mail, now: datetime) -> bool:
    """Retry at once a mail that waits for its next attempt; return whether there was anything to
    retry.

    A mail that was given up is over, and its text erased: its reminders go into a new one. A code
    that was given up is not sent again; its reader asks for another.
    """
    waiting = Mail.objects.filter(pk=mail.pk, state=DeliveryState.WAITING)
    if waiting.update(try_at=now):
        return True
    tried = [reminders.retry_reminder(reminder=each) for each in mail.reminders.all()]
    return any(tried)
