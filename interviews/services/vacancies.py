"""Vacancies, and how much the candidate wants them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from interviews.models import Interview, Vacancy
from interviews.services import steps
from interviews.services.checks import check_own


@transaction.atomic
def create_vacancy(*, vacancy: Vacancy) -> Vacancy:
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    vacancy.full_clean()
    vacancy.save()
    return vacancy


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy, now: datetime) -> Vacancy:
    """Save the changed instance, ratings included."""
    interview_ids = _lock_stages(vacancy)
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    vacancy.full_clean()
    vacancy.save()
    steps.redecide(interview_ids, now=now)
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
    interview_ids = _lock_stages(vacancy)
    vacancy.refresh_from_db()
    vacancy.attractiveness, vacancy.desire = attractiveness, desire
    if rating_notes is not None:
        vacancy.rating_notes = rating_notes
    vacancy.full_clean()
    vacancy.save(update_fields=["attractiveness", "desire", "rating_notes"])
    steps.redecide(interview_ids, now=now)
    return vacancy


def _lock_stages(vacancy: Vacancy) -> list[UUID]:
    ids = list(
        Interview.objects.filter(vacancy=vacancy).order_by("pk").values_list("pk", flat=True)
    )
    steps.lock_interviews(ids)
    return ids
