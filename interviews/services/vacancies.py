"""Positions: added, changed, closed, deleted, and how much the candidate wants them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import new_key
from interviews.models import (
    RATING_FIELDS,
    WEIGHT_FIELDS,
    Candidate,
    Criterion,
    Interview,
    Vacancy,
)
from interviews.ratings.weighted_mean import ratings_of, rounded_mean, weights_of
from interviews.rules import limits
from interviews.services import locks, next_step, position_state, stages
from interviews.services.checks import check_own, refuse
from interviews.services.tags import remove_unused, set_tags

WEIGHED = ("attractiveness", "is_attractiveness_proposed", "desire", "rating_notes", *RATING_FIELDS)
# What the candidate says of a position, ratings and closing apart.
TOLD = (
    *("company", "agency", "title", "url", "advert_text", "source", "was_advertised", "place"),
    *("salary", "applied_on", "applied_via", "follow_up_on", "notes", "declared_state"),
)


@transaction.atomic
def create_vacancy(*, vacancy: Vacancy, tags: Iterable[str] = (), now: datetime) -> Vacancy:
    """Save a position before any interview, with its company and agency, each new or known.

    Its key comes from the form, so that a form sent twice saves it once. `now` is in the
    candidate's zone.
    """
    locks.lock_candidate(vacancy.candidate_id)
    taken = Vacancy.objects.filter(pk=vacancy.pk).first()
    if taken is not None and taken.candidate_id == vacancy.candidate_id:
        return taken
    if taken is not None:
        vacancy.pk = new_key()
    _check(vacancy, now=now)
    save_with_companies(vacancy)
    set_tags(vacancy, tags)
    return _recomputed(vacancy)


@transaction.atomic
def change_vacancy(
    *, vacancy: Vacancy, tags: Iterable[str] | None = None, now: datetime
) -> Vacancy:
    """Save what is said of it; `tags` None leaves them. No step depends on it; ratings and closing
    are saved separately. `now` is in the candidate's zone."""
    locks.lock_candidate(vacancy.candidate_id)
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    _check(vacancy, now=now)
    vacancy.full_clean()
    vacancy.save(update_fields=TOLD)
    if tags is not None:
        set_tags(vacancy, tags)
    return _recomputed(vacancy)


def save_with_companies(vacancy: Vacancy) -> None:
    """Save what is new of these; runs in a transaction that holds the candidate's lock."""
    for company in filter(None, (vacancy.company, vacancy.agency)):
        if company._state.adding:
            company.full_clean()
            company.save()
    check_own(vacancy.candidate, company=vacancy.company, agency=vacancy.agency)
    if vacancy._state.adding:
        # Django keeps the foreign keys from before the companies were saved.
        vacancy.company, vacancy.agency = vacancy.company, vacancy.agency
        vacancy.full_clean()
        vacancy.save()


@transaction.atomic
def close_position(*, vacancy: Vacancy, reason: str, closed_on: date, now: datetime) -> Vacancy:
    """Close a position on which no answer is awaited; otherwise a result or a withdrawal closes it.
    `now` is in the candidate's zone."""
    stages.lock_stages(vacancy)
    if Interview.objects.undecided().filter(vacancy=vacancy).exists():
        raise refuse("closing_reason", _("You’re waiting to hear from them. Record their answer."))
    _check_day(vacancy, "closed_on", closed_on, now=now)
    if not reason:
        raise refuse("closing_reason", _("Choose one of the options listed."))
    vacancy.refresh_from_db()
    vacancy.closing_reason, vacancy.closed_on = reason, closed_on
    vacancy.full_clean()
    vacancy.save(update_fields=["closing_reason", "closed_on"])
    return _recomputed(vacancy)


@transaction.atomic
def reopen_position(*, vacancy: Vacancy) -> Vacancy:
    """Undo the candidate's closing. What an interview's result has closed stays closed."""
    locks.lock_candidate(vacancy.candidate_id)
    reopen(vacancy)
    return _recomputed(vacancy)


def reopen(vacancy: Vacancy) -> None:
    """For a position that goes on, such as with another interview; the caller holds the lock and
    recomputes the state."""
    closed = Vacancy.objects.filter(pk=vacancy.pk).exclude(closing_reason="")
    closed.update(closing_reason="", closed_on=None)


@transaction.atomic
def delete_vacancy(*, vacancy: Vacancy) -> None:
    """Delete it with its files. One with interviews stays, since they would be deleted too."""
    locks.lock_candidate(vacancy.candidate_id)
    if Interview.objects.filter(vacancy=vacancy).exists():
        raise refuse("__all__", _("This position has interviews, so it can’t be deleted."))
    vacancy.delete()
    remove_unused(vacancy.candidate_id)


def _check(vacancy: Vacancy, *, now: datetime) -> None:
    if vacancy.applied_on is not None:
        _check_day(vacancy, "applied_on", vacancy.applied_on, now=now)
        if vacancy.declared_state == Vacancy.State.SAVED:
            vacancy.declared_state = Vacancy.State.APPLIED
    if vacancy.follow_up_on is not None and not limits.is_in_range(vacancy.follow_up_on):
        raise refuse("follow_up_on", _("Check the year. It looks too early or too late."))


def _check_day(vacancy: Vacancy, field: str, day: date, *, now: datetime) -> None:
    """Days are the candidate's, whatever zone `now` is in."""
    if not limits.is_in_range(day):
        raise refuse(field, _("Check the year. It looks too early or too late."))
    if day > now.astimezone(vacancy.candidate.zone).date():
        raise refuse(field, _("Choose today or an earlier date."))


def _recomputed(vacancy: Vacancy) -> Vacancy:
    position_state.recompute_states(Vacancy.objects.filter(pk=vacancy.pk))
    vacancy.refresh_from_db(fields=["state", "closing_reason", "closed_on"])
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
