"""Parse the components of an invitation and the time zones that it defines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from integrations.content_lines_read import ContentLine
from integrations.zone_names import zone_named

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# More than any zone has; further ones are ignored.
ONSETS_MAX = 1000
OFFSET = re.compile(r"^([+-]?)(\d{1,2}):?(\d{2})?:?(\d{2})?$")
# 20261130T143000Z, without seconds, in ISO 8601, or a date alone.
MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Component:
    """A component from BEGIN to END, with its content."""

    name: str
    lines: list[ContentLine] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def line(self, name: str) -> ContentLine | None:
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[ContentLine]:
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        line = self.line(name)
        return "" if line is None else line.text.strip()

    def called(self, name: str) -> list["Component"]:
        return [part for part in self.parts if part.name == name]


def zone_key(name: str) -> str:
    """Return one spelling for the names by which a file refers to its zones."""
    return " ".join(name.strip().strip('"').split()).casefold()


def instant(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def defined_instant(local: datetime, zone: Component, *, own: ZoneInfo) -> datetime | None:
    """Convert by the file's definition, or by the zone that it names; None if neither can be
    read."""
    if (offset := _offset(zone, local)) is not None:
        return (local - offset).replace(tzinfo=UTC)
    named = zone_named(zone.value("X-LIC-LOCATION") or zone.value("TZID"), own=own)
    return instant(local, named.zone) if named else None


@dataclass(frozen=True, slots=True)
class _Onset:
    """When an offset begins, by the clock that ends then."""

    at: datetime
    before: timedelta
    after: timedelta


def _offset(zone: Component, local: datetime) -> timedelta | None:
    """Return the zone's offset at a local time. A skipped time has the offset before the change, a
    repeated one the first (RFC 5545, 3.3.5)."""
    every = (onset for part in zone.parts for onset in _onsets(part, local))
    onsets = list(islice(every, ONSETS_MAX))
    if not onsets:
        return None
    begun = [onset for onset in onsets if onset.at <= local]
    if not begun:
        return min(onsets, key=lambda onset: onset.at).before
    last = max(begun, key=lambda onset: onset.at)
    is_skipped = local < last.at + (last.after - last.before)
    return last.before if is_skipped else last.after


def _onsets(part: Component, local: datetime) -> Iterator[_Onset]:
    """Return the onsets that matter for a local time: of its year and the year before, and the
    first."""
    start = parse_local(part.value("DTSTART"))
    before, after = _length(part.value("TZOFFSETFROM")), _length(part.value("TZOFFSETTO"))
    if start is None or after is None:
        return
    for moment in _moments(part, start, local.year):
        if moment is not None:
            yield _Onset(moment, before if before is not None else after, after)


def _moments(part: Component, start: datetime, year: int) -> Iterator[datetime | None]:
    yield start
    for line in part.lines:
        if line.name == "RDATE":
            yield from map(parse_local, line.value.split(","))
        elif line.name == "RRULE":
            rule = parse_rule(line.value)
            yield from (_yearly(rule, start, year - back) for back in (0, 1))


def _length(said: str) -> timedelta | None:
    found = OFFSET.match(said)
    if found is None:
        return None
    sign = -1 if found[1] == "-" else 1
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def parse_rule(said: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in said.split(";"))
    return {name.strip().upper(): value.strip().upper() for name, _, value in pairs}


def _yearly(rule: Mapping[str, str], start: datetime, year: int) -> datetime | None:
    """Return the day of the year on which the clocks change: “the last Sunday of March”. Other
    rules are ignored, and no series is expanded."""
    if rule.get("FREQ") != "YEARLY":
        return None
    try:
        month = int(rule.get("BYMONTH", start.month))
        days = _days_of(year, month)
        if "BYMONTHDAY" in rule:
            wanted = {int(day) for day in rule["BYMONTHDAY"].split(",")}
            days = [
                day for day in days if {day.day, day.day - len(_days_of(year, month)) - 1} & wanted
            ]
        elif "BYDAY" not in rule:
            days = [day for day in days if day.day == start.day]
        if "BYDAY" in rule:
            days = _on_weekday(days, rule["BYDAY"].split(",")[0])
    except (ValueError, IndexError):
        return None
    until = parse_local(rule.get("UNTIL", ""))
    found = datetime.combine(days[0], start.time()) if days else None
    if found is None or found < start or (until is not None and found > until):
        return None
    return found


def _days_of(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    days = (first + timedelta(days=number) for number in range(31))
    return [day for day in days if day.month == month]


def _on_weekday(days: list[date], said: str) -> list[date]:
    """“-1SU” is the last Sunday of these, “SU” each."""
    count, weekday = said[:-2], WEEKDAYS.index(said[-2:])
    on_it = [day for day in days if day.weekday() == weekday]
    if not count:
        return on_it
    number = int(count)
    return [on_it[number - 1 if number > 0 else number]]


def parse_local(said: str) -> datetime | None:
    """Parse 20261130T143000, whatever zone follows; a date is its midnight."""
    found = MOMENT.fullmatch(said.strip())
    if found is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def parse_zone(said: str) -> tzinfo | None:
    """Parse what follows a time: Z, or its offset from UTC."""
    found = MOMENT.fullmatch(said.strip())
    zone = (found["zone"] or "") if found else ""
    if zone.upper() == "Z":
        return UTC
    length = _length(zone)
    return None if length is None or abs(length) >= timedelta(days=1) else timezone(length)


def is_day(said: str) -> bool:
    return re.fullmatch(r"\d{4}-?\d\d-?\d\d", said.strip()) is not None
