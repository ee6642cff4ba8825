"""Withdraw from several positions at once, after an offer was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from interviews.models import Candidate, Interview, Result, Vacancy
from interviews.services import interviews, locks, results
from interviews.services.checks import check_own
from interviews.services.vacancies import close_position


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The interviews that were settled now, and the positions that had been settled meanwhile."""

    settled: list[Interview] = field(default_factory=list)
    skipped: list[Vacancy] = field(default_factory=list)


@transaction.atomic
def withdraw_from(
    *, candidate: Candidate, vacancies: Iterable[Vacancy], now: datetime
) -> Withdrawal:
    """Withdraw from all of these, or from none if one is refused.

    An open offer is declined. If an interview has taken place, the last one gets the result
    `withdrawn`, which closes the rest; interviews that only lie ahead are cancelled, because a
    result must not come before its interview. Positions answered meanwhile are skipped.
    """
    chosen = list(vacancies)
    for vacancy in chosen:
        check_own(candidate, vacancy=vacancy)
    locks.lock_candidate(candidate.pk)
    every = Interview.objects.filter(vacancy__in=chosen).order_by("pk")
    locks.lock_interviews(every.values_list("pk", flat=True))
    done = Withdrawal()
    for vacancy in chosen:
        settled = _settle(vacancy, now=now)
        if settled is None:
            done.skipped.append(vacancy)
        else:
            done.settled.append(settled)
    return done


def _settle(vacancy: Vacancy, *, now: datetime) -> Interview | None:
    rows = Interview.objects.filter(vacancy=vacancy).with_parties()
    offered = rows.with_open_offer().first()
    if offered is not None:
        results.answer_offer(result=offered.result, answer=Result.Answer.DECLINED, now=now)
        return offered
    open_rows = list(rows.unanswered().order_by("starts_at"))
    past = [row for row in open_rows if row.ends_at <= now]
    if not past:
        for row in open_rows:
            interviews.cancel_interview(interview=row, now=now)
        # The stage before a cancelled one is open again.
        past = [row for row in rows.unanswered().order_by("starts_at") if row.ends_at <= now]
    if past:
        results.record_result(result=_withdrawn(past[-1], now=now), now=now)
        return past[-1]
    if not open_rows:
        return None
    close_position(
        vacancy=vacancy,
        reason=Vacancy.ClosingReason.WITHDRAWN,
        closed_on=now.astimezone(vacancy.candidate.zone).date(),
        now=now.astimezone(vacancy.candidate.zone),
    )
    return open_rows[-1]


def _withdrawn(interview: Interview, *, now: datetime) -> Result:
    return Result(
        interview=interview,
        kind=Result.Kind.WITHDRAWN,
        known_at=now,
        lessons=Result.Lessons.SKIPPED,
    )
