"""When a process that ended is started again, and when it is given up."""

from collections.abc import Sequence
from dataclasses import dataclass

# After its first end, its second …; whoever ends once more does not stay up.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
# What has run for so long had started well: its ends are counted anew.
STEADY_SECONDS = 60.0


@dataclass
class Restarts:
    """Of one process. Moments are those of time.monotonic()."""

    started_at: float
    pauses: Sequence[float] = PAUSES
    ends: int = 0
    due_at: float | None = None

    def end(self, now: float) -> float | None:
        """Note that it ended: how many seconds to wait, None where it does not stay up."""
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
