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
    read_minutes,
    read_range,
    read_time,
)
from interviews.quick_add.draft import TEXT_MAX, Draft, Known
from interviews.quick_add.left_over import LeftOver
from interviews.quick_add.line import Line, bare
from interviews.quick_add.people import as_known, take_people
from interviews.quick_add.places import ADDRESS, PLACE, take_named, take_online
from interviews.quick_add.promise import take_promise
from interviews.quick_add.when import find_days, meant
from interviews.quick_add.words import FIRM, INTERVIEW

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
NOUN = rf"(?:{INTERVIEW}|int|rd|round|stage|talk|meeting|mtg|call|chat)"
# What to do, and how it went, is no time, place or person: "ask for Linda", "arrive 10 min early".
TO_DO = re.compile(
    r"(?<!\w)(?:(?:they|she|he)\s+(?:said|asked|told\s+me)\s+(?:me\s+)?(?:to\s+)?)?"
    r"(?:(?:(?:I\s+)?(?:must|need\s+to|have\s+to|remember\s+to|please"
    r"|don['’]t\s+forget(?:\s+to)?)"
    r"\s+(?!call|ring|phone|write|e-?mail|text|message|follow|get|interview)\w+"
    r"|ask\s+for|bring|wear|prepare|arrive|be\s+there|report\s+to|ring\s+the|dress\s+code"
    r"|take\s+(?:my|the|your|some))(?!\w)[^\0\1,;|]*"
    r"|meet\s+the\s+team(?!\w)"
    r"|(?:it\s+)?(?:went|felt|seemed|sounded)\s+(?!(?:to|for|in)(?!\w))"
    r"(?:(?:very|really|quite|pretty|so)\s+)?\w+)",
    re.I,
)
STAGES = {
    "screening": r"(?:phone|tele?phone|video)\s*screen(?:ing)?"
    rf"|(?:phone|tele?phone)\s*(?:{INTERVIEW}|int|call)"
    r"|(?:recruiter\s+|hr\s+)?screening(?:\s+(?:call|interview|chat))?"
    r"|(?<!zoom\s)(?<!teams\s)(?<!skype\s)(?<!video\s)call"
    r"(?=\s+(?:with|w/?)(?!\w)|\s*(?:\0|$))"
    r"|(?:intro(?:ductory|duction)?|hr|recruiter)\s+(?:call|chat|interview|round|meeting)",
    "first": rf"(?:1st|first|initial)\s+{NOUN}|(?:round|interview|stage)\s+(?:1|one)",
    "second": rf"(?:2nd|second)\s+{NOUN}|(?:round|interview|stage)\s+(?:2|two)"
    rf"|follow-?\s?up\s+{NOUN}",
    "test": r"(?:trial|test|taster|shadow(?:ing)?)\s+(?:day|shift)"
    r"|case\s+(?:interview|study)|assessment(?:\s+(?:cent(?:re|er)|day|test))?"
    r"|(?:coding|technical|tech|online|skills|written|aptitude)\s+(?:test|challenge|assessment)"
    r"|take-?home(?:\s+(?:test|task))?|working\s+interview",
    "management": r"(?:with\s+the\s+|with\s+)?(?:management|board)(?:\s+(?:round|interview))?",
    "final": rf"(?:final|last)\s+{NOUN}|(?<=\w\s)final(?=\s*(?:[\0,;|]|$))",
    "other": rf"(?:3rd|third|4th|fourth|5th|fifth|another|technical|tech|panel|group)\s+{NOUN}"
    r"|(?:round|interview|stage)\s+(?:[345]|three|four|five)",
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
SET_UP = re.compile(
    rf"(?:^|(?<=[,;.]\s))(?P<name>{FIRM})\s+(?i:(?:has\s+|have\s+)?(?:set\s+up|arranged|organi[sz]ed|booked"
    r"|got\s+me|set\s+me\s+up\s+with|invited\s+me\s+to|called|phoned|rang)(?:\s+me)?(?:\s+(?:an?|my|the))?)"
    r"(?=\s*[:–-]|\s+(?i:interview|meeting|call|chat|talk|trial)|\s*\0)"
)
VIA = re.compile(
    r"(?<!\w)(?:via|through)\s+(?P<name>\x01+|[^\0\1,;|(]+?)"
    r"(?=\s*(?:[\0,;:|(]|$|\b(?:with|at|for)\b))",
    re.I,
)
PAST = re.compile(
    r"(?<!\w)(?:had|was|were|went|finished|met|saw|seen|spoke|talked|interviewed)(?!\w)", re.I
)


def parse(text: str, *, today: date, known: Known | None = None, language: str = "en") -> Draft:
    """Read at most TEXT_MAX characters; it never raises."""
    known = known or Known()
    line, said = Line(text[:TEXT_MAX]), dict[str, str]()
    _take_links(line, said)
    _take_labelled(line, said)
    noted = [(m.start(), line.take("notes", *m.span())) for m in line.find(TO_DO)]
    agreed = take_promise(line, today=today, language=language)
    is_past = agreed is not None or PAST.search(line.open) is not None
    day, days = _take_days(line, today=today, language=language, is_past=is_past)
    take_named(line, said, "place", ADDRESS)
    clock, minutes = _take_times(line)
    take_named(line, said, "set up", SET_UP)
    _take_stage(line, said)
    take_online(line, said)
    met = take_people(line, known)
    take_named(line, said, "agency", VIA)
    take_named(line, said, "place", PLACE)
    left = LeftOver(line, said, known, met)
    company, agency = left.companies()
    people = [each for each in met.people if [each.name] != met.companies or company != each.name]
    people += left.people(company)
    position = left.position(company)
    place = said.get("place", "") or left.place()
    notes = [said.get("notes", ""), *(text for _start, text in sorted(noted + left.notes()))]
    over = min(day or today, today)
    return Draft(
        *(company, position, day, days, clock, minutes, said.get("stage", "")),
        people=as_known(people, known, company),
        place=place,
        link=said.get("link", ""),
        advertisement=said.get("advertisement", ""),
        agency=names.known_or(agency, known.companies),
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
        start, end = read_range(match)
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
