"""What two servers recorded of each step, and whether a second channel had a cause to tell it:
docs/channels.md."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Telling:
    at: datetime
    channel: str
    is_answered: bool = True  # False: the answer was lost


@dataclass
class Story:
    """Of one reminder of this candidate."""

    candidate: UUID
    # When a server was first asked to take a notification, whatever it answered.
    asked_at: datetime | None = None
    tellings: list[Telling] = field(default_factory=list)
    # When the candidate, once told, opened or settled it.
    seen_at: datetime | None = None

    def second_without_cause(self, gone_at: datetime | None) -> Telling | None:
        """Return the first telling by another channel that nothing justifies. `gone_at` is when
        the last of the candidate's devices was gone."""
        for number, later in enumerate(self.tellings):
            before = [each for each in self.tellings[:number] if each.channel != later.channel]
            if before and not self._has_cause(before, later.at, gone_at):
                return later
        return None

    def _has_cause(self, before: list[Telling], at: datetime, gone_at: datetime | None) -> bool:
        answered = [each.at for each in before if each.is_answered]
        if answered:
            is_seen = self.seen_at is not None and self.seen_at <= at
            return at - answered[-1] >= HOUR and not is_seen
        # No sender can know that it was told: it failed for good, or for an hour.
        is_gone = gone_at is not None and gone_at <= at
        return is_gone or (self.asked_at is not None and at - self.asked_at >= HOUR)
