"""What an import did to one position, as it is remembered for undoing and for newer files."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from interviews.models import Candidate, Interview, PositionImport, Result


@dataclass(slots=True)
class Change:
    """`set` has a print of what was written, `was` what stood there before, until the import can no
    longer be undone; the lists are keys of new rows."""

    at: datetime
    created: bool
    vacancy: str = ""
    set: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)
    # Each with a print of what may be edited, so that an edit is noticed.
    interviews: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    # Of known people, by key: a print of each value that was filled in.
    filled: dict[str, dict[str, str]] = field(default_factory=dict)
    companies: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        added = (self.set, self.interviews, self.results, self.people, self.filled)
        return self.created or any(added)

    def to_json(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Change":
        return cls(**{**found, "at": datetime.fromisoformat(found["at"])})


def print_of(interview: Interview) -> str:
    """Return a short text that changes if the candidate edits or snoozes the interview."""
    until = interview.snoozed_until
    parts = (
        interview.starts_at.astimezone(UTC).isoformat(),
        *(str(interview.minutes), interview.stage, interview.place),
        *(interview.link, interview.notes),
        "" if until is None else until.astimezone(UTC).isoformat(),
    )
    return _print("\n".join(parts))


def print_of_result(result: Result) -> str:
    """Return a short text that changes if the candidate changes the result."""
    parts: list[object] = [result.kind, result.known_at.astimezone(UTC), result.via]
    parts += [result.feedback, result.lessons, result.recontact_on, result.recommended_to]
    parts += [result.offer_answer, result.offer_answer_by_on, result.offer_starts_on]
    return _print("\n".join(map(str, parts)))


def print_of_value(value: Any) -> str:
    """What is remembered of a text that may be deleted."""
    return _print(repr(plain_value(value)))


def plain_value(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def same_value(current: Any, written: str) -> bool:
    """Whether a field still holds what was written, of which this is the print."""
    return print_of_value(current) == written


def _print(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def without_what_was(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is kept once an import can no longer be undone: keys and prints."""
    return [{**each, "was": {}} for each in changes]


def written_before(candidate: Candidate) -> dict[str, dict[str, str]]:
    """Return prints of what earlier imports wrote last, by position and field."""
    rows = PositionImport.objects.filter(candidate=candidate).exclude(changes=[])
    rows = rows.exclude(state=PositionImport.State.UNDONE)
    found: dict[str, dict[str, str]] = {}
    for changes in rows.order_by("created_at", "pk").values_list("changes", flat=True):
        for one in changes:
            found.setdefault(one["vacancy"], {}).update(one["set"])
    return found
