"""What has come due or expired: decide it anew, and write what is to be told to the ledger.

Each batch is one short transaction: claim the rows whose `review_at` has come, oldest first;
decide; write reminder rows under their unique constraint; move `review_at`. Rows that another
sweep holds are skipped on PostgreSQL; on SQLite the immediate transaction lets one in at a time.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from interviews import rules, working_days
from interviews.cases import decide_each, holds_step, store_step
from interviews.models import DeliveryState, Interview, Reminder, SweepState
from interviews.services import stages, steps

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """How many rows were looked at, and how many reminders are now open because of it."""

    reviewed: int = 0
    reminded: int = 0


def sweep(*, now: datetime) -> Sweep:
    """Look at every row whose moment has come, batch by batch."""
    reviewed = reminded = 0
    while (batch := sweep_batch(now=now)).reviewed:
        reviewed += batch.reviewed
        reminded += batch.reminded
    # What is due comes first: an upgrade's work must not hold it up.
    redecide_after_upgrade(now=now)
    SweepState.objects.filter(pk=1).update(swept_at=now)
    return Sweep(reviewed, reminded)


@transaction.atomic
def sweep_batch(*, now: datetime) -> Sweep:
    claimed = Interview.objects.select_for_update(skip_locked=True, no_key=True).to_review(now)
    ids = list(claimed.values_list("pk", flat=True)[: settings.SWEEP_BATCH])
    if not ids:
        return Sweep()
    _answer_continued(ids, now=now)
    rows = list(Interview.objects.with_parties().filter(pk__in=ids))
    moved, told, aside = [], [], []
    for row, step in decide_each(rows, now=now):
        if isinstance(step, Exception):
            steps.set_aside(row, step)
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
    _save(rows, changed=[*moved, *aside])
    steps.settle_reminders(moved, now=now, is_fact=True)
    return Sweep(len(rows), write_reminders(told, now=now))


def _save(rows: Sequence[Interview], *, changed: Sequence[Interview]) -> None:
    """Most rows only came due: for them one plain UPDATE says when to look again."""
    Interview.objects.bulk_update(changed, steps.STEP_FIELDS, batch_size=100)
    others = {row.pk for row in rows} - {row.pk for row in changed}
    again = [row for row in rows if row.pk in others and row.review_at is not None]
    Interview.objects.bulk_update(again, ["review_at", "review_error"], batch_size=100)
    done = others - {row.pk for row in again}
    Interview.objects.filter(pk__in=done).update(review_at=None, review_error="")


def write_reminders(rows: Sequence[Interview], *, now: datetime) -> int:
    """One ledger row for each row's step and due moment; the number now waiting to be mailed.

    A row that is there already is left as it is, or revived if its step had been settled before
    it was sent and is now current again. A kind of step that the candidate wants no mail about
    is written down as settled at once.
    """
    due = [_reminder(row, row.step_due_at, now) for row in rows if row.step_due_at is not None]
    Reminder.objects.bulk_create(due, ignore_conflicts=True)
    moments = {(row.pk, row.step, row.step_due_at) for row in rows}
    muted = {row.pk for row in rows if row.step in row.candidate.muted_steps}
    written = steps.lock_reminders(Reminder.objects.filter(interview__in=rows))
    current = [each for each in written if (each.interview_id, each.step, each.due_at) in moments]
    linked = [each.pk for each in current if each.settled_at is not None]
    revived = [
        each.pk
        for each in current
        if each.state == DeliveryState.SETTLED
        and each.sent_at is None
        and each.interview_id not in muted
    ]
    Reminder.objects.filter(pk__in=linked).update(settled_at=None)
    Reminder.objects.filter(pk__in=revived).update(state=DeliveryState.WAITING, mail=None, error="")
    return len(revived) + sum(
        each.state == DeliveryState.WAITING and each.mail_id is None for each in current
    )


def redecide_after_upgrade(*, now: datetime) -> int:
    """Re-decide all open waits, if the rules or the holiday data are newer than they are.

    In batches, each a short transaction. Stopped midway it starts again at the next sweep; rows
    that are right already are only read.
    """
    state, _ = SweepState.objects.get_or_create(pk=1)
    present = decided_by()
    if state.decided_by == present:
        return 0
    count, last = 0, None
    while batch := _redecide_batch(last, now=now):
        count, last = count + len(batch), batch[-1]
    SweepState.objects.filter(pk=1).update(decided_by=present)
    logger.info("Re-decided %d open waits with %s", count, present)
    return count


def decided_by() -> str:
    """The rules and the holiday data that this process decides with."""
    return f"rules {rules.VERSION}, holidays {working_days.library_version()}"


@transaction.atomic
def _redecide_batch(after: UUID | None, *, now: datetime) -> list[UUID]:
    # Rows that are to be looked at now are left to the sweep, which mails without delay.
    rows = Interview.objects.undone().exclude(review_at__lte=now).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    ids = list(rows.values_list("pk", flat=True)[: settings.SWEEP_BATCH])
    steps.lock_interviews(ids)
    steps.redecide(ids, now=now, is_fact=False)
    return ids


def _answer_continued(ids: Sequence[UUID], *, now: datetime) -> None:
    """A stage that has ended, and that a later one continues, is answered by it."""
    later = Interview.objects.not_cancelled().filter(continues__in=ids)
    stages.answer_continued(later.select_related("continues"), now=now)


def _reminder(row: Interview, due_at: datetime, now: datetime) -> Reminder:
    is_muted = row.step in row.candidate.muted_steps
    return Reminder(
        interview=row,
        candidate=row.candidate,
        step=row.step,
        due_at=due_at,
        state=DeliveryState.SETTLED if is_muted else DeliveryState.WAITING,
        created_at=now,
    )
