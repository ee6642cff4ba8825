"""Vacancies, and how much the candidate wants them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from interviews.models import (
    RATING_FIELDS,
    WEIGHT_FIELDS,
    Candidate,
    Criterion,
    Interview,
    Vacancy,
)
from interviews.ratings.weighted_mean import ratings_of, rounded_mean, weights_of
from interviews.services import locks, next_step, stages
from interviews.services.checks import check_own

WEIGHED = ("attractiveness", "is_attractiveness_proposed", "desire", "rating_notes", *RATING_FIELDS)


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy) -> Vacancy:
    """Save the job ad's content. No step depends on it; ratings are saved separately."""
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    vacancy.full_clean()
    vacancy.save(update_fields=["company", "agency", "title", "url", "source"])
    return vacancy


@transaction.atomic
def rate_vacancy(
    *,
    vacancy: Vacancy,
    attractiveness: int | None,
    desire: int | None,
    rating_notes: str | None = None,
    ratings: Mapping[Criterion, int | None] | None = None,
    now: datetime,
) -> Vacancy:
    """Set the two ratings (1 to 5, or None) and the criteria, if given.

    Without an attractiveness set by the candidate, the criteria suggest one.
    """
    interview_ids = stages.lock_stages(vacancy)
    vacancy.refresh_from_db()
    for criterion, rating in (ratings or {}).items():
        setattr(vacancy, criterion.rating_field, rating)
    vacancy.attractiveness, vacancy.desire = attractiveness, desire
    vacancy.is_attractiveness_proposed = False
    if attractiveness is None:
        mean = rounded_mean(ratings_of(vacancy), weights_of(vacancy.candidate))
        vacancy.attractiveness = mean
        vacancy.is_attractiveness_proposed = mean is not None
    if rating_notes is not None:
        vacancy.rating_notes = rating_notes
    vacancy.full_clean()
    vacancy.save(update_fields=WEIGHED)
    next_step.recompute_next_step(interview_ids, now=now)
    return vacancy


@transaction.atomic
def set_weights(*, candidate: Candidate, weights: Mapping[Criterion, int], now: datetime) -> None:
    """Set the candidate's weights; all positions with a suggested attractiveness follow.

    A position without anything to suggest keeps its value as the candidate's own.
    """
    locks.lock_candidate(candidate.pk)
    candidate.refresh_from_db(fields=WEIGHT_FIELDS)
    if weights_of(candidate) == {**weights_of(candidate), **weights}:
        return
    for criterion, weight in weights.items():
        setattr(candidate, criterion.weight_field, weight)
    candidate.full_clean()
    candidate.save(update_fields=WEIGHT_FIELDS)
    changed = _follow_weights(candidate)
    interview_ids = _interviews_of(changed)
    locks.lock_interviews(interview_ids)
    Vacancy.objects.bulk_update(
        changed, ["attractiveness", "is_attractiveness_proposed"], batch_size=100
    )
    next_step.recompute_next_step(interview_ids, now=now)


def _follow_weights(candidate: Candidate) -> list[Vacancy]:
    """Return the positions whose attractiveness changes, set but not saved."""
    weights, changed = weights_of(candidate), []
    for vacancy in Vacancy.objects.filter(candidate=candidate, is_attractiveness_proposed=True):
        mean = rounded_mean(ratings_of(vacancy), weights)
        if mean is None:
            vacancy.is_attractiveness_proposed = False
            changed.append(vacancy)
        elif mean != vacancy.attractiveness:
            vacancy.attractiveness = mean
            changed.append(vacancy)
    return changed


def _interviews_of(vacancies: list[Vacancy]) -> list[UUID]:
    rows = Interview.objects.filter(vacancy__in=vacancies)
    return list(rows.values_list("pk", flat=True))
