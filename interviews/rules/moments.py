"""The column "due" (and "expires") of the decision table: one function for each entry."""

from datetime import date, datetime, timedelta

from . import calendar
from .open_wait import AnyWait

PREPARE_AHEAD = timedelta(hours=24)
FIX_WITHIN = timedelta(hours=24)
LETTER_WORKING_DAYS = 5


def never(_wait: AnyWait) -> None:
    """Not due, or not expiring."""


def after_last(wait: AnyWait, moment: datetime, days: tuple[date, ...]) -> datetime:
    """The moment, or the contact moment of the day after the last of these, if that is later."""
    if not days:
        return moment
    again = calendar.contact_moment_of_date(wait.candidate, days[-1] + calendar.DAY)
    return max(moment, again)


def call_back(wait: AnyWait) -> datetime | None:
    missed = wait.log.missed
    if missed is None:
        return None
    first = calendar.contact_moment(wait.candidate, missed.at)
    return after_last(wait, first, wait.log.returned_on)


def day_after_result(wait: AnyWait) -> datetime | None:
    result = wait.case.result
    if result is None:
        return None
    day = wait.date_of(result.at) + calendar.DAY
    return calendar.contact_moment_of_date(wait.candidate, day)


def recontact(wait: AnyWait) -> datetime | None:
    result = wait.case.result
    if result is None or result.recontact_on is None:
        return None
    first = calendar.contact_moment_of_date(wait.candidate, result.recontact_on)
    return after_last(wait, first, wait.log.recontacted_on)


def preparation(wait: AnyWait) -> datetime:
    return wait.case.interview.starts - PREPARE_AHEAD


def end(wait: AnyWait) -> datetime:
    return wait.ends


def asked_from(wait: AnyWait) -> datetime:
    """The end, or the moment at which the interview was written down, if that was later."""
    noted = wait.case.interview.noted
    return wait.ends if noted is None else max(wait.ends, noted)


def asking_ends(wait: AnyWait) -> datetime:
    """24 hours later, whatever the hour."""
    return asked_from(wait) + FIX_WITHIN


def limit(wait: AnyWait) -> datetime:
    return wait.limit


def next_try(wait: AnyWait) -> datetime:
    """The limit, after the last try."""
    return after_last(wait, wait.limit, wait.tried_on)


def letter_given_up(wait: AnyWait) -> datetime:
    """When a letter has gone unanswered for long enough."""
    if wait.letter is None:
        return wait.limit
    sent_on = wait.date_of(wait.letter.at)
    until = calendar.nth_working_day(wait.candidate.calendar, sent_on, LETTER_WORKING_DAYS)
    return max(wait.limit, calendar.contact_moment_of_date(wait.candidate, until))


def window_opening(wait: AnyWait) -> datetime:
    return calendar.opening_of(wait.candidate, wait.opens_on)
