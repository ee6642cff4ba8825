"""Vacancies, and how much the candidate wants them."""

from datetime import datetime

from django.db import transaction

from interviews.models import Vacancy
from interviews.services import stages, steps
from interviews.services.checks import check_own


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy) -> Vacancy:
    """Save what the advertisement said. No step depends on it; ratings have their own way."""
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    vacancy.full_clean()
    vacancy.save(update_fields=["company", "agency", "title", "url", "source"])
    return vacancy


@transaction.atomic
def weigh_vacancy(
    *,
    vacancy: Vacancy,
    attractiveness: int | None,
    desire: int | None,
    rating_notes: str | None = None,
    now: datetime,
) -> Vacancy:
    """Set the two ratings (1 to 5, None for not weighed)."""
    interview_ids = stages.lock_stages(vacancy)
    vacancy.refresh_from_db()
    vacancy.attractiveness, vacancy.desire = attractiveness, desire
    if rating_notes is not None:
        vacancy.rating_notes = rating_notes
    vacancy.full_clean()
    vacancy.save(update_fields=["attractiveness", "desire", "rating_notes"])
    steps.redecide(interview_ids, now=now)
    return vacancy
