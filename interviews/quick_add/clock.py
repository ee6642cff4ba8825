"""Times of day and durations as people type them."""

import re
from datetime import time

from interviews.quick_add.when import NUMBERS

AFTERNOON = range(1, 7)  # "at 2" means 14:00: nobody interviews at night
WORKING = range(7, 22)  # a bare range, as in "14-15"
MINUTES_LEAST, MINUTES_MOST = 5, 720
HOURS_MOST = 4
_HALF = r"(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
_CLOCK = rf"\d{{1,2}}(?:[:.]\d\d)?(?:\s*(?:{_HALF}|h|uhr|o'?clock)\b)?"
RANGE = re.compile(
    rf"(?<![\w.:/-])(?P<start>{_CLOCK})\s*(?:-|–|to|until|till|bis)\s*(?P<end>{_CLOCK})(?![\w:/-])",
    re.I,
)
TIME = re.compile(
    rf"""(?<![\w.:/-])(?:(?P<lead>at|@|from|um)\s+)?(?:
        (?P<named>noon|midday)
      | (?P<past>half\s+past|quarter\s+past|quarter\s+to)\s+(?P<of>\d{{1,2}})
      | (?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d)|h(?P<hm>\d\d))(?!\d|[.:/]\d|\.(?=\s|$|,))
        (?:\s*(?P<half>{_HALF}))?(?:\s*(?:h|uhr)\b)?
      | (?P<hour>\d{{1,2}})\s*(?P<unit>{_HALF}|h\b|uhr\b|o'?clock\b)
      | (?P<bare>\d{{1,2}})(?![\w:./-])
    )(?!\w)""",
    re.I | re.X,
)
LASTS = re.compile(
    rf"(?<![\w.:-])(?:(?P<lead>for|lasts?)\s+)?(?:about\s+)?"
    rf"(?P<n>\d{{1,3}}(?:[.,]5)?|half\s+an|{'|'.join(NUMBERS)})\s*-?"
    r"(?P<unit>minutes?|mins?|min\.|hours?|hrs?|h)(?!\w)",
    re.I,
)


def read_time(match: re.Match[str]) -> time | None:
    said = match.groupdict()
    if said["named"]:
        return time(12)
    if said["past"]:
        hour, word = _hour(said["of"], ""), said["past"].casefold()
        minutes = hour * 60 + (30 if "half" in word else -15 if "to" in word else 15)
        return _time(minutes // 60, minutes % 60)
    if said["bare"]:
        is_after_day = match.string[: match.start()].rstrip(" ").endswith("\0")
        is_said = said["lead"] or is_after_day
        return _time(_hour(said["bare"], ""), 0) if is_said else None
    minute = said["m"] or said["hm"] or "0"
    return _time(_hour(said["h"] or said["hour"], said["half"] or said["unit"] or ""), int(minute))


def _hour(hour: str, half: str) -> int:
    n, half = int(hour), half.casefold()[:1]
    if half == "p" or (half == "a" and n == 12):
        return n % 12 + (12 if half == "p" else 0)
    return n + 12 if not half and n in AFTERNOON and hour[0] != "0" else n


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def read_clock(text: str) -> time | None:
    """One end of a range; a bare hour counts."""
    match = TIME.match(f"at {text}")
    return read_time(match) if match else None


def is_range(match: re.Match[str]) -> bool:
    """ "14-15" may be anything; "14:00-15" is a time."""
    ends = [match["start"], match["end"]]
    return not all(end.isdigit() for end in ends) or all(int(end) in WORKING for end in ends)


def between(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def read_minutes(match: re.Match[str]) -> int | None:
    said, unit = match["n"].casefold().replace(",", "."), match["unit"].casefold()
    n = 0.5 if said.startswith("half") else NUMBERS.get(said) or float(said)
    if unit == "h" and n > HOURS_MOST and not match["lead"]:
        return None  # "14h" is a time
    minutes = round(n * (60 if unit.startswith("h") else 1))
    return minutes if MINUTES_LEAST <= minutes <= MINUTES_MOST else None
