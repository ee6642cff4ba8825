"""Waiting for what a run must come to, with a deadline."""

import time
from collections.abc import Callable


class TooLateError(AssertionError):
    """What was waited for did not come."""


def wait_until(
    is_so: Callable[[], bool], *, seconds: float, what: str, every: float = 0.01
) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TooLateError(f"Not within {seconds:.0f} s: {what}")
        time.sleep(every)


def let_pass(seconds: float) -> None:
    """For a fault that lasts so long."""
    time.sleep(seconds)
