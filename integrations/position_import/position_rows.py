"""What a row of a file becomes: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .people import Person


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview; a moment is on the candidate's clock, without a zone."""

    starts: datetime | date
    stage: str = ""
    place: str = ""
    link: str = ""

    @property
    def on(self) -> date:
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind`: offer, next_stage, refusal, assumed_refusal, withdrawn, no_response."""

    kind: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    column: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    row: int
    company: str
    position: str
    advert_url: str = ""
    source: str = ""
    place: str = ""
    salary: str = ""
    applied_on: date | None = None
    state: str = "saved"
    closed_on: date | None = None
    closing_reason: str | None = None
    follow_up_on: date | None = None
    interviews: tuple[Talk, ...] = ()
    people: tuple[Person, ...] = ()
    result: Outcome | None = None
    notes: str = ""
    left_out: tuple[LeftOut, ...] = ()
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RestRow:
    """`reason`: no_company, no_position, ambiguous, too_long, heading_again, summary, note_line."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    rows: tuple[PositionRow, ...]
    rest: tuple[RestRow, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person has said: which part of a day is first, the year of days without one, and
    what words of states mean (one of MEANINGS; "" leaves the word out)."""

    day_first: bool | None = None
    year: int | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A row while it is read: its state is decided at the end, from all that was said."""

    row: int
    company: str = ""
    position: str = ""
    advert_url: str = ""
    sources: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    salaries: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    meanings: list[str] = field(default_factory=list)
    result_meaning: str = ""
    talks: list[Talk] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    has_talked: bool = False

    def leave_out(self, column: int, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(column, text[:200], reason))


def row_json(row: PositionRow) -> dict[str, Any]:
    """Return a row in the form that the command prints."""
    talks = [
        {
            "starts": talk.starts.isoformat()[:16],
            "stage": talk.stage,
            "place": talk.place,
            "link": talk.link,
        }
        for talk in row.interviews
    ]
    people = [
        {"name": one.name, "email": one.email, "phone": one.phone, "role": one.role}
        for one in row.people
    ]
    result = row.result and {"kind": row.result.kind, "on": _iso(row.result.on)}
    left_out = [
        {"column": one.column, "text": one.text, "reason": one.reason} for one in row.left_out
    ]
    return {
        "row": row.row,
        "company": row.company,
        "position": row.position,
        "advert_url": row.advert_url,
        "source": row.source,
        "place": row.place,
        "salary": row.salary,
        "applied_on": _iso(row.applied_on),
        "state": row.state,
        "closed_on": _iso(row.closed_on),
        "closing_reason": row.closing_reason,
        "follow_up_on": _iso(row.follow_up_on),
        "interviews": talks,
        "people": people,
        "result": result,
        "notes": row.notes,
        "left_out": left_out,
        "joined": list(row.joined),
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
