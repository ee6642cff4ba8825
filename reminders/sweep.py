"""Recompute rows that became due or expired, and write reminders to the ledger.

Each batch is one short transaction: claim the rows whose `review_at` has come, oldest first;
recompute; write reminder rows under their unique constraint; move `review_at`. Rows that another
sweep holds are skipped on PostgreSQL; SQLite silently ignores that, but there the immediate
transaction admits one sweep at a time. Two sweeps, or ten, write what one would.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from interviews.channel_order import assign_channel, usable_kinds
from interviews.models import ChannelKind, DeliveryState, Interview, Reminder, SweepState
from interviews.next_step import decide_each, holds_step, store_step
from interviews.quarantine import one_by_one, place_of, raise_if_passing
from interviews.services import locks, mail_proposals, next_step, stages
from interviews.services.reminders import wait_for_contact_hours
from reminders.event_log import log_event
from reminders.postgres import ready_connection
from reminders.recompute_all import decided_by, recompute_after_upgrade
from reminders.sending_clock import gap

logger = logging.getLogger(__name__)

# A sweep ends after this many batches, and the next begins with a new clock.
BATCHES_MAX = 20
# Candidates with this many rows in one batch come after everybody else.
CROWD = 50


@dataclass(frozen=True, slots=True)
class Sweep:
    """How many rows were processed, and how many reminders are now open because of it."""

    reviewed: int = 0
    reminded: int = 0
    is_cut_short: bool = False


def sweep(*, now: datetime, on_batch: Callable[[], None] = lambda: None) -> Sweep:
    """Process the due rows, batch by batch; wake the senders after each.

    If nothing is due this runs two queries: for the first such row, and to store that it ran.
    """
    ready_connection()
    started = monotonic()
    reviewed = reminded = batches = 0
    crowded: set[UUID] = set()
    while batches < BATCHES_MAX and (batch := sweep_batch(now=now, last=crowded)).reviewed:
        reviewed, reminded = reviewed + batch.reviewed, reminded + batch.reminded
        batches += 1
        on_batch()
    seconds = monotonic() - started if reviewed else None
    is_upgraded = _note_swept(now=now, seconds=seconds)
    # Due rows come first: an upgrade's work must not delay them.
    if batches < BATCHES_MAX and not is_upgraded:
        is_upgraded = recompute_after_upgrade(now=now)
    return Sweep(reviewed, reminded, batches == BATCHES_MAX or not is_upgraded)


def sweep_batch(*, now: datetime, last: set[UUID]) -> Sweep:
    """One batch. Candidates in `last` come after all others; those who crowd this batch join
    them."""
    for after in [frozenset(last), frozenset[UUID]()][0 if last else 1 :]:
        # Queried outside a transaction: mostly there is nothing to claim.
        if not _due(now, after=after).exists():
            continue
        try:
            looked, crowd = _sweep_claimed(now, after)
        except Exception as error:
            raise_if_passing(error)
            logger.error("A batch fails, and its rows are taken alone: %s", place_of(error))
            return _sweep_one_by_one(now, after)
        last |= crowd
        return looked
    return Sweep()


def _due(now: datetime, *, after: Collection[UUID]) -> QuerySet[Interview]:
    """Due rows, oldest first, without those of candidates who come last."""
    rows = Interview.objects.to_review(now)
    return rows.exclude(candidate__in=after) if after else rows


@transaction.atomic
def _sweep_claimed(now: datetime, after: Collection[UUID]) -> tuple[Sweep, set[UUID]]:
    """The batch's result, and the candidates with very many rows in it."""
    claimed = _due(now, after=after).select_for_update(skip_locked=True, no_key=True)
    rows = list(claimed.values_list("pk", "candidate")[: settings.SWEEP_BATCH])
    whose = Counter(candidate for _pk, candidate in rows)
    crowd = {candidate for candidate, count in whose.items() if count >= CROWD}
    return _look_at([pk for pk, _candidate in rows], now=now), crowd


def _sweep_one_by_one(now: datetime, after: Collection[UUID]) -> Sweep:
    """After a batch that failed as a whole: only the row that fails again is set aside."""
    keys = list(_due(now, after=after).values_list("pk", flat=True)[: settings.SWEEP_BATCH])
    done = one_by_one(
        keys,
        lambda pk: _sweep_alone(pk, now=now),
        next_step.quarantine_unread,
        message=next_step.UNDECIDED,
    )
    return Sweep(len(keys), sum(each.reminded for each in done))


@transaction.atomic
def _sweep_alone(pk: UUID, *, now: datetime) -> Sweep:
    locks.lock_interviews([pk])
    # Another sweep, or a fact, may have come first.
    still = _due(now, after=()).filter(pk=pk).values_list("pk", flat=True)
    return _look_at(list(still), now=now)


def _look_at(ids: Sequence[UUID], *, now: datetime) -> Sweep:
    """Recompute the locked rows, store what changed, and write reminders."""
    if not ids:
        return Sweep()
    _answer_continued(ids, now=now)
    rows = list(Interview.objects.with_facts().filter(pk__in=ids))
    moved, told, aside = [], [], []
    for row, step in decide_each(rows, now=now):
        if isinstance(step, Exception):
            next_step.quarantine(row, step)
            aside.append(row)
            continue
        row.review_error = ""
        if not holds_step(row, step):
            store_step(row, step)
            moved.append(row)
        is_due = step.due is not None and step.due <= now
        row.review_at = step.expires if is_due or step.due is None else step.due
        if is_due:
            told.append(row)
    told = _without_paused(told, now=now)
    _save(rows, changed=[*moved, *aside])
    next_step.settle_reminders(moved, now=now, is_fact=True)
    return Sweep(len(rows), write_reminders(told, now=now))


def _without_paused(due: Sequence[Interview], *, now: datetime) -> list[Interview]:
    """A forwarded mail may be the answer: until the candidate has looked at it, or a day has gone,
    nothing is written about its wait."""
    paused = mail_proposals.paused_until(due, now=now)
    for row in due:
        if (until := paused.get(row.pk)) is not None:
            row.review_at = until if row.review_at is None else min(until, row.review_at)
    return [row for row in due if row.pk not in paused]


def _save(rows: Sequence[Interview], *, changed: Sequence[Interview]) -> None:
    """Most rows only became due: one plain UPDATE moves their `review_at`."""
    Interview.objects.bulk_update(changed, next_step.STEP_FIELDS, batch_size=100)
    others = {row.pk for row in rows} - {row.pk for row in changed}
    again = [row for row in rows if row.pk in others and row.review_at is not None]
    Interview.objects.bulk_update(again, ["review_at", "review_error"], batch_size=100)
    done = others - {row.pk for row in again}
    Interview.objects.filter(pk__in=done).update(review_at=None, review_error="")


@transaction.atomic
def write_reminders(rows: Sequence[Interview], *, now: datetime) -> int:
    """Write one ledger row for each row's step and due time; return how many now wait to be mailed.

    An existing row stays as it is, or is revived if its step had been settled before it was sent
    and is current again. A step about which the candidate wants no mail is settled at once.
    """
    usable = usable_kinds(row.candidate for row in rows)
    due = [
        _reminder(row, row.step_due_at, usable.get(row.candidate_id, ()), now)
        for row in rows
        if row.step_due_at is not None
    ]
    Reminder.objects.bulk_create(due, ignore_conflicts=True)
    moments = {(row.pk, row.step, row.step_due_at) for row in rows}
    muted = {row.pk for row in rows if row.step in row.candidate.muted_steps}
    written = locks.lock_reminders(Reminder.objects.filter(interview__in=rows))
    current = [each for each in written if (each.interview_id, each.step, each.due_at) in moments]
    linked = [each.pk for each in current if each.settled_at is not None]
    revived = [
        each.pk
        for each in current
        if each.state == DeliveryState.SETTLED
        and each.sent_at is None
        and each.interview_id not in muted
    ]
    if linked:
        Reminder.objects.filter(pk__in=linked).update(settled_at=None)
    if revived:
        Reminder.objects.filter(pk__in=revived).update(
            state=DeliveryState.WAITING, mail=None, error=""
        )
    waiting = [
        each.pk for each in current if each.state == DeliveryState.WAITING and not each.mail_id
    ]
    log_event("written", [*revived, *waiting])
    return len(revived) + len(waiting)


def _note_swept(*, now: datetime, seconds: float | None) -> bool:
    """Store that a sweep ran; return whether all waits are up to date with this process.

    One UPDATE, unless this is the first sweep after a gap, or after an upgrade.
    """
    told: dict[str, object] = {"swept_at": now}
    if seconds is not None:
        told["seconds"] = seconds
    same = SweepState.objects.filter(pk=1, decided_by=decided_by())
    if same.filter(swept_at__gt=now - gap()).update(**told):
        return True
    state, _ = SweepState.objects.get_or_create(pk=1)
    if state.swept_at is None or state.swept_at <= now - gap():
        told["started_at"] = now
    SweepState.objects.filter(pk=1).update(**told)
    return same.exists()


def _answer_continued(ids: Sequence[UUID], *, now: datetime) -> None:
    """A stage that has ended, and that a later one continues, gets its result from that."""
    later = Interview.objects.not_cancelled().filter(continues__in=ids)
    stages.answer_continued(later.select_related("continues"), now=now)


def _reminder(row: Interview, due_at: datetime, usable: Collection[str], now: datetime) -> Reminder:
    is_muted = row.step in row.candidate.muted_steps
    reminder = Reminder(
        interview=row,
        candidate=row.candidate,
        step=row.step,
        due_at=due_at,
        state=DeliveryState.SETTLED if is_muted else DeliveryState.WAITING,
        created_at=now,
    )
    assign_channel(reminder, usable)
    if reminder.channel != ChannelKind.EMAIL:
        wait_for_contact_hours(reminder, now=now)
    return reminder
