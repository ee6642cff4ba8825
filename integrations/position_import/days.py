"""Read days and moments as people and programs write them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale

from integrations.spreadsheets import limits

from .vocabulary import languages, listed, words_of

ISO = re.compile(r"(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])")
EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z?))?$")
NUMBERS = re.compile(
    r"(?<![\w.,:])(\d{1,2})\s?([./\-–])\s?(\d{1,2})(?:\s?[./\-–]\s?(\d{4})(?!\d)|[./\-–]'?(\d{2})(?!\d|:))?(?!\d|:\d)"
)
NAMED = re.compile(
    r"(?<!\d)(?:(\d{1,2})(?:\.|st|nd|rd|th|er|ère|º|ª|o|-го|-е)?\s*(?:de\s+|of\s+|-\s*|/)?([^\W\d_]{3,})\.?"
    r"|([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.]\d))"
    r"(?:[\s,./\-]*(?:del?\s+|of\s+)?('?\d{2}|\d{4})(?!\d|[:h]|\s?(?:am|pm|uhr)\b))?",
    re.IGNORECASE,
)
SERIAL = re.compile(r"^(\d{5})(?:[.,](\d+))?$")
EPOCH_MOMENT = re.compile(r"^1\d{9}(?:\d{3})?$")
CLOCK = re.compile(
    r"(?<![\d:.+\-])(\d{1,2})(?:\s*[:hч]\s*|\.)([0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?"
    r"\s*([ap])?(?(3)\.?\s?m\b\.?)(?![\d:])|"
    r"(?<![\d:.,/])(\d{1,2})\s*(?:([ap])\.?\s?m\b\.?|uhr\b|h(?:rs?|s)?\b|ч(?:ас\w*)?\b|heures?\b|horas?\b)",
    re.IGNORECASE,
)
ZONE = re.compile(
    r"(Z)\b|([+-]\d{2}:?\d{2})\b|\b((?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?)\b"
    r"|\b((?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic)/[A-Za-z_]+)\b"
    r"|\b(CES?T|ME[SZ]{1,2}Z?|[ECMP][SD]T|BST|MSK|МСК|WES?T|EES?T|IST|A[CEW]ST)\b"
)
OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]{2,}")
SERIALS = range(20_000, 80_000)
EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: `first` and `second` are day and month in an order that may be open."""

    first: int
    second: int
    year: int | None = None
    is_open: bool = False
    separator: str = ""
    weekday: int | None = None
    clock: time | None = None
    zone: tzinfo | None = None
    rest: str = ""

    @property
    def fits_day_first(self) -> bool:
        return self.second <= 12

    @property
    def fits_month_first(self) -> bool:
        return self.first <= 12

    @property
    def is_ambiguous(self) -> bool:
        return self.is_open and self.first <= 12 and self.second <= 12

    def on(self, year: int, *, day_first: bool) -> date | None:
        """Return the calendar day, or None if there is no such day."""
        day, month = (self.first, self.second)
        if self.is_open and ((not day_first and self.first <= 12) or self.second > 12):
            day, month = month, day
        try:
            return date(year, month, day)
        except ValueError:
            return None


@lru_cache(maxsize=50_000)
def read_day(text: str) -> Day | None:
    """Return the first day in a text, with the time beside it; None if there is none."""
    text = text.strip()
    if len(text) > 300:
        return None
    whole = _whole(text)
    if whole is not None:
        return whole
    for pattern, make in (
        (ISO, _iso),
        (EAST_ASIAN, _east_asian),
        (NAMED, _named),
        (NUMBERS, _numbers),
    ):
        for found in pattern.finditer(text):
            day = make(found)
            if day is not None:
                before, after = text[: found.start()], text[found.end() :]
                return _with_clock(day, before, after)
    return None


def _whole(text: str) -> Day | None:
    """Cells that are one number: a spreadsheet's serial day, a moment of Unix, 20260302."""
    if found := COMPACT.match(text):
        day = Day(int(found[3]), int(found[2]), int(found[1]))
        clock = time(int(found[4]) % 24, int(found[5]) % 60) if found[4] else None
        zone = UTC if found[6] else None
        return replace(day, clock=clock, zone=zone) if 1 <= day.second <= 12 else None
    if (found := SERIAL.match(text)) and int(found[1]) in SERIALS:
        on = EXCEL_EPOCH + timedelta(days=int(found[1]))
        minutes = round(float(f"0.{found[2]}") * 1440) % 1440 if found[2] else 0
        clock = time(*divmod(minutes, 60)) if minutes else None
        return Day(on.day, on.month, on.year, clock=clock)
    if EPOCH_MOMENT.match(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return Day(moment.day, moment.month, moment.year, clock=moment.time(), zone=UTC)
    return None


def _iso(found: re.Match[str]) -> Day | None:
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    return Day(day, month, year) if 1 <= month <= 12 else Day(month, day, year)


def _east_asian(found: re.Match[str]) -> Day | None:
    return Day(int(found[3]), int(found[2]), int(found[1]))


def _named(found: re.Match[str]) -> Day | None:
    name = found[2] or found[3]
    month = month_named(name)
    if month is None:
        return None
    return Day(int(found[1] or found[4]), month, _year(found[5]))


def _numbers(found: re.Match[str]) -> Day | None:
    first, second = int(found[1]), int(found[3])
    year = found[4] or found[5]
    if not (1 <= first <= 31 and 1 <= second <= 31) or (not year and found[2] in "-–"):
        return None
    return Day(first, second, _year(year), is_open=True, separator=found[2])


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.strip("'"))
    return number if number > 99 else number + (2000 if number < 80 else 1900)


def _with_clock(day: Day, before: str, after: str) -> Day:
    """Add the time, the zone and the name of the weekday, and what else the text says."""
    clock, zone = None, None
    if found := CLOCK.search(after.replace("T", " ", 1) if after[:1] == "T" else after):
        clock = clock_of(found)
        tail = after[found.end() :]
        if zoned := ZONE.match(tail.lstrip(" (")) or ZONE.search(tail[:40]):
            zone = zone_of(zoned[0])
            tail = tail[: tail.find(zoned[0])] + tail[tail.find(zoned[0]) + len(zoned[0]) :]
        after = f"{after[: found.start()]} {tail}"
    elif found := CLOCK.search(before):
        clock = clock_of(found)
        before = before[: found.start()] + before[found.end() :]
    words = LETTER.findall(f"{before} {after}")
    weekday = next((n for word in words if (n := weekday_named(word)) is not None), None)
    rest = [word for word in words if weekday_named(word) is None]
    said = " ".join(rest)
    is_filler = all(word in listed("clock") for word in words_of(said))
    return replace(
        day,
        clock=clock,
        zone=zone,
        weekday=weekday,
        rest="" if is_filler else f"{before} {after}".strip(),
    )


def clock_of(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = (found[3] or found[5] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 else None


def read_time(text: str) -> time | None:
    """Return a time of day: 14:30, 2pm, 14h30, a fraction of a day."""
    text = text.strip()
    if re.fullmatch(r"0[.,]\d+", text):
        minutes = round(float(text.replace(",", ".")) * 1440) % 1440
        return time(*divmod(minutes, 60))
    found = CLOCK.search(text.partition("T")[2] if ISO.match(text) else text)
    if found:
        return clock_of(found)
    return time(int(text)) if re.fullmatch(r"\d{1,2}", text) and int(text) < 24 else None


def zone_of(name: str) -> tzinfo | None:
    """Return the zone that a name or an offset means; an offset alone does not change its clock."""
    name = name.strip().replace("МСК", "MSK")
    if found := OFFSET.fullmatch(name):
        length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(-length if found[1] in "-−" else length) if int(found[2]) < 15 else None
    from integrations.zone_names import zone_named  # it takes half a second, and few files need it

    named = zone_named(name, own=ZoneInfo("UTC")) if name else None
    return named.zone if named else None


@cache
def _names(kind: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for language in languages():
        table = Locale(language).months if kind == "months" else Locale(language).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[context][width].items():
                    words = words_of(name)
                    names.setdefault(words[0], int(number))
                    if kind == "months" and len(words[0]) > 3:
                        names.setdefault(words[0][:3], int(number))
    return names


@cache
def month_named(name: str) -> int | None:
    """Return the number of a month; its name may be cut short."""
    word = "".join(words_of(name))
    extra = {"sept": 9, "mrz": 3, "maerz": 3, "juil": 7, "июня": 6, "июля": 7, "fevr": 2, "mai": 5}
    months = _names("months")
    if word in extra or word in months:
        return extra.get(word) or months[word]
    if len(word) < 4:
        return None
    return next((n for full, n in months.items() if len(full) > 3 and full.startswith(word)), None)


@cache
def weekday_named(name: str) -> int | None:
    """Return 0 for Monday to 6 for Sunday."""
    word = "".join(words_of(name))
    return _names("days").get(word) if len(word) > 1 else None


def is_credible(on: date, today: date) -> bool:
    """A day long before a working life, or many years ahead, is none."""
    return today.year - limits.YEARS_BACK <= on.year <= today.year + limits.YEARS_AHEAD


def on_clock(on: date, clock: time, zone: tzinfo | None, candidates: ZoneInfo) -> datetime:
    """Return a moment on the candidate's clock, without a zone."""
    moment = datetime.combine(on, clock)
    if zone is not None:
        moment = moment.replace(tzinfo=zone).astimezone(candidates).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0)
