"""The ledger's reactions to choices of a candidate or an operator."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from interviews.channel_order import assign_channel, left_of, usable_kinds
from interviews.models import (
    Candidate,
    ChannelKind,
    DeliveryState,
    Interview,
    RefusedAddress,
    Reminder,
)
from interviews.models.mail.reminder import UNSENT
from interviews.next_step import candidate_facts
from interviews.rules import contact_moment
from interviews.services import locks

# If a step is neither opened nor settled within this time, the next channel tells it; a channel
# that cannot be reached for so long is given up for this step.
FOLLOW_AFTER = timedelta(hours=1)


# What changes when another channel is to tell a reminder.
_TELLING = (
    *("channel", "next_channel", "earlier", "tell_at"),
    *("state", "mail", "error", "sent_at", "missed_at"),
)


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


def match_channels(candidate: Candidate) -> int:
    """After the candidate's channels or their order changed: what is in no mail yet is told by the
    first of them, and what was told and not opened is followed by the one that comes next now.
    Return how many reminders that concerns."""
    mine = Reminder.objects.filter(candidate=candidate)
    usable = usable_kinds([candidate]).get(candidate.pk, ())
    open_ones = mine.unmailed() | mine.to_follow()
    changed = []
    for each in locks.lock_reminders(open_ones):
        each.candidate = candidate
        if each.state != DeliveryState.WAITING:
            after = [kind for kind in left_of(each, usable) if kind != each.channel]
            each.next_channel = after[0] if after else ""
        elif not assign_channel(each, usable) and not _as_told_before(each):
            each.channel, each.next_channel = ChannelKind.EMAIL.value, ""  # again, at last
        changed.append(each)
    Reminder.objects.bulk_update(changed, _TELLING)
    return len(changed)


def pass_on(reminders: QuerySet[Reminder], *, now: datetime) -> list[Reminder]:
    """Let the next channel tell these, at the next contact moment: theirs has failed for good, or
    was not opened. Return those for which one is left; the others stay as they are."""
    rows = _locked(reminders)
    usable = usable_kinds(each.candidate for each in rows)
    passed = []
    for each in rows:
        is_sent = each.state == DeliveryState.SENT and each.sent_at is not None
        end = {"sent_at": each.sent_at} if is_sent else {"failed_at": now}
        told = {name: moment.isoformat() for name, moment in end.items() if moment}
        each.earlier = [*each.earlier, {"channel": each.channel, **told}]
        if assign_channel(each, usable.get(each.candidate_id, ())):
            each.state, each.mail, each.error = DeliveryState.WAITING, None, ""
            each.sent_at = each.missed_at = None
            wait_for_contact_hours(each, now=now)
            passed.append(each)
    Reminder.objects.bulk_update(passed, _TELLING)
    return passed


def _locked(reminders: QuerySet[Reminder]) -> list[Reminder]:
    keys = [each.pk for each in locks.lock_reminders(reminders)]
    rows = Reminder.objects.filter(pk__in=keys)
    return list(rows.select_related("candidate", "interview__candidate"))


def wait_for_contact_hours(reminder: Reminder, *, now: datetime) -> None:
    """A notification is heard, and what follows another channel may wait. But a step that is over
    by then is told by email now: an email waits to be read."""
    interview = reminder.interview
    moment = contact_moment(candidate_facts(interview.candidate), now)
    expires = interview.step_expires_at
    if expires is None or moment < expires:
        reminder.tell_at = moment
        return
    reminder.tell_at = None
    if ChannelKind.EMAIL.value not in {each["channel"] for each in reminder.earlier}:
        reminder.channel, reminder.next_channel = ChannelKind.EMAIL.value, ""


def hold_at_night(reminders: QuerySet[Reminder], *, now: datetime) -> set[UUID]:
    """Put off, to the next contact moment, those of candidates for whom it is not one now; return
    the candidates."""
    held = [
        each
        for each in _locked(reminders)
        if contact_moment(candidate_facts(each.candidate), now) > now
    ]
    for each in held:
        each.state, each.mail = DeliveryState.WAITING, None
        wait_for_contact_hours(each, now=now)
    Reminder.objects.bulk_update(held, _TELLING)
    return {each.candidate_id for each in held}


@transaction.atomic
def note_opened(interview: Interview, *, now: datetime) -> None:
    """The candidate sees the step: no other channel needs to tell it, also if that was to follow
    at the next contact moment. No query for candidates who are told by email alone."""
    if not interview.candidate.channel_order:
        return
    mine = Reminder.objects.filter(interview=interview)
    # Of those that are being sent an earlier try may have arrived without an answer.
    begun = mine.filter(state__in=UNSENT, mail__tries__gt=0, opened_at=None, settled_at=None)
    (mine.to_follow() | begun).update(opened_at=now)
    waiting = locks.lock_reminders(mine.filter(state=DeliveryState.WAITING))
    followed = [each for each in waiting if _as_told_before(each)]
    for each in followed:
        each.opened_at = now
    Reminder.objects.bulk_update(followed, [*_TELLING, "opened_at"])


def _as_told_before(reminder: Reminder) -> bool:
    """Set it to be told by the channel that told it last, and by no other; False if none did."""
    if not reminder.tellings:
        return False
    reminder.channel, reminder.sent_at = reminder.tellings[-1]
    reminder.earlier = [each for each in reminder.earlier if each["channel"] != reminder.channel]
    reminder.state, reminder.mail, reminder.next_channel = DeliveryState.SENT, None, ""
    return True


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
