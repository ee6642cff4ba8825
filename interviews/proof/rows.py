"""The rows of a proof of search from the facts of a job search: standard library only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS_MOST = 366
FIRST_MONTH, LAST_MONTH = 1, 12


class Preset(StrEnum):
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THREE_MONTHS = "three_months"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


def period_of(preset: Preset, *, today: date) -> Period:
    """Months are whole ones; the last three months end today."""
    first = today.replace(day=1)
    if preset is Preset.LAST_MONTH:
        last = first - timedelta(days=1)
        return Period(last.replace(day=1), last)
    if preset is Preset.THREE_MONTHS:
        return Period(_months_before(today, 3) + timedelta(days=1), today)
    return Period(first, _next_month(first) - timedelta(days=1))


def _next_month(first: date) -> date:
    if first.month == LAST_MONTH:
        return date(first.year + 1, FIRST_MONTH, 1)
    return first.replace(month=first.month + 1)


def _months_before(day: date, months: int) -> date:
    """On the same day of the month, or on its last one."""
    first = day.replace(day=1)
    for _number in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    last = _next_month(first) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


class Kind(StrEnum):
    """In the order in which they happen on one day."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    CONTACT = "contact"


class State(StrEnum):
    """How it stands, as far as an office needs to know."""

    APPLIED = "applied"
    IN_TALKS = "in_talks"
    OFFER = "offer"
    REFUSED = "refused"
    NO_RESPONSE = "no_response"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    POSITION_GONE = "position_gone"
    CLOSED = "closed"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    NEXT_STAGE = "next_stage"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Ending:
    """A result as it was recorded, with the candidate's answer to an offer."""

    kind: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """`ending` is the result of its last interview, `closing_reason` what the candidate said."""

    company: str
    title: str
    agency: str = ""
    place: str = ""
    was_advertised: bool | None = None
    has_application_day: bool = False
    state: str = ""
    closing_reason: str = ""
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """`day` is the candidate's. `way` is the way of an application, "video" or "in_person" of an
    interview, or the channel of a contact."""

    kind: Kind
    day: date
    position: Position
    way: str = ""
    at: datetime | None = None
    stage: str = ""
    ending: Ending | None = None
    is_from_them: bool = False
    outcome: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    fact: Fact
    state: State

    @property
    def position(self) -> Position:
        return self.fact.position


def rows_of(facts: Iterable[Fact], *, period: Period, now: datetime) -> list[Row]:
    """In the order of time; applications come first on their day."""
    order = list(Kind)
    listed = [fact for fact in facts if fact.day in period]
    listed.sort(key=lambda fact: (fact.day, order.index(fact.kind), _moment(fact)))
    return [Row(fact, state_of(fact, now=now)) for fact in listed]


def _moment(fact: Fact) -> float:
    return fact.at.timestamp() if fact.at else 0


def state_of(fact: Fact, *, now: datetime) -> State:
    if fact.kind is Kind.CONTACT:
        return State(fact.outcome)
    if fact.kind is Kind.INTERVIEW:
        if fact.ending is not None:
            return _of_ending(fact.ending)
        return State.SCHEDULED if fact.at is not None and fact.at > now else State.WAITING
    return _of_position(fact.position)


def _of_position(position: Position) -> State:
    if position.closing_reason:
        known = position.closing_reason in list(State)
        return State(position.closing_reason) if known else State.CLOSED
    if position.state == "closed":
        return _of_ending(position.ending) if position.ending else State.CLOSED
    if position.state in (State.IN_TALKS, State.OFFER):
        return State(position.state)
    return State.APPLIED


ENDINGS = {
    "next_stage": State.NEXT_STAGE,
    "refusal": State.REFUSED,
    "assumed_refusal": State.NO_RESPONSE,
    "no_response": State.NO_RESPONSE,
    "withdrawn": State.WITHDRAWN,
}
ANSWERS = {"accepted": State.ACCEPTED, "declined": State.DECLINED}


def _of_ending(ending: Ending) -> State:
    if ending.kind == "offer":
        return ANSWERS.get(ending.answer, State.OFFER)
    return ENDINGS[ending.kind]
