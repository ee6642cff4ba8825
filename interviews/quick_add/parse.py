"""The grammar of a line: one recogniser after the other takes its pieces. Of what is left over, the
first is the company, the second the position, and the rest are notes."""

import re
from collections.abc import Iterator
from datetime import date, time

from interviews.quick_add import names
from interviews.quick_add.clock import (
    LASTS,
    RANGE,
    TIME,
    between,
    is_range,
    read_clock,
    read_minutes,
    read_time,
)
from interviews.quick_add.draft import TEXT_MAX, Draft, Known
from interviews.quick_add.left_over import LeftOver
from interviews.quick_add.line import Line, bare
from interviews.quick_add.people import as_known, take_people
from interviews.quick_add.promise import take_promise
from interviews.quick_add.when import find_days, meant

URL = re.compile(r"https?://[^\s\0\1]*[^\s,.;)\0\1]", re.I)
MEETING = re.compile(
    r"//(?:[\w-]+\.)*(?:zoom\.us|teams\.(?:microsoft|live)\.com|meet\.google\.com|meet\.jit\.si"
    r"|webex\.com|whereby\.com|goto(?:meeting)?\.com|skype\.com)(?:[/:?]|$)",
    re.I,
)
LABELLED = re.compile(
    r"(?<!\w)(?P<label>company|position|agency|place|where|notes?)\s*:\s*"
    r"(?:\x01+|[^\0\1,;|]+)",
    re.I,
)
LABELS = {"where": "place", "note": "notes"}
NOUN = r"(?:interview|round|stage|talk|meeting|call)"
STAGES = {
    "screening": r"(?:phone|tele?phone)\s*(?:screen(?:ing)?|interview|call)"
    r"|(?:recruiter\s+)?screening(?:\s+(?:call|interview))?|call(?=\s+with\b)",
    "first": rf"(?:1st|first|initial)\s+{NOUN}",
    "second": rf"(?:2nd|second)\s+{NOUN}",
    "test": r"(?:trial|test)\s+(?:day|shift)|assessment(?:\s+(?:cent(?:re|er)|day))?"
    r"|(?:coding|technical|tech)\s+(?:test|challenge)",
    "management": r"(?:with\s+the\s+|with\s+)?(?:management|board)(?:\s+(?:round|interview))?",
    "final": rf"(?:final|last)\s+{NOUN}",
    "other": rf"(?:3rd|third|4th|fourth|5th|fifth|another)\s+{NOUN}",
}
STAGE = re.compile(
    r"(?<!\w)(?:(?:my|the|our)\s+)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in STAGES.items())
    + r")(?!\w)",
    re.I,
)
# Only as a whole piece, since names begin with them too.
ALONE = {"phone": "screening", "1st": "first", "first": "first", "2nd": "second"}
ALONE |= {"second": "second", "final": "final", "finals": "final", "test": "test", "trial": "test"}
VIA = re.compile(
    r"(?<!\w)(?:via|through)\s+(?P<name>\x01+|[^\0\1,;|(]+?)"
    r"(?=\s*(?:[\0,;|(]|$|\b(?:with|at|for)\b))",
    re.I,
)
PLACE = re.compile(
    r"(?<!\w)(?:at|in)\s+(?P<name>[^\W\d][^\0\1,;|]*\s\d[^\0\1,;|]*|\d\w*\s+[^\0\1,;|]+)", re.I
)
ADDRESS = re.compile(
    r"(?<!\w)(?P<name>(?:room|floor|building)\s+\w+"
    r"|[^\W\d]\w*(?:str\.|stra(?:ß|ss)e|platz|allee|weg|\s+(?:street|road|avenue|lane|square))"
    r"\s+\d[^\0\1,;|]*|\d+\w?\s+[^\0\1,;|]+?\s(?:street|road|avenue|lane|square)(?!\w))",
    re.I,
)
ONLINE = re.compile(
    r"(?<!\w)(?:(?:on|over|via)\s+)?(?P<name>zoom|(?:ms\s+|microsoft\s+)?teams|google\s+meet|skype"
    r"|webex|whatsapp|online|remote|video\s+call)(?=\s*(?:[\0,;]|$))",
    re.I,
)
PAST = re.compile(r"(?<!\w)(?:had|was|were|went|finished|met|spoke|talked)(?!\w)", re.I)


def parse(text: str, *, today: date, known: Known | None = None, language: str = "en") -> Draft:
    """Read at most TEXT_MAX characters; it never raises."""
    known = known or Known()
    line, said = Line(text[:TEXT_MAX]), dict[str, str]()
    _take_links(line, said)
    _take_labelled(line, said)
    agreed = take_promise(line, today=today, language=language)
    is_past = agreed is not None or PAST.search(line.open) is not None
    day, days = _take_days(line, today=today, language=language, is_past=is_past)
    clock, minutes = _take_times(line)
    _take_stage(line, said)
    people, met = take_people(line, known)
    for what, pattern in (("place", ONLINE), ("agency", VIA), ("place", PLACE), ("place", ADDRESS)):
        _take_named(line, said, what, pattern)
    left = LeftOver(line, said, known)
    company = left.company(met, people)
    position = left.position(company)
    people = [each for each in people if [each.name] != met or company != each.name]
    people += left.people(company)
    notes = [said.get("notes", ""), *left.notes()]
    over = min(day or today, today)
    return Draft(
        *(company, position, day, days, clock, minutes, said.get("stage", "")),
        people=as_known(people, known, company),
        place=said.get("place", ""),
        link=said.get("link", ""),
        advertisement=said.get("advertisement", ""),
        agency=names.known_or(said.get("agency", ""), known.companies),
        promise=agreed.counted(today=today, said_on=over, language=language) if agreed else None,
        notes=", ".join(filter(None, notes)),
        spans=tuple(sorted(line.spans, key=lambda span: span.start)),
    )


def _take_links(line: Line, said: dict[str, str]) -> None:
    for match in line.find(URL):
        what = "link" if MEETING.search(match[0]) else "advertisement"
        if what not in said:
            line.take(what, *match.span())
            said[what] = match[0]


def _take_labelled(line: Line, said: dict[str, str]) -> None:
    for match in line.find(LABELLED):
        what = match["label"].casefold()
        what = LABELS.get(what, what)
        if what not in said and (text := bare(line.text[match.end("label") : match.end()])):
            line.take(what, *match.span())
            said[what] = text


def _take_days(
    line: Line, *, today: date, language: str, is_past: bool
) -> tuple[date | None, tuple[date, ...]]:
    found = list(find_days(line.open, today=today, language=language, is_past=is_past))
    for each in found:
        line.take("day", each.start, each.end)
    return meant(found)


def _take_times(line: Line) -> tuple[time | None, int | None]:
    """The first of each; others stay."""
    for match in line.find(RANGE):
        start, end = (read_clock(match[name]) for name in ("start", "end"))
        if start and end and start < end and is_range(match):
            line.take("time", *match.span())
            return start, between(start, end)
    minutes = next((_taken(line, "minutes", m, n) for m, n in _lasting(line)), None)
    for match in line.find(TIME):
        if clock := read_time(match):
            line.take("time", *match.span())
            return clock, minutes
    return None, minutes


def _taken(line: Line, what: str, match: re.Match[str], value: int) -> int:
    line.take(what, *match.span())
    return value


def _lasting(line: Line) -> Iterator[tuple[re.Match[str], int]]:
    for match in line.find(LASTS):
        if minutes := read_minutes(match):
            yield match, minutes


def _take_stage(line: Line, said: dict[str, str]) -> None:
    for match in line.find(STAGE):
        line.take("stage", *match.span())
        said["stage"] = next(name for name in STAGES if match[name])
        return
    for start, end in line.pieces():
        stage = ALONE.get(bare(line.text[start:end]).casefold())
        if stage:
            line.take("stage", start, end)
            said["stage"] = stage
            return


def _take_named(line: Line, said: dict[str, str], what: str, pattern: re.Pattern[str]) -> None:
    if what in said:
        return
    for match in line.find(pattern):
        if name := bare(line.text[match.start("name") : match.end("name")]):
            line.take(what, *match.span())
            said[what] = name
            return
