"""Undo what was recorded of an interview's time: it was added, or moved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Agreement, Contact, Interview, Result, Vacancy
from interviews.services import next_step, position_state, stages
from interviews.services.checks import refuse
from interviews.services.interviews import change_interview


@transaction.atomic
def take_back_interview(*, interview: Interview, now: datetime) -> None:
    """Delete an interview that was just added; the stage before it is open again. One with facts
    stays."""
    vacancy = interview.vacancy
    ids = stages.lock_stages(vacancy)
    facts = (
        Agreement.objects.filter(interview=interview),
        Contact.objects.filter(interview=interview),
        Result.objects.filter(interview=interview),
        Interview.objects.filter(continues=interview),
    )
    if any(rows.exists() for rows in facts):
        raise refuse("__all__", _("You’ve already recorded what happened after this interview."))
    interview.delete()
    next_step.recompute_next_step(ids, now=now)
    position_state.recompute_states(Vacancy.objects.filter(pk=vacancy.pk))


@transaction.atomic
def move_back(
    *, interview: Interview, starts_at: datetime, moved_from_at: datetime | None, now: datetime
) -> None:
    """Restore its time, and what it had been moved from before."""
    interview.starts_at = starts_at
    change_interview(interview=interview, now=now)
    Interview.objects.filter(pk=interview.pk).update(moved_from_at=moved_from_at)
