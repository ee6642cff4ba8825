"""Whether an employer's promise of an answer was kept.

A promise is due until its day is over, or until an hour after its time (the allowance in
docs/rules.md). Word from them keeps it: a call or letter about the result, or the result.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LATENESS_ALLOWED = timedelta(hours=1)


class Outcome(StrEnum):
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    OPEN = "open"
    VOID = "void"  # no longer binding before its day was over


@dataclass(frozen=True, slots=True)
class Promise:
    """`answered_at` is the first word from them about the result after the promise, and `known_at`
    the time of their decision. `released_at` is when another agreement replaced it, or the
    candidate withdrew."""

    due_at: datetime
    answered_at: datetime | None = None
    known_at: datetime | None = None
    released_at: datetime | None = None


def due_moment(due_on: date, due_time: time | None, zone: ZoneInfo) -> datetime:
    """Return the last moment at which word keeps the promise, in the zone it was said in."""
    if due_time is not None:
        return datetime.combine(due_on, due_time, zone).astimezone(UTC) + LATENESS_ALLOWED
    return datetime.combine(due_on + timedelta(days=1), time(), zone)


def outcome_of(promise: Promise, *, now: datetime) -> Outcome:
    words = [each for each in (promise.answered_at, promise.known_at) if each is not None]
    word = min(words, default=None)
    if word is not None and word <= promise.due_at:
        return Outcome.KEPT
    if promise.released_at is not None and promise.released_at <= promise.due_at:
        return Outcome.VOID
    if word is not None:
        return Outcome.LATE
    return Outcome.OPEN if now <= promise.due_at else Outcome.BROKEN
