"""When to restart a process that ended, and when to give up."""

from collections.abc import Sequence
from dataclasses import dataclass

# Pauses after the first end, the second, and so on; after the last the process is given up.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
# After running this long, the count starts again.
STEADY_SECONDS = 60.0


@dataclass
class Restarts:
    """The restarts of one process. Times are those of time.monotonic()."""

    started_at: float
    pauses: Sequence[float] = PAUSES
    ends: int = 0
    due_at: float | None = None

    def end(self, now: float) -> float | None:
        """Count an end; return the seconds to wait, or None to give up."""
        if now - self.started_at >= STEADY_SECONDS:
            self.ends = 0
        self.ends += 1
        if self.ends > len(self.pauses):
            return None
        pause = self.pauses[self.ends - 1]
        self.due_at = now + pause
        return pause

    def start(self, now: float) -> None:
        self.started_at, self.due_at = now, None
