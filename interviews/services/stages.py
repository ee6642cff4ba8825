"""The stages of a vacancy: a next stage answers the one before, an ending closes them all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from interviews.models import Interview, Result
from interviews.services import steps

# Each of these ends the whole vacancy, not only the stage it was recorded on.
CLOSING_KINDS = (Result.Kind.OFFER, Result.Kind.REFUSAL, Result.Kind.WITHDRAWN)


def stage_ids(vacancy_id: UUID) -> list[UUID]:
    """Every interview of the vacancy, in the order in which their locks are taken."""
    rows = Interview.objects.filter(vacancy_id=vacancy_id).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def answer_earlier_stages(interviews: Iterable[Interview], *, now: datetime) -> list[UUID]:
    """Give `next_stage` to the ended, still open stages that these interviews continue.

    The caller holds the locks of both and re-decides the rows whose keys come back.
    """
    answered = []
    for interview in interviews:
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
        answered.append(earlier.pk)
    return answered


def take_back_answer(interview: Interview) -> list[UUID]:
    """Take away the `next_stage` that this interview brought; the keys of rows to re-decide."""
    brought = Result.objects.filter(next_interview=interview)
    earlier_ids = list(brought.values_list("interview_id", flat=True))
    brought.delete()
    return earlier_ids


def close_vacancy(result: Result, *, now: datetime) -> list[UUID]:
    """Close the vacancy's other open interviews; the keys of rows to re-decide.

    One that has taken place gets the same result. One that has not is cancelled instead: a
    result must not lie before its interview.
    """
    others = list(
        Interview.objects.filter(vacancy_id=result.interview.vacancy_id)
        .unanswered()
        .exclude(pk=result.interview_id)
    )
    for other in others:
        if other.ends_at <= result.known_at:
            Result.objects.create(
                interview=other,
                kind=result.kind,
                known_at=result.known_at,
                via=result.via,
                lessons=Result.Lessons.SKIPPED,
                follows=result,
            )
        else:
            steps.cancel(other, by=result, now=now)
    return [other.pk for other in others]


def take_back_result(result: Result) -> list[UUID]:
    """Delete a result with all that followed from it; the keys of rows to re-decide."""
    reopened: Sequence[UUID] = list(result.cancelled_interviews.values_list("pk", flat=True))
    followed = list(result.followed_by.values_list("interview_id", flat=True))
    Interview.objects.filter(pk__in=reopened).update(cancelled_at=None, cancelled_by=None)
    result.delete()
    return [result.interview_id, *reopened, *followed]
