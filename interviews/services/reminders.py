"""The ledger, where a choice of the candidate or an operator bears on it."""

from django.db import transaction
from django.db.models import F, QuerySet

from interviews.models import Candidate, DeliveryState, RefusedAddress, Reminder
from interviews.models.mail.reminder import UNSENT
from interviews.services import next_step


def match_to_wishes(candidate: Candidate) -> None:
    """After the candidate changed which mails she wants: those she does not want are settled,
    and those she wants again, and whose step still stands, wait to be mailed."""
    mine = Reminder.objects.filter(candidate=candidate, sent_at__isnull=True)
    muted = list(candidate.muted_steps)
    next_step.lock_reminders(mine)
    # Of a mail that is being sent too: the sender sees it when it renews its lease.
    mine.filter(state__in=UNSENT, step__in=muted).update(state=DeliveryState.SETTLED)
    standing(mine).filter(state=DeliveryState.SETTLED).exclude(step__in=muted).update(
        state=DeliveryState.WAITING, mail=None
    )


@transaction.atomic
def retry_reminder(*, reminder: Reminder) -> bool:
    """Try again what was missed or set aside; whether its step still stands."""
    again = retryable(Reminder.objects.filter(pk=reminder.pk))
    return bool(again.update(state=DeliveryState.WAITING, mail=None, error=""))


def retry_address(*, candidate: Candidate) -> bool:
    """Mail reminders to her address again, which a server has refused; whether one had.

    What waits is mailed at the senders' next look. If the server refuses again, that stops it anew.
    """
    # A refused address mails nothing, so no sender works on her reminders meanwhile.
    mine = RefusedAddress.objects.filter(
        address__user=candidate.user_id, address__primary=True, address__verified=True
    )
    return bool(mine.delete()[0])


def missed_reminders(candidate: Candidate) -> QuerySet[Reminder]:
    """Reminders that could not be mailed, and whose step still stands."""
    # One that rides along with another mail is missed until that has been sent.
    missed = Reminder.objects.filter(
        candidate=candidate, missed_at__isnull=False, sent_at__isnull=True
    )
    return standing(missed).select_related("interview__vacancy__company")


def retryable(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Those that were missed or set aside, and whose step still stands."""
    given_up = [DeliveryState.MISSED, DeliveryState.SET_ASIDE]
    return standing(reminders).filter(state__in=given_up)


def standing(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Those whose step and due moment still stand on their interview."""
    return reminders.filter(
        settled_at__isnull=True,
        interview__cancelled_at__isnull=True,
        interview__step=F("step"),
        interview__step_due_at=F("due_at"),
    )
