"""Whether an employer's promise of an answer was kept.

A promise is due until its day is over, or until an hour after its time (the allowance in
docs/rules.md). Word from them keeps it: a call or letter about the result, or the result.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interviews.models import Result

LATENESS_ALLOWED = timedelta(hours=1)


class Outcome(StrEnum):
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    OPEN = "open"
    VOID = "void"  # no longer binding before its day was over


@dataclass(frozen=True, slots=True)
class Promise:
    """`word_at` is the first word from them about the result after the promise, `replaced_at` when
    another agreement replaced it; `kind` and `known_at` are the result's."""

    due_at: datetime
    word_at: datetime | None = None
    replaced_at: datetime | None = None
    kind: str | None = None
    known_at: datetime | None = None


def due_moment(due_on: date, due_time: time | None, zone: ZoneInfo) -> datetime:
    """Return the last moment at which word keeps the promise, in the zone it was said in."""
    if due_time is not None:
        return datetime.combine(due_on, due_time, zone).astimezone(UTC) + LATENESS_ALLOWED
    return datetime.combine(due_on + timedelta(days=1), time(), zone)


def outcome_of(promise: Promise, *, now: datetime) -> Outcome:
    answered_at = promise.known_at if promise.kind in Result.ANSWERS else None
    withdrawn_at = promise.known_at if promise.kind == Result.Kind.WITHDRAWN else None
    word_at = _first(promise.word_at, answered_at)
    if word_at is not None and word_at <= promise.due_at:
        return Outcome.KEPT
    released_at = _first(promise.replaced_at, withdrawn_at)
    if released_at is not None and released_at <= promise.due_at:
        return Outcome.VOID
    if word_at is not None:
        return Outcome.LATE
    return Outcome.OPEN if now <= promise.due_at else Outcome.BROKEN


def _first(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each is not None), default=None)
