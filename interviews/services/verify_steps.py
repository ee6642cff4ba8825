"""Verify that the stored steps are what the rules say about the stored facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from interviews.models import (
    Agreement,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Reminder,
    Result,
    Vacancy,
)
from interviews.next_step import PartyStep, decide_each, holds_step
from interviews.services import locks, next_step, position_state

# Conditions across rows, which no database constraint can express.
FOREIGN_ROWS = {
    "interview of another candidate's vacancy": Interview.objects.exclude(
        candidate=F("vacancy__candidate")
    ),
    "interview of another candidate's company": Interview.objects.exclude(
        candidate=F("vacancy__company__candidate")
    ),
    "interview that continues another vacancy's": Interview.objects.filter(
        ~Q(continues__vacancy=F("vacancy")), continues__isnull=False
    ),
    "participation of another candidate's interlocutor": Participation.objects.exclude(
        interlocutor__candidate=F("interview__candidate")
    ),
    "contact with another candidate's interlocutor": Contact.objects.filter(
        ~Q(person__candidate=F("interview__candidate")), person__isnull=False
    ),
    "agreement on another candidate's interlocutor": Agreement.objects.filter(
        ~Q(responsible__candidate=F("interview__candidate")), responsible__isnull=False
    ),
    "position with another candidate's tag": Vacancy.objects.filter(
        ~Q(tags__candidate=F("candidate")), tags__isnull=False
    ),
    "vacancy at another candidate's company": Vacancy.objects.exclude(
        candidate=F("company__candidate")
    ),
    "vacancy through another candidate's agency": Vacancy.objects.filter(
        ~Q(agency__candidate=F("candidate")), agency__isnull=False
    ),
    "interlocutor of another candidate's company": Interlocutor.objects.filter(
        ~Q(company__candidate=F("candidate")), company__isnull=False
    ),
    "step with another candidate's interlocutor": Interview.objects.filter(
        ~Q(step_person__candidate=F("candidate")), step_person__isnull=False
    ),
    "interview cancelled by another vacancy's result": Interview.objects.filter(
        ~Q(cancelled_by__interview__vacancy=F("vacancy")), cancelled_by__isnull=False
    ),
    "agreement reached in another interview's contact": Agreement.objects.filter(
        ~Q(contact__interview=F("interview")), contact__isnull=False
    ),
    "result that follows another vacancy's": Result.objects.filter(
        ~Q(follows__interview__vacancy=F("interview__vacancy")), follows__isnull=False
    ),
    "result with another candidate's competence": Result.objects.filter(
        ~Q(competences__candidate=F("interview__candidate")), competences__isnull=False
    ),
    "reminder of another candidate's interview": Reminder.objects.exclude(
        candidate=F("interview__candidate")
    ),
    "reminder in another user's mail": Reminder.objects.filter(
        ~Q(mail__user=F("candidate__user")), mail__isnull=False
    ),
    "next stage of another vacancy": Result.objects.filter(
        ~Q(next_interview__vacancy=F("interview__vacancy")), next_interview__isnull=False
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """An interview, and its problem in one line."""

    interview_id: UUID
    what: str


def verify_all(*, now: datetime, fix: bool = False) -> Iterator[Difference]:
    """Return every stored step that differs from the rules; repair them with `fix`.

    A row past its expiry counts as waiting for the sweep.
    """
    last: UUID | None = None
    while ids := Interview.objects.keys_after(last, settings.SWEEP_BATCH):
        yield from _verify(ids, now=now, fix=fix)
        last = ids[-1]


def verify_foreign_rows() -> Iterator[str]:
    """Return rows that point to another candidate's row; they are never repaired by guessing."""
    for what, rows in FOREIGN_ROWS.items():
        for pk in rows.values_list("pk", flat=True):
            yield f"{what}: {pk}"


@transaction.atomic
def verify_states(*, fix: bool = False) -> list[str]:
    """Return the positions whose stored state is not what their facts say; repair with `fix`."""
    wrong = position_state.wrong_states(Vacancy.objects.all())
    if fix:
        position_state.recompute_states(Vacancy.objects.filter(pk__in=wrong))
    return [f"position {pk}: the facts say {state}" for pk, state in wrong.items()]


@transaction.atomic
def _verify(ids: list[UUID], *, now: datetime, fix: bool) -> list[Difference]:
    locks.lock_interviews(ids)
    rows = list(Interview.objects.with_parties().filter(pk__in=ids))
    found = _wrong(rows, now=now)
    if fix and found:
        next_step.recompute_next_steps([each.interview_id for each in found], now=now)
    return found


def _wrong(rows: list[Interview], *, now: datetime) -> list[Difference]:
    live = [row for row in rows if not row.is_cancelled and not row.is_stale(now)]
    told = _told(live)
    found = [
        (row, _difference(row, step, now=now, is_told=row.pk in told))
        for row, step in decide_each(live, now=now)
    ]
    return [Difference(row.pk, what) for row, what in found if what]


def _difference(
    row: Interview, step: PartyStep | Exception, *, now: datetime, is_told: bool
) -> str:
    if isinstance(step, Exception):
        return f"cannot be decided: {type(step).__name__}: {step}"
    if not holds_step(row, step):
        return (
            f"stored {row.step or 'none'} by {row.step_rule or 'none'} due {row.step_due_at}, "
            f"the rules say {step.step.value} by {step.rule.value} due {step.due}"
        )
    is_to_be_told = step.due is not None and not (step.due <= now and is_told)
    if row.review_at is None and (is_to_be_told or step.expires is not None):
        return f"{row.step} due {row.step_due_at} will never be looked at"
    return ""


def _told(rows: list[Interview]) -> set[UUID]:
    """Return the interviews whose present step and due time are in the ledger."""
    written = Reminder.objects.filter(
        interview__in=rows, step=F("interview__step"), due_at=F("interview__step_due_at")
    )
    return set(written.values_list("interview_id", flat=True))


@transaction.atomic
def recompute_steps(interview_ids: list[UUID], *, now: datetime) -> None:
    """Recompute at an operator's request, quarantined rows included."""
    locks.lock_interviews(interview_ids)
    next_step.recompute_next_steps(interview_ids, now=now)
