"""Find days and times of day in prose. Words count from `origin`, the day on which the mail was
written; a day without a year is the next such day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from integrations.inbound.date_rules import Rules, rules_of
from integrations.inbound.phrases import LANGUAGES
from integrations.inbound.words import fold

# Of a day without a year, one so far ahead is one that has passed.
AHEAD_MAX = 250
NUMBERED_WEEKS = 9
PLAIN = re.compile(r"(?<![\d.:/-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
# "2.1 MB" is no day.
NUMERIC = re.compile(
    r"(?<![\d.:/,-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})(?!\d)|(?![\d/:]))\.?"
    r"(?!\d|\s?(?:[kKmMgG][bB]|[%€£$])(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Day:
    """`is_stated` tells days by date or weekday from those by "tomorrow"."""

    first: int
    end: int
    day: date
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class Time:
    first: int
    end: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Found:
    """`text` is folded; places in it are those of `days` and `times`, both in its order."""

    text: str
    days: tuple[Day, ...]
    times: tuple[Time, ...]


def find(text: str, code: str, origin: date) -> Found:
    """Return all days and times of a text."""
    text = " ".join(fold(text).split())
    rules = rules_of(code)
    numbered = {}
    for weekday, number, end, day in _numbered(rules, text, origin):
        numbered[weekday] = day
        text = f"{text[:number]}{' ' * (end - number)}{text[end:]}"
    times = tuple(_times(rules, text))
    days = tuple(_days(rules, text, origin, times, numbered))
    return Found(text, days, times)


def _numbered(rules: Rules, text: str, origin: date) -> Iterator[tuple[int, int, int, date]]:
    """Find "Friday the 4th": the place of the weekday, the span of the number, the day."""
    for each in rules.weekday_number.finditer(text):
        ahead = (rules.weekdays[each[1]] - origin.weekday()) % 7
        days = [origin + timedelta(days=ahead + 7 * week) for week in range(NUMBERED_WEEKS)]
        day = next((day for day in days if day.day == int(each[2])), None)
        if day:
            yield each.start(1), each.start(2), each.end(), day


# --- days ---------------------------------------------------------------------------------------


def _days(
    rules: Rules, text: str, origin: date, times: tuple[Time, ...], numbered: Mapping[int, date]
) -> Iterator[Day]:
    taken = [
        each.span() for each in rules.weekday_range.finditer(text) if rules.is_hours(each.group())
    ]
    found: list[Day] = []
    for each in (*_dated(rules, text, origin, times), *_named(rules, text, origin, numbered)):
        if not any(first < each.end and each.first < end for first, end in taken):
            found.append(each)
            taken.append((each.first, each.end))
    found.sort(key=lambda each: each.first)
    for number, each in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        # "Thursday, 3 December" is one day; the date decides.
        is_weekday = rules.weekday.fullmatch(text[each.first : each.end].strip())
        if (
            after
            and is_weekday
            and re.fullmatch(
                r"[\s,.(]{0,4}(?:(?:the|den|dem|der|le|el|dia|o|on|am|de|do) ){0,2}\(?",
                text[each.end : after.first],
            )
        ) and not rules.weekday.fullmatch(text[after.first : after.end]):
            continue
        yield each


def _dated(rules: Rules, text: str, origin: date, times: tuple[Time, ...]) -> Iterator[Day]:
    for each in PLAIN.finditer(text):
        yield from _day(each, int(each[1]), int(each[2]), int(each[3]), origin)
    for each in rules.lists.finditer(text):
        yield from _day(each, None, rules.months[each[3]], int(each[1]), origin)
    for each in rules.day_month.finditer(text):
        yield from _day(
            each, int(each[3]) if each[3] else None, rules.months[each[2]], int(each[1]), origin
        )
    for each in rules.month_day.finditer(text):
        yield from _day(
            each, int(each[3]) if each[3] else None, rules.months[each[1]], int(each[2]), origin
        )
    for each in NUMERIC.finditer(text):
        if not any(time.first <= each.start() < time.end for time in times):
            yield from _numeric(rules, each, text, origin)


def _day(
    found: re.Match[str], year: int | None, month: int, day: int, origin: date
) -> Iterator[Day]:
    try:
        if year is not None:
            yield Day(found.start(), found.end(), date(year, month, day))
            return
        near = date(origin.year, month, day)
        near = near if near >= origin else date(origin.year + 1, month, day)
    except ValueError:
        return
    if (near - origin).days <= AHEAD_MAX:
        yield Day(found.start(), found.end(), near)


def _numeric(rules: Rules, found: re.Match[str], text: str, origin: date) -> Iterator[Day]:
    """Of two readings of 12/03 the one that is past is wrong; a weekday before it decides too."""
    one, sign, other, year = int(found[1]), found[2], int(found[3]), found[4]
    if (sign == "-" and not year) or (sign == "." and not year and not found.group().endswith(".")):  # noqa: SIM102
        if sign == "-" or not re.search(
            r"(?:am|den|dem|vom|bis|ab|le|el|dia|с|до|на|к|,)\s$", text[: found.start()][-6:]
        ):
            return
    full = None if not year else int(year) if len(year) == 4 else 2000 + int(year)
    readings = [*_day(found, full, other, one, origin)]
    if sign == "/":
        readings += [each for each in _day(found, full, one, other, origin) if each not in readings]
    ahead = [each for each in readings if each.day >= origin] or readings
    said = list(rules.weekday.finditer(text[max(0, found.start() - 16) : found.start()]))
    if said and len(ahead) > 1:
        wanted = rules.weekdays[said[-1][1]]
        ahead = [each for each in ahead if each.day.weekday() == wanted] or ahead
    yield from ahead[:1]


def _named(rules: Rules, text: str, origin: date, numbered: Mapping[int, date]) -> Iterator[Day]:
    for each in rules.near.finditer(text):
        if text[: each.start()].endswith(rules.not_near or ("\0",)):
            continue
        yield Day(each.start(), each.end(), origin + timedelta(days=rules.relative[each[1]]), False)
    for each in rules.weekday.finditer(text):
        if each.start(1) in numbered:
            yield Day(each.start(), each.end(), numbered[each.start(1)])
            continue
        ahead = (rules.weekdays[each[1]] - origin.weekday() - 1) % 7 + 1
        around = text[max(0, each.start() - 26) : each.start()], text[each.end() : each.end() + 30]
        is_next = bool(
            rules.next_week.search(around[0]) or rules.next_week.match(around[1].lstrip(" ,"))
        )
        if rules.next_day is not None and re.search(rf"(?:{rules.next_day.pattern}) ?$", around[0]):
            is_next = True
        if is_next:
            ahead = 7 - origin.weekday() + rules.weekdays[each[1]]
        yield Day(each.start(), each.end(), origin + timedelta(days=ahead))


def written_moment(said: str, latest: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that the head of a forwarded mail gives, in whatever language."""
    try:
        found = parsedate_to_datetime(said)
        return found if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    said = said[:120]
    year_before = (latest - timedelta(days=200)).date()
    for code in LANGUAGES:
        place = find(said, code, year_before)
        days = [
            day
            for day in place.days
            if day.is_stated
            and not rules_of(code).weekday.fullmatch(place.text[day.first : day.end])
        ]
        days = [day for day in days if day.day <= latest.date() + timedelta(days=1)]
        if days:
            clock = re.search(
                r"(?<!\d)(\d{1,2})[:.h](\d\d)(?::\d\d)?\s?([ap])?", fold(said)[days[0].end :]
            )
            hour = int(clock[1]) % 24 if clock else 12
            if clock and clock[3] == "p" and hour < 12:
                hour += 12
            minute = int(clock[2]) % 60 if clock else 0
            day = days[-1].day
            return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return None


# --- times --------------------------------------------------------------------------------------


def _times(rules: Rules, text: str) -> Iterator[Time]:
    taken: list[Time] = []
    spans = [each for each in rules.span.finditer(text) if _is_span(rules, each, text)]
    for each in spans:
        taken += _time(rules, each, "span")
    for pattern, kind in rules.forms:
        for each in pattern.finditer(text):
            if any(one.first < each.end() and each.start() < one.end for one in taken):
                continue
            if kind == "clock" and _is_date(rules, each, text):
                continue
            taken += _time(rules, each, kind)
    taken.sort(key=lambda each: each.first)
    last: Time | None = None
    for time in taken:
        if (
            last is not None
            and rules.through.match(text[last.end : time.first])
            and _may_end(text, last, time)
        ):
            last = None
            continue
        if last is not None and any(
            s.start() <= last.first < s.end() <= time.first < s.end() + 8 for s in spans
        ):
            last = None
            continue
        yield time
        last = time


def _is_date(rules: Rules, found: re.Match[str], text: str) -> bool:
    """Tell 1.12. from 10.30: a time has a unit or a word such as "at" beside it."""
    body = re.match(r"(\d{1,2})\.(\d\d)(?!\d)", found.group())
    if not body or re.search(r"[^\d.\s]", found.group()):
        return False
    if rules.before_hour.search(text[max(0, found.start() - 14) : found.start()]):
        return False
    is_day = 1 <= int(body[1]) <= 31 and 1 <= int(body[2]) <= 12
    return is_day or text[found.end() : found.end() + 1] == "."


def _is_span(rules: Rules, found: re.Match[str], text: str) -> bool:
    """ "2 to 3 pm" is a span, "10 and 14 Uhr" without "between" are two times."""
    if not rules.hours.keys() & {found["h"]} and int(found["h"]) > 24:
        return False
    joined = text[found.end("h") : found.end()]
    both = re.search(r"(?<!\w)(?:and|und|et|y|e|и)(?!\w)", joined)
    return not both or bool(
        re.search(
            r"(?<!\w)(?:between|zwischen|entre|между)(?!\w)",
            text[max(0, found.start() - 24) : found.start()],
        )
    )


def _may_end(text: str, last: Time, time: Time) -> bool:
    both = re.search(r"(?<!\w)(?:and|und|et|y|e|и)(?!\w)", text[last.end : time.first])
    return not both or bool(
        re.search(
            r"(?<!\w)(?:between|zwischen|entre|между)(?!\w)",
            text[max(0, last.first - 24) : last.first],
        )
    )


def _time(rules: Rules, found: re.Match[str], kind: str) -> Iterator[Time]:
    groups = found.groupdict()
    if kind == "noon":
        yield Time(found.start(), found.end(), 12, 0)
        return
    said = groups["h"]
    hour, minute = rules.hour_of(said), int(groups.get("m") or 0)
    is_pm, is_am = bool(groups.get("pm")), bool(groups.get("am"))
    if kind == "half_past":
        minute = 30
    elif kind == "quarter_past":
        minute = 15
    elif kind in ("half_to", "quarter_to"):
        hour, minute = (hour - 1) or 12, 30 if kind == "half_to" else 45
    if (is_pm and hour < 12) or (
        not is_pm and not is_am and 1 <= hour <= 6 and not said.startswith("0")
    ):
        hour += 12
    elif is_am and hour == 12:
        hour = 0
    if hour < 24:
        yield Time(found.start(), found.end(), hour, minute)
