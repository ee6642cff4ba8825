"""Make appointments and deadlines of the days and times that a text names."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from integrations.inbound import deadline
from integrations.inbound.date_rules import rules_of
from integrations.inbound.dates import Day, Found, Time, find
from integrations.inbound.phrases import DATA
from integrations.inbound.words import fold

# Stands between sentences, so that nothing is read across them.
BREAK = "¦"
NEAR = 140
OFFSET = re.compile(r"(?<!\w)(?:UTC|GMT)\s?([+\-−])\s?(\d{1,2})(?::?(\d\d))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Appointment:
    """`is_old` tells that the text speaks of it as no longer valid; `sentence` is the number
    of the sentence that names it."""

    starts_at: datetime
    is_old: bool
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says about days. `zone` is the name of the zone it gives, else None;
    `last_day` by when an answer comes or is due."""

    appointments: tuple[Appointment, ...]
    zone: str | None
    last_day: date | None
    is_last_day_marked: bool
    has_day: bool
    sentences: frozenset[int] = frozenset()


def read_days(sentences: Mapping[int, str], code: str, origin: datetime, zone: ZoneInfo) -> Said:
    """Read the days and times of a text; `origin` is when it was written, `zone` its reader's."""
    local = origin.astimezone(zone).date()
    deadline.check()
    texts = [each.replace(BREAK, " ") for each in sentences.values()]
    named = zone_of(" ".join(texts))
    found = find(f" {BREAK} ".join(texts), code, local)
    numbers = [*sentences, 0]
    pairs = _pairs(found)
    taken, appointments, marked = set(), [], []
    for day, time in pairs:
        if _is_deadline(found, day, code):
            continue
        is_further = any(day.end <= each.first < time.first for each in found.times)
        is_further = is_further or time.first - day.end > 6
        first = time.first if is_further else min(day.first, time.first)
        taken.add(day)
        own = ZoneInfo(named) if named else zone
        starts = datetime(
            day.day.year, day.day.month, day.day.day, time.hour, time.minute, tzinfo=own
        )
        if starts >= origin - timedelta(hours=1):
            marked.append((starts.astimezone(zone), found, first, day))
    for starts, _, first, day in marked:
        number = numbers[found.text.count(BREAK, 0, first)]
        appointments.append(Appointment(starts, _is_old(found, first, day, code), number))
    free = [day for day in found.days if day not in taken and day.is_stated and day.day >= local]
    sure = [day for day in free if _is_deadline(found, day, code)]
    last = next(iter(sure or free), None)
    has_day = any(day.day >= local and not _is_deadline(found, day, code) for day in found.days)
    with_days = frozenset(numbers[found.text.count(BREAK, 0, day.first)] for day in found.days)
    return Said(
        _unique(appointments), named, last.day if last else None, bool(sure), has_day, with_days
    )


def _unique(found: Iterable[Appointment]) -> tuple[Appointment, ...]:
    by_start: dict[datetime, Appointment] = {}
    for each in sorted(found, key=lambda one: (one.starts_at, one.is_old)):
        by_start.setdefault(each.starts_at, each)
    return tuple(by_start.values())


def _pairs(found: Found) -> list[tuple[Day, Time]]:
    """Give each time its day: the one just named, or the one that follows at once."""
    pairs = []
    for time in found.times:
        before = [
            day for day in found.days if day.end <= time.first + 1 and time.first - day.end <= NEAR
        ]
        after = [
            day for day in found.days if time.end <= day.first + 1 and day.first - time.end <= 40
        ]
        here = [day for day in before if BREAK not in found.text[day.end : time.first]]
        next_one = [day for day in after if BREAK not in found.text[time.end : day.first]]
        is_close = next_one and next_one[0].first - time.end <= 14
        if here and not (is_close and here[-1].end + 30 < time.first):
            pairs.append((here[-1], time))
        elif next_one:
            pairs.append((next_one[0], time))
        elif before and found.text[before[-1].end : time.first].count(BREAK) <= 1:
            pairs.append((before[-1], time))
    return _with_lists(found, pairs)


def _with_lists(found: Found, pairs: list[tuple[Day, Time]]) -> list[tuple[Day, Time]]:
    """In "on 3 or 4 December at 10" the first day shares the time of the second."""
    paired = {day for day, _ in pairs}
    for number, day in enumerate(found.days[:-1]):
        after = found.days[number + 1]
        between = found.text[day.end : after.first]
        is_listed = re.fullmatch(
            r"[ ,]*(?:or|and|oder|und|ou|et|o|y|e|u|или|и|/|,)?[ ,]*(?:on|am|den|le|el|la|a|no|na|в|во|the)?[ ]*",  # noqa: E501
            between,
        )
        if day not in paired and after in paired and is_listed and day.day != after.day:
            pairs += [(day, time) for other, time in pairs if other == after]
    return pairs


def _is_deadline(found: Found, day: Day, code: str) -> bool:
    rules = rules_of(code)
    before = found.text[max(0, day.first - 60) : day.first]
    # The weekday before a date belongs to it.
    before = re.sub(rf"{rules.weekday.pattern},?(?: the| den| dem| le| el| o| dia)? $", "", before)
    if rules.until.search(before):
        return True
    return bool(rules.latest.search(found.text[day.end : day.end + 30]))


def _is_old(found: Found, first: int, day: Day, code: str) -> bool:
    """Tell a time that is given up from a new one, by the words around it."""
    rules = rules_of(code)
    begin = found.text.rfind(BREAK, 0, first) + 1
    end = found.text.find(BREAK, day.end)
    sentence = found.text[begin : end if end >= 0 else None]
    ends = [*(each.end for each in found.days), *(each.end for each in found.times)]
    earlier = [place for place in ends if begin <= place <= first]
    window = found.text[max([begin, first - 45, *earlier]) : first]
    window = rules.before_hour.sub("", window)
    old = [each.end() for each in rules.old.finditer(window)]
    new = [each.end() for each in rules.new.finditer(window)]
    if old or new:
        return max(old, default=-1) > max(new, default=-1)
    verbs = [begin + each.start() for each in rules.shift.finditer(sentence)]
    if not verbs:
        return False
    return first < verbs[-1]


# --- zones --------------------------------------------------------------------------------------


@cache
def _zones() -> dict[str, Any]:
    with (DATA / "zones.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _zone_words() -> tuple[tuple[str, str], ...]:
    return tuple((word, zone) for zone, words in _zones()["words"].items() for word in words)


@cache
def _zone_letters() -> re.Pattern[str]:
    every = [word for words in _zones()["letters"].values() for word in words]
    # After a time, or alone in brackets: "EST" and "ET" are words elsewhere.
    return re.compile(
        rf"(?:\d|[ap]\.?m\.?|Uhr|h|\(|час\w*|вечера|утра|дня)[\s,)(]{{0,3}}\(?({'|'.join(every)})(?![\w+\-−])",
        re.IGNORECASE,
    )


def zone_of(text: str) -> str | None:
    """Return the name of the time zone that a text gives for its times."""
    offset = OFFSET.search(text)
    if offset and int(offset[2]) <= 14:
        sign = "-" if offset[1] == "+" else "+"  # signs of Etc/ are turned round
        return f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else "UTC"
    low = " ".join(fold(text).split())
    for word, zone in _zone_words():
        if word in low:
            return zone
    letters = _zone_letters().search(text)
    if not letters:
        return None
    wanted = letters[1]
    zones = _zones()["letters"].items()
    return next((zone for zone, words in zones if wanted in words), None)
