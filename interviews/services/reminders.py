"""The ledger's reactions to choices of a candidate or an operator."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from interviews.channel_order import choose, left_of, usable_kinds
from interviews.models import Candidate, DeliveryState, Interview, RefusedAddress, Reminder
from interviews.models.mail.reminder import UNSENT
from interviews.next_step import candidate_facts
from interviews.rules import contact_moment
from interviews.services import locks

# If a step is neither opened nor settled within this time, the next channel tells it; a channel
# that cannot be reached for so long is given up for this step.
FOLLOW_AFTER = timedelta(hours=1)


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
    match_channels(candidate)


def match_channels(candidate: Candidate) -> None:
    """After the candidate's channels or their order changed: what is in no mail yet is told by the
    first of them, and what was told and not opened is followed by the one that comes next now."""
    mine = Reminder.objects.filter(candidate=candidate)
    usable = usable_kinds([candidate]).get(candidate.pk, ())
    open_ones = mine.unmailed() | mine.to_follow()
    changed = []
    for each in locks.lock_reminders(open_ones):
        each.candidate = candidate
        if each.state == DeliveryState.WAITING:
            is_changed = choose(each, usable)
        else:
            after = [kind for kind in left_of(each, usable) if kind != each.channel]
            each.next_channel, is_changed = after[0] if after else "", True
        if is_changed:
            changed.append(each)
    Reminder.objects.bulk_update(changed, ["channel", "next_channel"])


def pass_on(reminders: QuerySet[Reminder], *, now: datetime) -> list[Reminder]:
    """Let the next channel tell these, at the next contact moment: theirs has failed for good, or
    was not opened. Return those for which one is left; the others stay as they are."""
    keys = [each.pk for each in locks.lock_reminders(reminders)]
    rows = list(Reminder.objects.filter(pk__in=keys).select_related("candidate"))
    usable = usable_kinds(each.candidate for each in rows)
    passed = []
    for each in rows:
        end = {"sent_at": each.sent_at} if each.sent_at else {"failed_at": now}
        told = {name: moment.isoformat() for name, moment in end.items()}
        each.earlier = [*each.earlier, {"channel": each.channel, **told}]
        if choose(each, usable.get(each.candidate_id, ())):
            each.state, each.mail, each.error = DeliveryState.WAITING, None, ""
            each.sent_at = each.missed_at = None
            each.tell_at = contact_moment(candidate_facts(each.candidate), now)
            passed.append(each)
    Reminder.objects.bulk_update(passed, _PASSED)
    return passed


_PASSED = (
    *("channel", "next_channel", "earlier", "tell_at"),
    *("state", "mail", "error", "sent_at", "missed_at"),
)


def note_opened(interview: Interview, *, now: datetime) -> None:
    """The candidate sees the step: no other channel needs to tell it. No query for candidates who
    are told by email alone."""
    if not interview.candidate.channel_order:
        return
    mine = Reminder.objects.filter(interview=interview, opened_at=None, settled_at=None)
    # An earlier try may have arrived without an answer.
    begun = mine.filter(state__in=UNSENT, mail__tries__gt=0)
    (mine.to_follow() | begun).update(opened_at=now)
    for each in Reminder.objects.filter(interview=interview, state=DeliveryState.WAITING):
        if each.earlier and "sent_at" in each.earlier[-1]:
            _end_following(each, now=now)


def _end_following(reminder: Reminder, *, now: datetime) -> None:
    """It was told, and passed on to a channel that has not told it yet. If a sender has it at this
    moment, it will."""
    *before, told = reminder.earlier
    Reminder.objects.filter(pk=reminder.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.SENT,
        sent_at=datetime.fromisoformat(told["sent_at"]),
        channel=told["channel"],
        next_channel="",
        earlier=before,
        opened_at=now,
        mail=None,
        error="",
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
