"""Proof that the stored steps are what the rules say of the stored facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from interviews.cases import decide_all, holds_step
from interviews.models import Agreement, Contact, Interview, Participation, Result
from interviews.models.interview import InterviewQuerySet
from interviews.services import steps

# What spans rows, so that no constraint of the database can hold it.
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
    "next stage of another vacancy": Result.objects.filter(
        ~Q(next_interview__vacancy=F("interview__vacancy")), next_interview__isnull=False
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """An interview, and what is wrong with it in one line."""

    interview_id: UUID
    what: str


def check_all(*, now: datetime, fix: bool = False) -> Iterator[Difference]:
    """Every stored step that is not what the rules say; repaired on the way with `fix`.

    A row past its expiry counts as waiting for the sweep.
    """
    last: UUID | None = None
    while True:
        last, found = _check_batch(last, now=now, fix=fix)
        yield from found
        if last is None:
            return


def check_foreign_rows() -> Iterator[str]:
    """What points to another candidate's row; never repaired by guessing."""
    for what, rows in FOREIGN_ROWS.items():
        for pk in rows.values_list("pk", flat=True):
            yield f"{what}: {pk}"


@transaction.atomic
def _check_batch(
    after: UUID | None, *, now: datetime, fix: bool
) -> tuple[UUID | None, list[Difference]]:
    ids = list(_after(after).values_list("pk", flat=True)[: settings.SWEEP_BATCH])
    if not ids:
        return None, []
    steps.lock_interviews(ids)
    rows = list(Interview.objects.with_parties().filter(pk__in=ids))
    found = _undecided(rows, now=now)
    if fix and found:
        steps.redecide([each.interview_id for each in found], now=now, is_fact=False)
    return ids[-1], found


def _after(pk: UUID | None) -> InterviewQuerySet:
    rows = Interview.objects.order_by("pk")
    return rows if pk is None else rows.filter(pk__gt=pk)


def _undecided(rows: list[Interview], *, now: datetime) -> list[Difference]:
    live = [row for row in rows if not row.is_cancelled and not row.is_stale(now)]
    return [
        Difference(
            row.pk,
            f"stored {row.step or 'none'} by {row.step_rule or 'none'} due {row.step_due_at}, "
            f"the rules say {step.step.value} by {step.rule.value} due {step.due}",
        )
        for row, step in zip(live, decide_all(live, now=now), strict=True)
        if not holds_step(row, step)
    ]


@transaction.atomic
def decide_anew(interview_ids: list[UUID], *, now: datetime) -> None:
    """An operator asks: store what the rules say now, set-aside rows included."""
    steps.lock_interviews(interview_ids)
    steps.redecide(interview_ids, now=now, is_fact=False)
