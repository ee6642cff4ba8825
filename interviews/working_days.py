"""Working days of a country: its weekend and its public holidays, observed ones included.

The only module that uses the `holidays` library. The first use of a country may take half a second,
so each calendar is made once per process.
"""

import unicodedata
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

import holidays
from babel import Locale, UnknownLocaleError
from holidays.registry import COUNTRIES

from interviews.rules import WorkingCalendar

# Weekends differ by state (Malaysia) and have changed; the library tells them by the day. One
# recent week is used, so that a calendar's weekend is one value.
REFERENCE_MONDAY = date(2026, 7, 6)
WEEK = tuple(REFERENCE_MONDAY + timedelta(days=n) for n in range(7))

_making = Lock()
_calendars: dict[tuple[str | None, str | None], WorkingCalendar] = {}


class PublicHolidays:
    """The days off of one country or subdivision, read one year at a time.

    The library computes years on demand, which two threads must not do at once; a year read here
    never changes again, so it needs no lock. A make-up working day on a weekend is no holiday here,
    and remains a weekend day.
    """

    def __init__(self, source: Any) -> None:
        self._source = source
        self._years: dict[int, frozenset[date]] = {}
        self._reading = Lock()

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        days = self._years.get(day.year)
        return day in (self._read(day.year) if days is None else days)

    def _read(self, year: int) -> frozenset[date]:
        with self._reading:
            if year not in self._years:
                self._source.get(date(year, 1, 1))
                self._years[year] = frozenset(day for day in self._source if day.year == year)
            return self._years[year]


def library_version() -> str:
    """Stored steps are recomputed when this changes, because the data change with it."""
    return version("holidays")


@cache
def _codes() -> frozenset[str]:
    return frozenset(names[1] for names in COUNTRIES.values())


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    """The codes of the subdivisions with their own holidays."""
    if country not in _codes():
        return ()
    return tuple(sorted(getattr(holidays, country).subdivisions))


def is_known(country: str | None, subdivision: str | None = None) -> bool:
    """Whether `calendar_for` has an answer; None and the empty string both mean "none"."""
    if not country:
        return not subdivision
    if country not in _codes():
        return False
    return not subdivision or subdivision in subdivisions(country)


def calendar_for(country: str | None, subdivision: str | None = None) -> WorkingCalendar:
    """The working calendar, always the same object; without a country Monday to Friday.

    Raise LookupError for an unknown country or subdivision.
    """
    key = (country or None, subdivision or None)
    calendar = _calendars.get(key)
    if calendar is not None:
        return calendar
    with _making:
        if key not in _calendars:
            _calendars[key] = _make(*key)
        return _calendars[key]


def _make(country: str | None, subdivision: str | None) -> WorkingCalendar:
    if not is_known(country, subdivision):
        raise LookupError(f"no calendar is known for {country!r}, {subdivision!r}")
    if country is None:
        return WorkingCalendar()
    source: Any = holidays.country_holidays(country, subdiv=subdivision)
    weekend = frozenset(day.weekday() for day in WEEK if source.is_weekend(day))
    return WorkingCalendar(weekend=weekend, holidays=PublicHolidays(source))


def country_choices(language: str = "en") -> list[tuple[str, str]]:
    """Code and name of every country, by name, for a select."""
    territories = _locale(language).territories
    return _by_name({code: territories.get(code, code) for code in _codes()})


@cache
def subdivision_choices(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every subdivision of a country, by name, in the library's spelling."""
    names = {code: _subdivision_name(country, code) for code in subdivisions(country)}
    return tuple(_by_name({code: name for code, name in names.items() if name}))


def _subdivision_name(country: str, code: str) -> str:
    """The name of a subdivision; empty if it has no public holidays of its own.

    Subdivisions outside of ISO 3166-2 have their name as code: a city with its own holiday, or a
    zone of school holidays, which are not used here.
    """
    aliases = _aliases(country).get(code)
    if aliases:
        # Some have other codes among their names.
        return next((alias for alias in aliases if not alias.isupper()), aliases[0])
    return code if _has_own_days(country, code) else ""


@cache
def _aliases(country: str) -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = getattr(holidays, country)().get_subdivision_aliases()
    return aliases


def _has_own_days(country: str, subdivision: str) -> bool:
    year = REFERENCE_MONDAY.year
    own = holidays.country_holidays(country, subdiv=subdivision, years=year)
    return set(own) != set(holidays.country_holidays(country, years=year))


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda choice: _folded(choice[1]))


def _folded(name: str) -> str:
    """For sorting: Åland next to Albania, not after Zimbabwe."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
