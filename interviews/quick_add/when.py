"""Days as people type them; names of days and months come from CLDR.

docs/decisions/quick-add-grammar.md says why no date library reads them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10}
SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_COUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"


@dataclass(frozen=True, slots=True)
class Day:
    """A mention of a day. `weekday` alone is weak: it only narrows dates said elsewhere."""

    start: int
    end: int
    days: tuple[date, ...]
    is_weak: bool = False
    is_other: bool = False  # "(or 4 Dec)": the less likely reading
    is_preferred: bool = False  # the first of its days is the locale's reading


@cache
def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Names of weekdays (Monday is 0) and of months."""
    weekdays, months = dict(SHORT), {"sept": 9}
    for tag in ("en", language):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            weekdays |= {_bare(name): n for n, name in locale.days["format"][width].items()}
            months |= {_bare(name): n for n, name in locale.months["format"][width].items()}
    return weekdays, months


# No interview and no promise is further away; a typing mistake may be.
FAR = timedelta(days=2 * 366)


def _bare(name: str) -> str:
    return name.rstrip(".").casefold()


@cache
def _pattern(language: str) -> re.Pattern[str]:
    weekdays, months = (
        "|".join(sorted(map(re.escape, names), key=len, reverse=True)) for names in _names(language)
    )
    return re.compile(
        rf"""(?<![\w./:-])(?P<other>\(or\s+)?(?:
        (?P<iso>\d{{4}}-\d\d-\d\d)
      | (?P<dom>\d{{1,2}})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?
          (?P<mon>{months})\b\.?(?:,?\s+(?P<y1>20[2-9]\d))?
      | (?P<mon2>{months})\b\.?\s+(?P<dom2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d)
          (?:,?\s+(?P<y2>20[2-9]\d))?
      | (?<!at\s)(?<!room\s)(?P<dd>\d{{1,2}})\.\s?(?P<dm>\d{{1,2}})
          (?:\.(?P<y3>\d{{4}}|\d\d(?!\d|[:.]))?)?
      | (?P<n1>\d{{1,2}})/(?P<n2>\d{{1,2}})(?:/(?P<y4>\d{{4}}|\d\d))?(?![/\d])
      | (?P<word>(?:the\s+)?day\s+after\s+tomorrow|(?:the\s+)?day\s+before\s+yesterday|today|tonight
          |this\s+(?:morning|afternoon)|tomorrow|tomorow|tmrw|tmrow|tmr|tmw|2moro|yesterday|yest(?:\.(?=\s))?|just\s+(?:now|had|finished))
      | (?P<in>in|within)\s+(?P<in_n>{_COUNT})\s+(?P<in_u>day|week)s?(?:['’]?\s+time)?
      | (?P<ago_n>{_COUNT})\s+(?P<ago_u>day|week)s?\s+ago
      | the\s+(?P<nth>\d{{1,2}})(?:st|nd|rd|th)
          (?!\s+(?:floor|interview|round|stage|(?:of\s+)?(?:{months})\b))
      | (?P<wd4>{weekdays})\s+(?P<nth4>\d{{1,2}})(?:st|nd|rd|th)
          (?!\s+(?:interview|round|stage|(?:of\s+)?(?:{months})\b))
      | (?P<month_end>(?:the\s+)?end\s+of\s+(?:the|this|next)\s+month)
      | (?P<week>next|last|this)\s+week,?\s+(?:on\s+)?(?P<wd>{weekdays})
      | (?P<wd2>{weekdays})\s+(?P<week2>next|last|this)\s+week
      | (?:(?P<which>next|last|this)\s+
          |(?P<end>(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|next\s+)?week))?
          (?P<wd3>(?(end)|(?:{weekdays})))\.?
        )(?:['’]s|\s+(?:morning|afternoon|evening))?(?(other)\))(?!\w)""",
        re.I | re.X,
    )


WORDS = {"yesterday": -1, "yest": -1, "yest.": -1}
WORDS |= dict.fromkeys(("tomorrow", "tomorow", "tmrw", "tmrow", "tmr", "tmw", "2moro"), 1)


def find_days(
    text: str, *, today: date, language: str, said_on: date | None = None, is_past: bool = False
) -> Iterator[Day]:
    """Bare weekdays are the next ones; the last ones if the line speaks of the past. `said_on` is
    the day from which "within a week" counts, today without it."""
    reader = _Reader(today, said_on or today, language, is_past)
    for match in _pattern(language).finditer(text):
        days = reader.read(match)
        if not days:
            continue
        is_bare = match["wd3"] is not None and not match["which"] and not match["end"]
        is_slashed = match["n1"] is not None and len(days) > 1
        yield Day(*match.span(), days, is_bare, bool(match["other"]), is_slashed)


@dataclass(frozen=True, slots=True)
class _Reader:
    today: date
    said_on: date
    language: str
    is_past: bool

    def read(self, match: re.Match[str]) -> tuple[date, ...]:
        """Every day that the words may mean; none if there is no such day, or only far ones."""
        said = {name: value for name, value in match.groupdict().items() if value}
        try:
            return tuple(day for day in self._read(said) if abs(day - self.today) <= FAR)
        except (ValueError, OverflowError):
            return ()

    def _read(self, said: dict[str, str]) -> tuple[date, ...]:
        weekdays, months = _names(self.language)
        if "iso" in said:
            return (date.fromisoformat(said["iso"]),)
        if "mon" in said or "mon2" in said:
            month = months[_bare(said.get("mon") or said["mon2"])]
            day = int(said.get("dom") or said["dom2"])
            return (self._dated(day, month, said.get("y1") or said.get("y2")),)
        if "nth" in said or "nth4" in said:
            return (self._coming(int(said.get("nth") or said["nth4"])),)
        if "dd" in said:
            return (self._dated(int(said["dd"]), int(said["dm"]), said.get("y3")),)
        if "n1" in said:
            return self._slashed(int(said["n1"]), int(said["n2"]), said.get("y4"))
        if "word" in said:
            return (self.today + timedelta(_shift(" ".join(said["word"].casefold().split()))),)
        if "in" in said or "ago_n" in said:
            return (self._counted(said),)
        if "month_end" in said:
            first = self.today.replace(day=1) + timedelta(32)
            first += timedelta(32) if "next" in said["month_end"].casefold() else timedelta(0)
            return (first.replace(day=1) - timedelta(1),)
        if "end" in said:
            friday = self.today + timedelta((4 - self.today.weekday()) % 7)
            return (friday + timedelta(7 if "next" in said["end"].casefold() else 0),)
        if week := (said.get("week") or said.get("week2", "")).casefold():
            weekday = weekdays[_bare(said.get("wd") or said["wd2"])]
            monday = self.today - timedelta(self.today.weekday())
            return (monday + timedelta({"last": -7, "this": 0, "next": 7}[week] + weekday),)
        return self._weekday(weekdays[_bare(said["wd3"])], said.get("which", "").casefold())

    def _dated(self, day: int, month: int, year: str | None) -> date:
        """Without a year, the nearest one."""
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        around = [_date(self.today.year + n, month, day) for n in (-1, 0, 1)]
        return min(filter(None, around), key=lambda found: abs(found - self.today))

    def _coming(self, day: int) -> date:
        """The next such day of a month."""
        first = self.today.replace(day=1)
        months = [first, first + timedelta(32), first + timedelta(64)]
        found = [_date(month.year, month.month, day) for month in months]
        return min(each for each in found if each and each >= self.today)

    def _slashed(self, first: int, second: int, year: str | None) -> tuple[date, ...]:
        pairs = [(first, second), (second, first)]
        if self.language.casefold() == "en-us":
            pairs.reverse()
        found = [self._dated(*pair, year) for pair in pairs if pair[1] <= 12]
        if not self.is_past and found and found[0] >= self.today:  # only words tell of the past
            found = [day for day in found if day >= self.today]
        return tuple(dict.fromkeys(found))

    def _counted(self, said: dict[str, str]) -> date:
        n = said.get("in_n") or said["ago_n"]
        days = (NUMBERS.get(n.casefold()) or int(n)) * (
            7 if "week" in (said.get("in_u") or said["ago_u"]).casefold() else 1
        )
        if "ago_n" in said:
            return self.today - timedelta(days)
        return (self.said_on if said["in"].casefold() == "within" else self.today) + timedelta(days)

    def _weekday(self, weekday: int, which: str) -> tuple[date, ...]:
        ahead = (weekday - self.today.weekday()) % 7
        coming, week = self.today + timedelta(ahead), timedelta(7)
        if which == "last" or (self.is_past and not which and ahead):
            return (coming - week,)
        if which == "next":
            is_this_week = ahead > 0 and weekday > self.today.weekday()
            return (coming, coming + week) if is_this_week else (coming + (not ahead) * week,)
        if ahead or which or self.is_past:
            return (coming,)
        return (coming, coming + week)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shift(word: str) -> int:
    if word.endswith("after tomorrow"):
        return 2
    return -2 if word.endswith("before yesterday") else WORDS.get(word, 0)


def meant(mentions: list[Day]) -> tuple[date | None, tuple[date, ...]]:
    """The day that all mentions mean together, or the days among which they leave a choice."""
    strong = [each for each in mentions if not each.is_weak and not each.is_other]
    said = list(dict.fromkeys(day for each in strong for day in each.days))
    weak = [each for each in mentions if each.is_weak]
    is_kept = not weak
    if strong and weak:
        kept = [day for day in said if all(day.weekday() == w.days[0].weekday() for w in weak)]
        is_kept = bool(kept)
        said = kept or [*said, *(day for each in weak for day in each.days)]
    elif weak:
        said = list(dict.fromkeys(day for each in weak for day in each.days))
    others = [day for each in mentions if each.is_other for day in each.days]
    is_preferred = bool(others) or (len(strong) == 1 and strong[0].is_preferred and is_kept)
    days = tuple(dict.fromkeys([*said, *others]))
    if len(days) < 2:
        return (days[0] if days else None), ()
    return (days[0], days) if is_preferred and said else (None, tuple(sorted(days)))
