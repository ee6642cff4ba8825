"""Time moved by data: every instant and date of a candidate set back by whole days.

Nothing is patched and no clock is turned: after `days_pass(candidate, 3)` the database says what
it would say had all of it happened three days earlier, and the running processes go on from there.
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

# How a row of each noun leads to its candidate.
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
    """Set everything back, and let the steps stand as a sweep would have left them by then."""
    back = timedelta(days=days)
    for noun, path in PATHS.items():
        moved = {field: F(field) - back for field in _instants(noun)}
        if moved:
            noun._default_manager.filter(**{path: candidate.pk}).update(**moved)
        for row in noun._default_manager.filter(**{path: candidate.pk}):
            _move_dates(row, back)
    _store_steps(candidate)


def pass_until_due(candidate: Candidate, interview: Interview, *, at_once: int = 1) -> int:
    """Let days pass until the interview's step is due, so many at once; how many it took.

    Seven at once leave every weekday as it was. Else a try made on a Thursday may come to stand on
    a Sunday, before the Monday on which calling begins, and would not count any more.
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
    """Dates one by one: SQLite has no arithmetic for a date that stays a date."""
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
    """Weekdays have changed, so decide anew; the rows are looked at when their steps are due."""
    now = timezone.now()
    rows = list(Interview.objects.of(candidate).not_cancelled().with_parties())
    for row, step in decide_each(rows, now=now):
        assert not isinstance(step, Exception), step
        store_step(row, step)
        row.review_at = step.due if step.step != rules.Step.DONE else None
    Interview.objects.bulk_update(rows, next_step.STEP_FIELDS)
