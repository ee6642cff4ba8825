"""What an import did to one position, as it is remembered for undoing and for newer files."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from interviews.models import Candidate, Interview, PositionImport


@dataclass(slots=True)
class Change:
    """`set` is what was written, `was` what stood there before; the lists are keys of new rows."""

    at: datetime
    created: bool
    vacancy: str = ""
    set: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)
    # Each with a print of what may be edited, so that an edit is noticed.
    interviews: dict[str, str] = field(default_factory=dict)
    results: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return self.created or bool(self.set or self.interviews or self.results or self.people)

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
    return hashlib.blake2s("\n".join(parts).encode(), digest_size=8).hexdigest()


def same_value(current: Any, written: Any) -> bool:
    """Compare a field's value with what JSON keeps of it."""
    plain = current.isoformat() if isinstance(current, date) else current
    return bool(plain == written)


def written_before(candidate: Candidate) -> dict[str, dict[str, Any]]:
    """Return what earlier imports wrote last, by position and field."""
    rows = PositionImport.objects.filter(candidate=candidate).exclude(changes=[])
    rows = rows.exclude(state=PositionImport.State.UNDONE)
    found: dict[str, dict[str, Any]] = {}
    for changes in rows.order_by("created_at", "pk").values_list("changes", flat=True):
        for one in changes:
            found.setdefault(one["vacancy"], {}).update(one["set"])
    return found
