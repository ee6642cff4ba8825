"""Dates and times as people say them, in the reader's language.

A translation can reorder them by translating the format (letters as in Django's `date` filter). The
year is only shown if it is not the present one.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

DAYS_OF_A_WEEK = 7


def day(value: date, *, now: datetime) -> str:
    """For example: Friday 20 November"""
    return _day(value, value.year == now.year, get_language())


# A page of waits formats the same few dates hundreds of times.
@lru_cache(maxsize=4096)
def _day(value: date, is_this_year: bool, _language: str | None) -> str:
    if is_this_year:
        return dateformat.format(value, pgettext("format of a day", "l j F"))
    return dateformat.format(value, pgettext("format of a day with its year", "l j F Y"))


@lru_cache(maxsize=4096)
def day_of_line(value: date, is_long: bool, _language: str | None) -> str:
    """For example: Mon 16; on a long line 16 Nov"""
    if is_long:
        return dateformat.format(value, pgettext("format of a day on a long line", "j M"))
    return dateformat.format(value, pgettext("format of a day on a line", "D j"))


def weekday(value: date) -> str:
    """For example: Friday"""
    return dateformat.format(value, "l")


def clock(value: time | datetime) -> str:
    """For example: 10:00"""
    return dateformat.time_format(value, pgettext("format of a time", "H:i"))


def moment(value: datetime, *, now: datetime) -> str:
    """For example: Friday 20 November at 10:00, in the zone of `now`"""
    local = value.astimezone(now.tzinfo)
    return day_and_clock(local.date(), local.time(), now=now)


def short_moment(local: datetime) -> str:
    """For example: 20 Nov, 10:00"""
    return dateformat.format(local, pgettext("format of a short moment", "j M, H:i"))


def day_and_clock(value: date, at: time | None, *, now: datetime) -> str:
    """For example: Friday 20 November at 10:00, or only the date"""
    if at is None:
        return day(value, now=now)
    return gettext("%(day)s at %(time)s") % {"day": day(value, now=now), "time": clock(at)}


def until(value: datetime, *, now: datetime) -> str:
    """For use after the word "until": 10:00 today, or Friday 20 November."""
    local = value.astimezone(now.tzinfo)
    if local.date() == now.date():
        return gettext("%(time)s today") % {"time": clock(local)}
    return day(local.date(), now=now)


def today(*, now: datetime, after: date | None) -> str:
    """For use after "it is": the time on that day, or the weekday soon after it."""
    if after is not None:
        days = (now.date() - after).days
        if days == 0:
            return clock(now)
        if 0 < days < DAYS_OF_A_WEEK:
            return weekday(now.date())
    return day(now.date(), now=now)


def days(values: Sequence[date], *, now: datetime) -> str:
    """For example: Monday 23 November and Tuesday 24 November"""
    return get_text_list([day(value, now=now) for value in values], gettext("and"))


def short_day(value: date, *, now: datetime) -> str:
    """Thursday within a week, otherwise Thursday 3 December."""
    if abs((value - now.date()).days) < DAYS_OF_A_WEEK:
        return weekday(value)
    return day(value, now=now)


def row_day(value: date, *, now: datetime) -> str:
    """For rows and buttons, for example: Mon 23 Nov"""
    if value.year == now.year:
        return dateformat.format(value, pgettext("format of a day in a row", "D j M"))
    return dateformat.format(value, pgettext("format of a day in a row with its year", "D j M Y"))


def brief_day(value: date, *, now: datetime) -> str:
    """For example: Thu, tomorrow, and beyond a week 3 Dec"""
    days = (value - now.date()).days
    if days in (0, 1):
        return age(value, now=now)
    if 0 < days < DAYS_OF_A_WEEK:
        return dateformat.format(value, "D")
    return day_of_line(value, True, get_language())


def brief_moment(local: datetime, *, now: datetime) -> str:
    """For example: 10:00, Thu 10:00, and beyond a week 3 Dec"""
    days = (local.date() - now.date()).days
    if days == 0:
        return clock(local)
    if 0 < days < DAYS_OF_A_WEEK:
        return f"{dateformat.format(local, 'D')} {clock(local)}"
    return brief_day(local.date(), now=now)


def age(value: date, *, now: datetime) -> str:
    """For example: 3 days ago, yesterday, today, tomorrow, in 3 days"""
    past = (now.date() - value).days
    if past in _NEAR:
        return str(_NEAR[past])
    if past > 0:
        return ngettext("%(days)d day ago", "%(days)d days ago", past) % {"days": past}
    return ngettext("in %(days)d day", "in %(days)d days", -past) % {"days": -past}


_NEAR: dict[int, Promise] = {
    1: gettext_lazy("yesterday"),
    0: gettext_lazy("today"),
    -1: gettext_lazy("tomorrow"),
}


def day_with_age(value: date, *, now: datetime) -> str:
    """For example: Friday 20 November, 3 days ago"""
    return gettext("%(day)s (%(age)s)") % {"day": day(value, now=now), "age": age(value, now=now)}


def coming(starts_at: datetime, *, now: datetime) -> str:
    """For example: Today at 14:00"""
    local = starts_at.astimezone(now.tzinfo)
    said = gettext("%(day)s at %(time)s") % {
        "day": age(local.date(), now=now),
        "time": clock(local),
    }
    return said[0].upper() + said[1:]
