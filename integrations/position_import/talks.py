"""Put together the interviews of a row: from columns, and from a timeline in one cell."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from .addresses import web_address
from .cell_texts import cell_text
from .day_fields import DayReader
from .days import read_day, read_time, zone_of
from .headings import Heading
from .position_rows import Draft, Talk
from .states import meaning_of, stage_of
from .table import is_blank, one_line

SEGMENTS = re.compile(r"\n|→|➔|⇒|;|\s\|\s|\s•\s")
ADDRESS = re.compile(r"(?i)https?://\S+")
NO_TALK = ("applied", "saved", "offer", "closed")


@dataclass(frozen=True, slots=True)
class TalkColumns:
    """The columns of one interview by their part, and the stage that their headings name."""

    columns: Mapping[str, int]
    headings: Mapping[str, str]
    stage: str


def talk_of(about: TalkColumns, cells: Mapping[str, str], draft: Draft, days: DayReader) -> None:
    """Add the interview that some cells of a row tell of, if they tell its day."""
    said = {part: text for part, text in cells.items() if not is_blank(text)}
    part = "starts" if "starts" in said else "date" if "date" in said else ""
    if not part:
        _keep_the_rest(about, said, draft)
        return
    zone = zone_of(said["zone"]) if "zone" in said else None
    if "zone" in said and zone is None:
        draft.leave_out(about.columns["zone"], said["zone"], "not_a_zone")
    clock = read_time(said["time"]) if "time" in said else None
    if "time" in said and clock is None:
        draft.leave_out(about.columns["time"], said["time"], "not_a_time")
    column, text = about.columns[part], said[part]
    starts = days.moment(column, text, "interview", draft.days.get("applied_on"), clock, zone)
    if isinstance(starts, str):
        draft.leave_out(column, text, starts)
        return
    place, link = one_line(cell_text(said.get("place", ""))), ""
    if "link" in said:
        link = web_address(said["link"])
        if not link:
            draft.leave_out(about.columns["link"], said["link"], "not_an_address")
    link, place = _from_place(link, place)
    link, place = _beside(about.headings[part], text, link, place, draft)
    stage = (stage_of(said["stage"]) or "other") if "stage" in said else about.stage
    draft.talks.append(Talk(starts, stage, place[:300], link))


def _keep_the_rest(about: TalkColumns, said: Mapping[str, str], draft: Draft) -> None:
    """An interview without a day is none; what else is said about it stays in the notes."""
    if not said.keys() & {"stage", "place", "link", "time"}:
        return
    draft.has_talked = True
    for part in ("stage", "time", "place", "link"):
        if part in said:
            draft.notes.append(f"{about.headings[part]}: {one_line(cell_text(said[part]))}")


def _from_place(link: str, place: str) -> tuple[str, str]:
    """A place that is an address of a call is its link."""
    if not link and ADDRESS.match(place) and " " not in place:
        return web_address(place), ""
    return link, place


def _beside(heading: str, text: str, link: str, place: str, draft: Draft) -> tuple[str, str]:
    """What stands beside the day in the same cell: a link, or words that become a note."""
    day = read_day(text)
    rest = day.rest if day else ""
    if not link and (found := ADDRESS.search(rest)):
        link = web_address(found[0])
        rest = rest.replace(found[0], "")
    if re.search(r"[^\W\d_]{2,}", rest):
        draft.notes.append(f"{heading}: {one_line(text)}")
    return link, place


def stage_of_heading(head: Heading, number: int, before: list[str]) -> str:
    """Return the stage that a heading names, or the usual one in this order."""
    named = head.concepts & {"screening", "test", "management", "final"}
    if named:
        return next(iter(sorted(named)))
    if "technical" in head.concepts:
        return "other"
    for word in head.key:
        if word.isdigit():
            return {"1": "first", "2": "second"}.get(word, "other")
    others = sum(stage not in ("screening", "test") for stage in before)
    return ("first", "second", "other")[min(others, 2)]


def timeline(column: int, text: str, draft: Draft, days: DayReader, *, is_log: bool) -> None:
    """Read several talks of one cell; in a log only lines that name a talk count."""
    talks = list(_nested(text, column, days)) if text[:1] in "[{" else []
    found = False
    for segment in SEGMENTS.split(text) if not talks else ():
        talk = _segment(segment, column, days, draft, is_log=is_log)
        found = found or talk is not None or read_day(segment) is not None
        if talk is not None:
            draft.talks.append(talk)
    draft.talks += talks
    if not talks and not found:
        draft.leave_out(column, text, "not_a_day")


def _segment(
    segment: str, column: int, days: DayReader, draft: Draft, *, is_log: bool
) -> Talk | None:
    pieces = [piece for piece in re.split(r"[()]", segment) if read_day(piece)]
    if not pieces:
        return None
    best = next((piece for piece in pieces if (day := read_day(piece)) and day.clock), pieces[0])
    label = " ".join(one for piece in re.split(r"[()]", segment) if (one := _label(piece)))
    if meaning_of(label).partition(":")[0] in NO_TALK or (is_log and not stage_of(label)):
        return None
    applied = draft.days.get("applied_on")
    starts = days.moment(column, best, "interview", applied)
    if isinstance(starts, str):
        return None
    return Talk(starts, stage_of(label) or "other")


def _label(piece: str) -> str:
    day = read_day(piece)
    return day.rest if day else piece.strip(" :–-")


def _nested(text: str, column: int, days: DayReader) -> Iterator[Talk]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict) and (talk := _of_object(one, column, days)):
            yield talk
        elif isinstance(one, str):
            starts = days.moment(column, one, "interview", None)
            if not isinstance(starts, str):
                yield Talk(starts)


def _of_object(one: Mapping[str, Any], column: int, days: DayReader) -> Talk | None:
    texts = {
        str(key).casefold(): str(value)
        for key, value in one.items()
        if isinstance(value, (str, int))
    }
    read = (
        days.moment(column, value, "interview", None)
        for key, value in texts.items()
        if not re.search(r"creat|updat|end|id$", key)
    )
    moments: list[datetime | date] = [one for one in read if not isinstance(one, str)]
    if not moments:
        return None
    starts = next((one for one in moments if isinstance(one, datetime)), moments[0])
    clock = next(
        (read_time(value) for key, value in texts.items() if key in ("time", "hour")), None
    )
    if clock and not isinstance(starts, datetime):
        starts = datetime.combine(starts, clock)
    kinds = [
        value for key, value in texts.items() if re.search(r"type|kind|stage|round|title|name", key)
    ]
    stage = next((stage for kind in kinds if (stage := stage_of(kind))), "")
    links = [value for key, value in texts.items() if re.search(r"link|url", key)]
    place = next(
        (value for key, value in texts.items() if re.search(r"place|location|address", key)), ""
    )
    return Talk(starts, stage, place, next(filter(None, map(web_address, links)), ""))


def without_repeats(talks: list[Talk]) -> list[Talk]:
    """The same talk is not there twice: one with a time stands for one of the same day without."""
    kept: list[Talk] = []
    for talk in talks:
        for n, other in enumerate(kept):
            if _is_same(other, talk):
                kept[n] = _joined(other, talk)
                break
        else:
            kept.append(talk)
    return sorted(kept, key=lambda talk: (talk.on, str(talk.starts)))


def _is_same(one: Talk, other: Talk) -> bool:
    if one.starts == other.starts:
        return (
            one.stage == other.stage
            or not (one.stage and other.stage)
            or isinstance(one.starts, datetime)
        )
    timed = isinstance(one.starts, datetime), isinstance(other.starts, datetime)
    return one.on == other.on and timed[0] != timed[1] and one.stage == other.stage


def _joined(one: Talk, other: Talk) -> Talk:
    starts = other.starts if isinstance(other.starts, datetime) else one.starts
    return replace(
        one,
        starts=starts,
        stage=other.stage or one.stage,
        place=other.place or one.place,
        link=other.link or one.link,
    )
