"""Restart processes that end, and give up if one does not stay up."""

import sys
import time
from collections.abc import Sequence

from devserver.instance import System
from devserver.process import Child
from devserver.restarts import PAUSES, Restarts

LOOK_SECONDS = 0.2


def watch(system: System, *, pauses: Sequence[float] = PAUSES) -> int:
    """Return the exit status once a process does not stay up."""
    now = time.monotonic()
    restarts = {name: Restarts(now, pauses) for name in system.children}
    while True:
        now = time.monotonic()
        for child in system.ended():
            own = restarts[child.name]
            if own.due_at is None:
                pause = own.end(now)
                if pause is None:
                    _give_up(child)
                    return 1
                _say(f"The {child.name} {child.ending()}; it is started again in {pause:.0f} s.")
            elif now >= own.due_at:
                system.restart(child.name)
                own.start(now)
        time.sleep(LOOK_SECONDS)


def _give_up(child: Child) -> None:
    _say(f"The {child.name} does not stay up; all is stopped. Its last lines:")
    _say(child.last_lines())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
