"""What storage refuses because it makes no sense: one place for models, forms and the parser.

A predicate is true if the value may be stored. "In the future" refers to the moment at which a fact
is recorded; a case may contain facts after the moment it asks about.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from .calendar import date_of, instant_of
from .facts import Candidate, Channel, ContactResult, Direction

MINUTES_MIN = 5
MINUTES_MAX = 720
RATING_MIN = 1
RATING_MAX = 5
CONTACT_SPAN_MIN = timedelta(minutes=30)
BEFORE_END_MAX = timedelta(hours=24)
# Outside these years, data about zones and holidays are meaningless, and Python's dates end.
YEAR_MIN = 1970
YEAR_MAX = 2199


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_known_zone(name: str) -> bool:
    return name in known_zones()


def are_minutes(minutes: int) -> bool:
    return MINUTES_MIN <= minutes <= MINUTES_MAX


def is_rating(value: int) -> bool:
    return RATING_MIN <= value <= RATING_MAX


def is_in_range(day: date) -> bool:
    return YEAR_MIN <= day.year <= YEAR_MAX


def are_contact_hours(opening: time, closing: time) -> bool:
    """Whether opening lies at least half an hour before closing."""
    return _since_midnight(closing) - _since_midnight(opening) >= CONTACT_SPAN_MIN


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock) - datetime.combine(date.min, time())


def latest_due(made_on: date) -> date:
    """The same date a year later; for 29 February, 1 March."""
    try:
        return made_on.replace(year=made_on.year + 1)
    except ValueError:
        return date(made_on.year + 1, 3, 1)


def is_due_day(candidate: Candidate, *, made: datetime, due: date) -> bool:
    """Whether the date is not before the local date of the agreement."""
    return due >= date_of(candidate, made)


def is_due_soon_enough(candidate: Candidate, *, made: datetime, due: date) -> bool:
    """Whether the date is at most a year away."""
    return due <= latest_due(date_of(candidate, made))


def is_due_time(candidate: Candidate, *, made: datetime, due: date, due_time: time) -> bool:
    """Whether the local date and time come after the agreement."""
    return instant_of(candidate, due, due_time) > made


def is_recent_enough(moment: datetime, *, ended: datetime) -> bool:
    """Whether a fact lies at most a day before the interview's end."""
    return moment >= ended - BEFORE_END_MAX


def is_past(moment: datetime, *, now: datetime) -> bool:
    """Whether a fact is not in the future when it is recorded."""
    return moment <= now


def is_contact(direction: str, channel: str | None, result: str) -> bool:
    """`sent` means written by the candidate: never inbound, never by phone."""
    if result != ContactResult.SENT:
        return True
    return direction == Direction.OUT and channel != Channel.PHONE
