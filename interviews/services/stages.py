"""The stages of a vacancy: a next stage answers the one before, an ending closes them all."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from interviews.models import Interview, Result, Vacancy
from interviews.services import locks, next_step

# Each of these ends the whole vacancy, not only its own stage.
CLOSING_KINDS = (Result.Kind.OFFER, Result.Kind.REFUSAL, Result.Kind.WITHDRAWN)


def lock_stages(vacancy: Vacancy) -> list[UUID]:
    """Lock every interview of the vacancy, and the candidate first, so that none is added
    meanwhile; return their keys."""
    locks.lock_candidate(vacancy.candidate_id)
    rows = Interview.objects.filter(vacancy=vacancy).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    locks.lock_interviews(ids)
    return ids


def answer_stages(vacancy: Vacancy, *, now: datetime) -> None:
    """Give `next_stage` to each ended, open stage that a later one continues.

    The caller holds all locks, and recomputes the steps afterwards.
    """
    later = Interview.objects.filter(vacancy=vacancy, continues__isnull=False)
    answer_continued(later.select_related("continues"), now=now)


def answer_continued(later: Iterable[Interview], *, now: datetime) -> None:
    """Like `answer_stages`, for the stages that these continue; they must be locked."""
    for interview in later:
        earlier = interview.continues
        if earlier is None or interview.is_cancelled or earlier.is_cancelled:
            continue
        if earlier.ends_at > now or Result.objects.filter(interview=earlier).exists():
            continue
        Result.objects.create(
            interview=earlier,
            kind=Result.Kind.NEXT_STAGE,
            known_at=now,
            lessons=Result.Lessons.SKIPPED,
            next_interview=interview,
        )


def take_back_answer(interview: Interview) -> None:
    """Remove the `next_stage` that this interview gave to the one before it."""
    Result.objects.filter(next_interview=interview).delete()


def close_vacancy(result: Result, *, now: datetime) -> None:
    """Close the vacancy's other open interviews.

    One that has taken place gets the same result. One that has not is cancelled, because a result
    must not come before its interview.
    """
    others = Interview.objects.filter(vacancy_id=result.interview.vacancy_id).unanswered()
    for other in others.exclude(pk=result.interview_id):
        if other.ends_at > now:
            next_step.cancel(other, by=result, now=now)
            continue
        Result.objects.create(
            interview=other,
            kind=result.kind,
            known_at=max(result.known_at, other.ends_at),
            via=result.via,
            lessons=Result.Lessons.SKIPPED,
            follows=result,
        )


def take_back_result(result: Result) -> None:
    """Delete a result and everything that followed from it."""
    Interview.objects.filter(cancelled_by=result).update(cancelled_at=None, cancelled_by=None)
    result.delete()
