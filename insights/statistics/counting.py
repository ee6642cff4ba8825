"""Count waits by days, by what followed a call or a letter, by stage and by month.

docs/insights.md defines each figure.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from insights.statistics.figures import (
    DAYS_SHOWN,
    DayCounts,
    FollowUpCounts,
    MonthCounts,
    StageCounts,
    WaitCounts,
)
from insights.statistics.spans import GIVEN_UP, ContactMade, Span
from interviews.models import Interview, Result

WEEK = timedelta(days=7)
# For "nothing": not contacted from this day on for a week.
LANDMARK = timedelta(days=5)
MONTHS_KEPT = 24


def count_waits(waits: Sequence[Span]) -> WaitCounts:
    return WaitCounts(
        ended=len(waits),
        answered=sum(each.is_answered for each in waits),
        positive=sum(each.is_positive for each in waits),
        open=sum(not each.kind for each in waits),
        given_up=sum(each.kind in GIVEN_UP for each in waits),
        withdrawn=sum(each.is_withdrawn for each in waits),
    )


def count_days(waits: Sequence[Span]) -> DayCounts:
    positive, negative = [0] * (DAYS_SHOWN + 1), [0] * (DAYS_SHOWN + 1)
    for each in waits:
        if (days := each.days_known) is not None:
            (positive if each.is_positive else negative)[min(days, DAYS_SHOWN)] += 1
    return DayCounts(positive, negative, _median(waits))


def _median(waits: Sequence[Span]) -> float | None:
    days = [each.days_known for each in waits if each.days_known is not None]
    return float(median(days)) if days else None


# --- what followed ------------------------------------------------------------------------------


def count_followed(waits: Sequence[Span], *, today: date) -> list[FollowUpCounts]:
    """What followed the first call or letter, and no contact; only of those long enough ago."""
    waits = [each for each in waits if not each.is_undated]
    return [
        _followed("call", waits, today, is_call=True),
        _followed("letter", waits, today, is_call=False),
        _left_alone(waits, today),
    ]


def _followed(what: str, waits: Sequence[Span], today: date, *, is_call: bool) -> FollowUpCounts:
    began: list[tuple[Span, date]] = []
    in_vain = 0
    for wait in waits:
        first = _first_asked(wait)
        calls = [each for each in wait.asked if each.is_call]
        in_vain += sum(not each.is_answered for each in calls) if is_call else 0
        if first is not None and first.is_call == is_call and first.on + WEEK <= today:
            began.append((wait, first.on))
    return _after(what, began, in_vain)


def _first_asked(wait: Span) -> ContactMade | None:
    return next(iter(wait.asked), None)


def _left_alone(waits: Sequence[Span], today: date) -> FollowUpCounts:
    began = []
    for wait in waits:
        from_on = wait.ended_on + LANDMARK
        first = _first_asked(wait)
        is_asked = first is not None and first.on < from_on + WEEK
        is_over = wait.known_on is not None and wait.known_on < from_on
        if not is_asked and not is_over and from_on + WEEK <= today:
            began.append((wait, from_on))
    return _after("nothing", began, 0)


def _after(what: str, began: Sequence[tuple[Span, date]], in_vain: int) -> FollowUpCounts:
    """A withdrawal within the week says nothing about the employer."""
    days = []
    count = 0
    for wait, on in began:
        if wait.is_withdrawn and wait.known_on is not None and wait.known_on <= on + WEEK:
            continue
        count += 1
        if wait.is_answered and wait.known_on is not None:
            days.append((wait.known_on - on).days)
    return FollowUpCounts(
        what=what,
        waits=count,
        within_3=sum(each <= 3 for each in days),
        within_7=sum(each <= 7 for each in days),
        answered=len(days),
        in_vain=in_vain,
        median=float(median(days)) if days else None,
    )


# --- stages and months --------------------------------------------------------------------------


def count_stages(waits: Sequence[Span]) -> list[StageCounts]:
    groups: dict[str, list[Span]] = defaultdict(list)
    for wait in waits:
        groups[wait.stage].append(wait)
    return [_stage(stage, groups[stage]) for stage in Interview.Stage.values if groups[stage]]


def _stage(stage: str, waits: Sequence[Span]) -> StageCounts:
    return StageCounts(
        stage=stage,
        held=len(waits),
        went_on=sum(each.is_positive for each in waits),
        offers=sum(each.kind == Result.Kind.OFFER for each in waits),
        refused=sum(each.kind == Result.Kind.REFUSAL for each in waits),
        silent=sum(each.kind in GIVEN_UP for each in waits),
        withdrawn=sum(each.is_withdrawn for each in waits),
        open=sum(not each.kind for each in waits),
    )


def count_months(waits: Sequence[Span]) -> list[MonthCounts]:
    """From the first month to the last without gaps; only the newest."""
    interviews: dict[str, int] = defaultdict(int)
    told: dict[str, list[Span]] = defaultdict(list)
    for wait in waits:
        interviews[_month(wait.ended_on)] += 1
        if wait.is_answered and wait.known_on is not None and not wait.is_undated:
            told[_month(wait.known_on)].append(wait)
    months = _months_between({*interviews, *told})[-MONTHS_KEPT:]
    return [
        MonthCounts(
            month=month,
            interviews=interviews[month],
            answers=len(told[month]),
            positive=sum(each.is_positive for each in told[month]),
            median=_median(told[month]),
        )
        for month in months
    ]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _months_between(months: set[str]) -> list[str]:
    if not months:
        return []
    first, last = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (min(months), max(months)))
    first = max(first, last - MONTHS_KEPT + 1)
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)]
