"""What lies in the past: no reminders for it, and one list of waits to close."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from integrations.position_import import PositionRow
from interviews.models import Candidate, Company, Interview, PositionImport, Vacancy
from interviews.next_step import decide_each
from interviews.rules import Step

from .build import Moment, continue_stages, new_interview, new_result


def reminders_at_once(*, candidate: Candidate, rows: Sequence[PositionRow], now: datetime) -> int:
    """Return how many interviews of these rows would be due before the import, by the rules.

    Nothing is stored, so that a preview can ask.
    """
    moment = Moment(now, candidate)
    interviews = [one for row in rows for one in _interviews(row, moment)]
    steps = (step for _, step in decide_each(interviews, now=now))
    return sum(
        not isinstance(step, Exception)
        and step.step != Step.DONE
        and step.due is not None
        and step.due < now
        for step in steps
    )


def _interviews(row: PositionRow, moment: Moment) -> list[Interview]:
    """Return the interviews of a row, with their results beside them."""
    company = Company(candidate=moment.candidate, name=row.company)
    vacancy = Vacancy(candidate=moment.candidate, company=company, title=row.position)
    made = (new_interview(talk, vacancy, moment) for talk in row.interviews)
    interviews = [one for one in made if one is not None]
    continue_stages(interviews, moment)
    if interviews and row.result:
        new_result(row.result, interviews[-1], row, moment)
    return interviews


def long_silent(*, position_import: PositionImport, now: datetime) -> QuerySet[Interview]:
    """Return the interviews of an import that have waited for longer than the rules' longest wait;
    they are offered for closing in one list."""
    candidate = position_import.candidate
    moment = Moment(now, candidate)
    is_undone = position_import.state == PositionImport.State.UNDONE
    changes = [] if is_undone else position_import.changes
    keys = [key for change in changes for key in change["interviews"]]
    rows = Interview.objects.of(candidate).unanswered().filter(pk__in=keys, starts_at__lt=now)
    silent = [row.pk for row in rows if moment.is_long_silent(row.ends_at)]
    return Interview.objects.filter(pk__in=silent).with_parties().order_by("starts_at")
