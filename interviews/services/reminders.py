"""The ledger's reactions to choices of a candidate or an operator."""

from django.db import transaction
from django.db.models import F, QuerySet

from interviews.models import Candidate, DeliveryState, RefusedAddress, Reminder
from interviews.models.mail.reminder import UNSENT
from interviews.services import locks


def match_to_wishes(candidate: Candidate) -> None:
    """After the candidate changed the mail preferences: settle unwanted reminders, and queue wanted
    ones whose step still stands."""
    mine = Reminder.objects.filter(candidate=candidate, sent_at__isnull=True)
    muted = list(candidate.muted_steps)
    locks.lock_reminders(mine)
    # Also those of a mail that is being sent: its sender notices when it renews the lease.
    mine.filter(state__in=UNSENT, step__in=muted).update(state=DeliveryState.SETTLED)
    current(mine).filter(state=DeliveryState.SETTLED).exclude(step__in=muted).update(
        state=DeliveryState.WAITING, mail=None
    )


@transaction.atomic
def retry_reminder(*, reminder: Reminder) -> bool:
    """Retry a missed or set-aside reminder; return whether its step still stands."""
    again = retryable(Reminder.objects.filter(pk=reminder.pk))
    return bool(again.update(state=DeliveryState.WAITING, mail=None, error=""))


def retry_address(*, candidate: Candidate) -> bool:
    """Mail reminders to the refused address again; return whether a server had refused it.

    Waiting reminders are mailed at the senders' next run. Another refusal stops them again.
    """
    # Nothing is mailed to a refused address, so no sender works on these reminders meanwhile.
    mine = RefusedAddress.objects.filter(
        address__user=candidate.user_id, address__primary=True, address__verified=True
    )
    return bool(mine.delete()[0])


def missed_reminders(candidate: Candidate) -> QuerySet[Reminder]:
    """Reminders that could not be mailed, and whose step still stands."""
    # One that the next mail names stays missed until that mail is sent.
    missed = Reminder.objects.filter(
        candidate=candidate, missed_at__isnull=False, sent_at__isnull=True
    )
    return current(missed).select_related("interview__vacancy__company")


def retryable(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Missed or set-aside reminders whose step still stands."""
    given_up = [DeliveryState.MISSED, DeliveryState.QUARANTINED]
    return current(reminders).filter(state__in=given_up)


def current(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Reminders whose step and due time are still those of their interview."""
    return reminders.filter(
        settled_at__isnull=True,
        interview__cancelled_at__isnull=True,
        interview__step=F("step"),
        interview__step_due_at=F("due_at"),
    )
