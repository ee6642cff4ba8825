"""From the candidate's local days and times to instants, and back.

Calendar steps are taken in local dates and then converted, never by adding hours: a day may
have 23 or 25 hours, and in some zones a midnight that does not exist.
"""

from datetime import UTC, date, datetime, time, timedelta

from .facts import Candidate, Count, WorkingCalendar

DAY = timedelta(days=1)
MIDNIGHT = time()


def date_of(candidate: Candidate, instant: datetime) -> date:
    """The local date of an instant."""
    return instant.astimezone(candidate.zone).date()


def instant_of(candidate: Candidate, day: date, clock: time) -> datetime:
    """Return the instant, in UTC, of a local date and time.

    With `fold=0` Python reads a skipped time with the offset before the change, and a repeated one
    as the first, as the specification requires.
    """
    return datetime.combine(day, clock, candidate.zone).astimezone(UTC)


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after `day`."""
    day += DAY
    while not calendar.is_working_day(day):
        day += DAY
    return day


def nth_working_day(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The nth working day after `day`, which itself does not count."""
    for _ in range(n):
        day = next_working_day(calendar, day)
    return day


def days_after(candidate: Candidate, day: date, n: int) -> date:
    """n days after `day`, as the candidate counts."""
    if candidate.count == Count.WORKING:
        return nth_working_day(candidate.calendar, day, n)
    return day + timedelta(days=n)


def opening_of(candidate: Candidate, day: date) -> datetime:
    """When the contact hours open on `day`, working day or not."""
    return instant_of(candidate, day, candidate.opening)


def contact_moment(candidate: Candidate, instant: datetime) -> datetime:
    """The first moment at or after `instant` within contact hours, in UTC."""
    day = date_of(candidate, instant)
    if candidate.calendar.is_working_day(day):
        opening = opening_of(candidate, day)
        if instant < opening:
            return opening
        if instant < instant_of(candidate, day, candidate.closing):
            return instant.astimezone(UTC)
    return opening_of(candidate, next_working_day(candidate.calendar, day))


def contact_moment_of_date(candidate: Candidate, day: date) -> datetime:
    """The contact moment of the date's 00:00, or of what replaces it if it is skipped."""
    return contact_moment(candidate, instant_of(candidate, day, MIDNIGHT))
