"""The reason of a step: values for a sentence that can be built later without the case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Self

from .facts import Channel, Initiator, MayCall, ResultKind


class Since(StrEnum):
    """What a window is counted from."""

    INTERVIEW = "interview"
    ANSWER = "answer"
    OWN_CONTACT = "own_contact"


@dataclass(frozen=True, slots=True)
class Reason:
    """Dates are the candidate's local dates. Values that a rule does not use are left out.

    A promise has `made_on`, and `promised_on` if a day was named; a window has `since` and
    `since_on`. `limit_at` is the lapse or the close, whatever the due time is.
    """

    starts_at: datetime | None = None
    ended_at: datetime | None = None
    is_on_promise: bool = False
    # Whether the step's person is the one who promised, was reached, was written to, or called.
    is_by_person: bool = False
    made_on: date | None = None
    promised_on: date | None = None
    promised_time: time | None = None
    initiator: Initiator | None = None
    channel: Channel | None = None
    may_call: MayCall | None = None
    since: Since | None = None
    since_on: date | None = None
    opens_on: date | None = None
    limit_at: datetime | None = None
    tried_on: tuple[date, ...] = ()
    letter_on: date | None = None
    # The newest call or letter about the result that reached somebody, while a promise runs on:
    # when, how, and whether it was the step's person.
    reached_on: date | None = None
    reached_by: Channel | None = None
    is_reached_person: bool = False
    called_at: datetime | None = None
    result: ResultKind | None = None
    result_on: date | None = None
    recontact_on: date | None = None
    # The candidate snoozed the step beyond the rule's own due time.
    is_snoozed: bool = False

    def to_json(self) -> dict[str, object]:
        """Return the values present, for JSON."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: _to_plain(value) for name, value in values if value not in (None, False, ())}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` returned; unknown names (of another version) are ignored."""
        read: dict[str, Any] = {
            name: reader(stored[name]) for name, reader in _READERS.items() if name in stored
        }
        return cls(**read)


def _to_plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_to_plain(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _dates(values: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(value) for value in values)


_READERS: dict[str, Callable[[Any], object]] = {
    "starts_at": datetime.fromisoformat,
    "ended_at": datetime.fromisoformat,
    "is_on_promise": bool,
    "is_by_person": bool,
    "made_on": date.fromisoformat,
    "promised_on": date.fromisoformat,
    "promised_time": time.fromisoformat,
    "initiator": Initiator,
    "channel": Channel,
    "may_call": MayCall,
    "since": Since,
    "since_on": date.fromisoformat,
    "opens_on": date.fromisoformat,
    "limit_at": datetime.fromisoformat,
    "tried_on": _dates,
    "letter_on": date.fromisoformat,
    "reached_on": date.fromisoformat,
    "reached_by": Channel,
    "is_reached_person": bool,
    "called_at": datetime.fromisoformat,
    "result": ResultKind,
    "result_on": date.fromisoformat,
    "recontact_on": date.fromisoformat,
    "is_snoozed": bool,
}
