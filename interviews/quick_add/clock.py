"""Times of day and durations as people type them."""

import re
from datetime import time

from interviews.quick_add.when import NUMBERS

AFTERNOON = range(1, 7)  # "at 2" means 14:00: nobody interviews at night
WORKING = range(7, 22)  # a bare range, as in "14-15"
MINUTES_LEAST, MINUTES_MOST = 5, 720
HOURS_MOST = 4
HOURS = {**{name: n for name, n in NUMBERS.items() if len(name) > 2}, "eleven": 11, "twelve": 12}
SPOKEN = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45}
PAST = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}
_N = rf"(?:\d{{1,2}}|{'|'.join(HOURS)})"
# "1400", as timetables have it.
_FOUR = r"(?:0[6-9]|1\d|2[01])[0-5][05]"
_HALF = r"(?:am|pm|a\.m\.|p\.m\.|in\s+the\s+(?:morning|afternoon|evening))(?!\w)"
HALF = re.compile(_HALF, re.I)
_CLOCK = rf"(?:{_FOUR}(?!\d)|\d{{1,2}}(?:[:.]\d\d)?)(?:\s*(?:{_HALF}|h|uhr|o'?clock)\b)?"
RANGE = re.compile(
    rf"(?<![\w.:/-])(?:(?P<lead>from|between)\s+)?(?P<start>{_CLOCK})\s*(?:-|–|to|and|until|till|bis)\s*"
    rf"(?P<end>{_CLOCK})(?![\w:/-])",
    re.I,
)
TIME = re.compile(
    rf"""(?<![\w.:/-])(?:(?P<lead>at|@|from|um|around)\s+)?(?:about\s+)?(?:
        (?P<named>noon|midday)
      | (?P<past>half(?:\s+past)?|(?:a\s+)?quarter\s+(?:past|to)|(?:five|ten|twenty)\s+(?:past|to))
        \s+(?P<of>{_N})(?:\s*(?P<of_half>{_HALF}))?
      | (?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d)|(?:h|\s?uhr\s)(?P<hm>\d\d))(?!\d|[.:/]\d|\.(?=\s|$|,))
        (?:\s*(?P<half>{_HALF}))?(?:\s*(?:h|uhr|noon|midday)\b)?
      | (?P<hour>{_N})\s*(?P<unit>{_HALF}|h\b|uhr\b|o['’]?clock\b(?:\s*{_HALF})?)
      | (?P<four>{_FOUR})(?:\s*(?:h|hrs|hours))?(?![\w:./-])
      | (?P<bare>{_N})(?P<ish>-?ish)?(?:\s+(?P<spoken>{"|".join(SPOKEN)}))?(?![\w:./-]|\s+of\s)
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
        word = said["past"].casefold().removeprefix("a ").split()
        shift = PAST[word[0]] * (-1 if word[-1] == "to" else 1)
        minutes = _hour(said["of"], said["of_half"] or "") * 60 + shift
        return _time(minutes // 60, minutes % 60)
    is_after_day = match.string[: match.start()].rstrip(" ").endswith("\0")
    if four := said["four"]:
        return _time(int(four[:2]), int(four[2:])) if said["lead"] or is_after_day else None
    if said["bare"]:
        is_said = said["lead"] or said["ish"] or (is_after_day and said["bare"].isdigit())
        minute = SPOKEN[" ".join(said["spoken"].casefold().split())] if said["spoken"] else 0
        return _time(_hour(said["bare"], ""), minute) if is_said or minute else None
    half = said["half"] or said["unit"] or ""
    return _time(_hour(said["h"] or said["hour"], half), int(said["m"] or said["hm"] or "0"))


def _hour(hour: str, half: str) -> int:
    n, half = HOURS.get(hour.casefold()) or int(hour), half.casefold()
    if re.search(r"(?:^|\s)(?:p|in\s+the\s+(?:afternoon|evening))", half):
        return n % 12 + 12
    if re.search(r"(?:^|\s)(?:a|in\s+the\s+morning)", half):
        return n % 12 if n == 12 else n
    return n + 12 if n in AFTERNOON and hour[0] != "0" else n


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def read_range(match: re.Match[str]) -> tuple[time | None, time | None]:
    """In "6-10am" both are in the morning; in "11-1pm" only the end is after noon."""
    half, end = HALF.search(match["end"]), _read_clock(match["end"])
    halves = ("",) if HALF.search(match["start"]) else (half[0] if half else "", "", "am")
    starts = [_read_clock(match["start"] + each) for each in halves]
    return next((start for start in starts if start and end and start < end), None), end


def _read_clock(text: str) -> time | None:
    """One end of a range; a bare hour counts."""
    match = TIME.match(f"at {text}")
    return read_time(match) if match else None


def is_range(match: re.Match[str]) -> bool:
    """ "14-15" may be anything; "14:00-15" is a time, and so is "1400-1500" after a day."""
    ends = [match["start"], match["end"]]
    if match["lead"] or not all(end.isdigit() for end in ends):
        return True
    is_after_day = match.string[: match.start()].rstrip(" ").endswith("\0")
    return all(is_after_day if len(end) == len("1400") else int(end) in WORKING for end in ends)


def between(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def read_minutes(match: re.Match[str]) -> int | None:
    said, unit = match["n"].casefold().replace(",", "."), match["unit"].casefold()
    n = 0.5 if said.startswith("half") else NUMBERS.get(said) or float(said)
    if unit == "h" and n > HOURS_MOST and not match["lead"]:
        return None  # "14h" is a time
    minutes = round(n * (60 if unit.startswith("h") else 1))
    return minutes if MINUTES_LEAST <= minutes <= MINUTES_MOST else None
