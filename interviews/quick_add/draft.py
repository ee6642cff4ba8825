"""What one typed line says about an interview, before a form has checked it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

TEXT_MAX = 300  # characters of a line that are read


@dataclass(frozen=True, slots=True)
class Known:
    """The owner's names; people and positions come with their company's."""

    companies: Sequence[str] = ()
    people: Sequence[tuple[str, str]] = ()
    positions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str = ""  # of Participation.Role; empty if not said


@dataclass(frozen=True, slots=True)
class Promise:
    """A draft of an agreement; the words are those of its model, empty if not said."""

    by: date | None = None
    at: time | None = None
    initiator: str = ""
    channel: str = ""
    may_call: str = ""
    is_nothing: bool = False  # "nothing agreed"
    # The first such weekday after the interview, if that is over: it may have been meant.
    passed: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A recognised piece of the line: what it says, and its place."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Empty values were not said. `day` is None if the line may mean several `days`; with both, the
    locale preferred one reading, and the others are to be shown."""

    company: str = ""
    position: str = ""
    day: date | None = None
    days: tuple[date, ...] = ()
    clock: time | None = None
    minutes: int | None = None
    stage: str = ""  # of Interview.Stage
    people: tuple[Person, ...] = ()
    place: str = ""
    link: str = ""  # to the call
    advertisement: str = ""
    agency: str = ""
    promise: Promise | None = None
    notes: str = ""
    spans: tuple[Span, ...] = field(default=(), compare=False)


ROLES = {
    "recruiter": "recruiter",
    "hiring_manager": "hiring manager",
    "top_manager": "boss",
    "peer": "colleague",
}
STAGES = {
    "screening": "phone screening",
    "first": "first interview",
    "second": "second interview",
    "test": "trial day",
    "management": "management round",
    "final": "final interview",
    "other": "third interview",
}


def render(draft: Draft) -> str:
    """A line that `parse` reads as this draft, in English and without names that only resemble
    known ones."""
    texts = ("company", "position", "agency", "place", "notes")
    said = [f'{name}: "{getattr(draft, name)}"' for name in texts if getattr(draft, name)]
    said += [_people(draft), *_when(draft), STAGES.get(draft.stage, "")]
    said += [draft.link, draft.advertisement, *_promise(draft.promise)]
    return ", ".join(filter(None, said))


def _people(draft: Draft) -> str:
    named = [
        f'"{each.name}"' + (f" ({ROLES[each.role]})" if each.role else "") for each in draft.people
    ]
    return "with " + " + ".join(named) if named else ""


def _when(draft: Draft) -> list[str]:
    days = [draft.day.isoformat()] if draft.day else []
    others = [day.isoformat() for day in draft.days if day != draft.day]
    said = days + [f"(or {day})" if draft.day else day for day in others]
    if draft.clock:
        said.append(f"{draft.clock:%H:%M}")
    return [*said, f"for {draft.minutes} min" if draft.minutes else ""]


def _promise(promise: Promise | None) -> list[str]:
    if promise is None:
        return []
    if promise.is_nothing:
        return ["nothing agreed"]
    who = "I" if promise.initiator == "candidate" else "they"
    deed = {"email": "write", "message": "text"}.get(promise.channel, "call")
    by = f"by {promise.by}" if promise.by else "no day named"
    at = f" at {promise.at:%H:%M}" if promise.at else ""
    may = {"yes": "may call", "no": "no call"}.get(promise.may_call, "")
    is_bare = not (promise.by or promise.channel or promise.initiator)
    return [by if is_bare and not promise.may_call else f"{who} {deed} {by}{at}", may]
