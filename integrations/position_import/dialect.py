"""Decide for a whole file whether the day or the month comes first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .days import Day, read_day

# Fields of days that lie in the past when they are written down.
HAPPENED = ("applied_on", "closed_on", "state_on", "result.on")
SURE = 1000


@dataclass(frozen=True, slots=True)
class Dialect:
    """`columns` says for each column whether its days are read day first."""

    day_first: bool
    columns: Mapping[int, bool]
    questions: Mapping[int, str]


def decide(
    cells: Mapping[int, Sequence[str]], fields: Mapping[int, str], language: str, today: date
) -> Dialect:
    """`cells` are the cells of each column of days."""
    days = {n: [day for cell in found if (day := read_day(cell))] for n, found in cells.items()}
    votes = {n: _votes(found, fields[n], today) for n, found in days.items()}
    total: Counter[str] = sum(votes.values(), Counter())
    day_first = _winner(total)
    settled = day_first is not None
    if day_first is None:
        day_first = True
    columns, questions = {}, {}
    for number, found in days.items():
        own = _winner(votes[number])
        columns[number] = day_first if own is None else own
        is_open = any(day.is_ambiguous and day.first != day.second for day in found)
        slashed = any(day.is_open and day.separator in "/-–" for day in found)
        if sum(day.year is None for day in found) * 2 > len(found):
            questions[number] = "year"
        elif is_open and own is None and not settled and language == "en" and slashed:
            questions[number] = "day_or_month"
    return Dialect(day_first, columns, questions)


def _votes(days: Sequence[Day], field: str, today: date) -> Counter[str]:
    votes: Counter[str] = Counter()
    for day in days:
        if not day.is_open:
            continue
        if day.first > 12 >= day.second:
            votes["day"] += SURE
        elif day.second > 12 >= day.first:
            votes["month"] += SURE
        elif day.separator == ".":
            votes["day"] += SURE // 10
        elif day.first != day.second and day.year is not None:
            votes.update(_weekday_votes(day, day.year))
            if field in HAPPENED:
                votes.update(_future_votes(day, day.year, today))
    return votes


def _weekday_votes(day: Day, year: int) -> Counter[str]:
    """The name of the weekday fits one reading only."""
    fits = {
        name
        for name, first in (("day", True), ("month", False))
        if (on := day.on(year, day_first=first)) and on.weekday() == day.weekday
    }
    return Counter(dict.fromkeys(fits, SURE // 2)) if len(fits) == 1 else Counter()


def _future_votes(day: Day, year: int, today: date) -> Counter[str]:
    """What has happened does not lie in the future."""
    past = {
        name
        for name, first in (("day", True), ("month", False))
        if (on := day.on(year, day_first=first)) and on <= today + timedelta(days=1)
    }
    return Counter(dict.fromkeys(past, 10)) if len(past) == 1 else Counter()


def _winner(votes: Counter[str]) -> bool | None:
    if votes["day"] == votes["month"]:
        return None
    return votes["day"] > votes["month"]
