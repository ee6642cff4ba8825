"""Shift time by data: move every time and date of a candidate back by whole days.

Nothing is patched and no clock is changed: after `days_pass(candidate, 3)` the database is as if
everything had happened three days earlier, and the running processes continue from there.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from interviews import rules
from interviews.models import (
    Agreement,
    Candidate,
    Coaching,
    CoachNote,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Proposal,
    Reminder,
    Result,
    Vacancy,
)
from interviews.next_step import decide_each, store_step
from interviews.services import next_step

# The lookup from each model's row to its candidate.
PATHS: dict[type[models.Model], str] = {
    Agreement: "interview__candidate",
    Candidate: "pk",
    Coaching: "candidate",
    CoachNote: "coaching__candidate",
    Company: "candidate",
    Competence: "candidate",
    Contact: "interview__candidate",
    Interlocutor: "candidate",
    Interview: "candidate",
    Participation: "interview__candidate",
    Proposal: "interview__candidate",
    Reminder: "candidate",
    Result: "interview__candidate",
    Vacancy: "candidate",
}
MOST_DAYS = 60


@transaction.atomic
def days_pass(candidate: Candidate, days: int) -> None:
    """Move everything back, and store the steps as a sweep would have left them."""
    back = timedelta(days=days)
    for noun, path in PATHS.items():
        moved = {field: F(field) - back for field in _instants(noun)}
        if moved:
            noun._default_manager.filter(**{path: candidate.pk}).update(**moved)
        for row in noun._default_manager.filter(**{path: candidate.pk}):
            _move_dates(row, back)
    _store_steps(candidate)


def pass_until_due(candidate: Candidate, interview: Interview, *, at_once: int = 1) -> int:
    """Let days pass, in steps of this many, until the interview's step is due; return how many it
    took.

    Seven at once keep every weekday. Otherwise an attempt made on a Thursday might move to a
    Sunday, before the Monday on which calling begins, and would no longer count.
    """
    for days in range(0, MOST_DAYS, at_once):
        if _is_due(Interview.objects.get(pk=interview.pk)):
            return days
        days_pass(candidate, at_once)
    raise AssertionError(f"{interview} is not due after {MOST_DAYS} days")


def _is_due(row: Interview) -> bool:
    return row.step_due_at is not None and row.step_due_at <= timezone.now()


def _instants(noun: type[models.Model]) -> Iterator[str]:
    return (f.name for f in noun._meta.fields if isinstance(f, models.DateTimeField))


def _move_dates(row: models.Model, back: timedelta) -> None:
    """Dates one by one: SQLite's date arithmetic does not return dates."""
    fields = [
        field.name
        for field in row._meta.fields
        if isinstance(field, models.DateField)
        and not isinstance(field, models.DateTimeField)
        and getattr(row, field.name) is not None
    ]
    for name in fields:
        setattr(row, name, getattr(row, name) - back)
    if fields:
        row.save(update_fields=fields)


def _store_steps(candidate: Candidate) -> None:
    """Weekdays have changed, so recompute; a sweep looks at the rows when their steps are due."""
    now = timezone.now()
    rows = list(Interview.objects.of(candidate).not_cancelled().with_parties())
    for row, step in decide_each(rows, now=now):
        assert not isinstance(step, Exception), step
        store_step(row, step)
        row.review_at = step.due if step.step != rules.Step.DONE else None
    Interview.objects.bulk_update(rows, next_step.STEP_FIELDS)
