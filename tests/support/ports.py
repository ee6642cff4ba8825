"""Ports for the processes that tests start."""

import itertools
import os

from devserver.ports import is_free

# Fifty for each process of a test run, below those that the system assigns itself.
_FIRST = 20000 + os.getpid() % 240 * 50
_offered = itertools.cycle(range(_FIRST, _FIRST + 50))


def own_port() -> int:
    """A free port that this process did not get a moment ago."""
    return next(port for port in _offered if is_free(port))
