"""The stored next step: its locks, and its recomputation before a transaction ends."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from interviews import rules
from interviews.models import Candidate, DeliveryState, Interview, Reminder, Result, Vacancy
from interviews.models.mail.reminder import UNSENT
from interviews.next_step import PartyStep, candidate_facts, decide_each, holds_step, store_step
from interviews.quarantine import error_text, place_of, together_or_alone
from interviews.services import locks, position_state
from interviews.services.statistics import recompute_statistics_soon

logger = logging.getLogger(__name__)

UNDECIDED = "Interview %s cannot be decided; it is set aside"
STEP_FIELDS = (
    "step",
    "step_rule",
    "step_due_at",
    "step_expires_at",
    "step_person",
    "step_reason",
    "review_at",
    "review_error",
)


def recompute_next_step(
    interview_ids: Iterable[UUID], *, now: datetime, is_fact: bool = True
) -> None:
    """Store what the rules say about the locked rows' facts, and settle the reminders that this
    ends.

    With `is_fact` false nothing new is known (a step was snoozed, a zone changed): links in mails
    about the same step keep working.
    """
    rows = Interview.objects.with_facts().filter(pk__in=list(interview_ids)).order_by("pk")
    changed = []
    for row, step in decide_each([row for row in rows if not row.is_cancelled], now=now):
        if isinstance(step, Exception):
            quarantine(row, step)
            changed.append(row)
        elif row.review_error or not holds_step(row, step):
            row.review_error = ""
            row.review_at = review_after_change(row.candidate, step, now=now)
            store_step(row, step)
            changed.append(row)
    save_steps(changed)
    settle_reminders(changed, now=now, is_fact=is_fact)
    if is_fact:
        Interview.objects.filter(pk__in=[row.pk for row in rows]).update(active_at=now)
        position_state.recompute_states(
            Vacancy.objects.filter(pk__in={row.vacancy_id for row in rows})
        )
        recompute_statistics_soon((row.candidate_id for row in rows), now=now)


def recompute_next_steps(interview_ids: Sequence[UUID], *, now: datetime) -> None:
    """Like `recompute_next_step`, for locked rows of any candidates without new facts: a row that
    fails is quarantined, and the others go on."""
    together_or_alone(
        interview_ids,
        lambda ids: recompute_next_step(ids, now=now, is_fact=False),
        quarantine_unread,
        message=UNDECIDED,
    )


def save_steps(rows: Sequence[Interview]) -> None:
    """For one row, the usual case, a plain UPDATE is built in a fifth of the time."""
    if len(rows) == 1:
        rows[0].save(update_fields=STEP_FIELDS)
    else:
        Interview.objects.bulk_update(rows, STEP_FIELDS, batch_size=100)


def quarantine(row: Interview, error: Exception) -> None:
    """Set aside a row that cannot be decided, with its error, until a fact changes or an operator
    asks. The caller saves it."""
    logger.error(f"{UNDECIDED}: %s", row.pk, place_of(error))
    row.review_at, row.review_error = None, error_text(error)


def quarantine_unread(pk: UUID, error: Exception) -> None:
    """For a row that may not even be readable."""
    Interview.objects.filter(pk=pk).update(review_at=None, review_error=error_text(error))


def cancel(row: Interview, *, by: Result | None = None, now: datetime) -> None:
    """Clear a locked row's step when it is cancelled: a row is either cancelled or has a step."""
    row.cancelled_at, row.cancelled_by, row.active_at = now, by, now
    row.step = row.step_rule = row.review_error = ""
    row.step_due_at = row.step_expires_at = row.step_person = row.review_at = None
    row.step_reason = {}
    row.save(update_fields=["cancelled_at", "cancelled_by", "active_at", *STEP_FIELDS])
    settle_reminders([row], now=now, is_fact=True)
    position_state.recompute_states(Vacancy.objects.filter(pk=row.vacancy_id))
    recompute_statistics_soon([row.candidate_id], now=now)


def settle_reminders(rows: Sequence[Interview], *, now: datetime, is_fact: bool) -> None:
    """End the reminders of every step except the rows' present ones."""
    if not rows:
        return
    present = {row.pk: (row.step, row.step_due_at) for row in rows}
    unsent, over = [], []
    for reminder in locks.lock_reminders(
        Reminder.objects.open_or_linked().filter(interview__in=rows)
    ):
        step, due_at = present[reminder.interview_id]
        if (reminder.step, reminder.due_at) == (step, due_at):
            continue
        if reminder.state in UNSENT:
            unsent.append(reminder.pk)
        if reminder.settled_at is None and (is_fact or reminder.step != step):
            over.append(reminder.pk)
    Reminder.objects.filter(pk__in=unsent).update(state=DeliveryState.SETTLED)
    Reminder.objects.filter(pk__in=over).update(settled_at=now)


def review_after_change(candidate: Candidate, step: PartyStep, *, now: datetime) -> datetime | None:
    """Return when a sweep must look at the row: when the step becomes due, or, if it is due
    already, at the next contact moment at least an hour away, because the page shows it at once."""
    if step.due is None:
        return step.expires
    if step.due > now:
        return step.due
    mailed = rules.contact_moment(candidate_facts(candidate), now + settings.REMINDER_GRACE)
    return mailed if step.expires is None else min(mailed, step.expires)


def later(*, candidate: Candidate, now: datetime, days: int) -> datetime:
    """The first contact moment `days` local days from now or later."""
    day = now.astimezone(candidate.zone).date() + timedelta(days=days)
    opening = datetime.combine(day, candidate.contact_opens, candidate.zone)
    return rules.contact_moment(candidate_facts(candidate), opening).astimezone(now.tzinfo)
