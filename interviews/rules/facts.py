"""The facts of a case, as values.

A person is opaque: the rules pass it on and never look inside. Every instant is kept in UTC,
because Python compares two datetimes of the *same* zone by their local time, which is wrong twice a
year.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from typing import Generic, TypeVar

P = TypeVar("P")

MINUTES_DEFAULT = 60
OPENING_DEFAULT = time(10)
CLOSING_DEFAULT = time(17)


class Count(StrEnum):
    """How the candidate counts the 4 and 5 days."""

    CALENDAR = "calendar"
    WORKING = "working"


class Role(StrEnum):
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    TOP_MANAGER = "top_manager"
    PEER = "peer"


class Initiator(StrEnum):
    """Who makes contact."""

    EMPLOYER = "employer"
    CANDIDATE = "candidate"


class Channel(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    MESSAGE = "message"


class MayCall(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class FeedbackVia(StrEnum):
    DIRECT = "direct"
    RECRUITER = "recruiter"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class ContactResult(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    SENT = "sent"


class Purpose(StrEnum):
    FOLLOW_UP = "follow_up"
    THANKS = "thanks"
    OTHER = "other"


class ResultKind(StrEnum):
    OFFER = "offer"
    NEXT_STAGE = "next_stage"
    REFUSAL = "refusal"
    ASSUMED_REFUSAL = "assumed_refusal"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"


class Lessons(StrEnum):
    MISSING = "missing"
    RECORDED = "recorded"
    SKIPPED = "skipped"


def as_utc(instant: datetime) -> datetime:
    """Convert to UTC; raise ValueError for a naive datetime."""
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise ValueError(f"{instant!r} has no zone, so it names no instant")
    return instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """A country's working days: `weekend` as `date.weekday()` numbers, and its holidays."""

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Container[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Candidate:
    zone: tzinfo
    calendar: WorkingCalendar = WorkingCalendar()
    count: Count = Count.CALENDAR
    opening: time = OPENING_DEFAULT
    closing: time = CLOSING_DEFAULT


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The candidate's ratings of the job: 1 to 5 each, or None."""

    attractiveness: int | None = None
    desire: int | None = None


@dataclass(frozen=True, slots=True)
class Interlocutor(Generic[P]):
    person: P | None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Interview(Generic[P]):
    starts: datetime
    minutes: int = MINUTES_DEFAULT
    interlocutors: tuple[Interlocutor[P], ...] = ()
    nothing_agreed: bool = False
    # When the candidate wrote it down, if that was after its end.
    noted: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", as_utc(self.starts))
        if self.noted is not None:
            object.__setattr__(self, "noted", as_utc(self.noted))


@dataclass(frozen=True, slots=True)
class Agreement(Generic[P]):
    """What was agreed; without `due`, no day was named (and `due_time` means nothing)."""

    made: datetime
    due: date | None = None
    due_time: time | None = None
    initiator: Initiator = Initiator.EMPLOYER
    channel: Channel = Channel.PHONE
    may_call: MayCall = MayCall.NOT_ASKED
    silence_is_refusal: bool = False
    feedback_via: FeedbackVia = FeedbackVia.DIRECT
    responsible: P | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", as_utc(self.made))


@dataclass(frozen=True, slots=True)
class Contact(Generic[P]):
    at: datetime
    direction: Direction
    channel: Channel | None
    result: ContactResult
    person: P | None = None
    purpose: Purpose = Purpose.FOLLOW_UP

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", as_utc(self.at))


@dataclass(frozen=True, slots=True)
class Result:
    kind: ResultKind
    at: datetime
    lessons: Lessons = Lessons.MISSING
    recontact_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", as_utc(self.at))


@dataclass(frozen=True, slots=True)
class Case(Generic[P]):
    """Everything known about one interview; facts may be in any order."""

    candidate: Candidate
    interview: Interview[P]
    vacancy: Vacancy = field(default=Vacancy())
    agreements: tuple[Agreement[P], ...] = ()
    contacts: tuple[Contact[P], ...] = ()
    result: Result | None = None
    snoozed_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.snoozed_until is not None:
            object.__setattr__(self, "snoozed_until", as_utc(self.snoozed_until))
