"""Wait for something with a deadline."""

import time
from collections.abc import Callable


class TooLateError(AssertionError):
    """It did not happen in time."""


def wait_until(
    is_so: Callable[[], bool], *, seconds: float, what: str, every: float = 0.01
) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TooLateError(f"Not within {seconds:.0f} s: {what}")
        time.sleep(every)


def let_pass(seconds: float) -> None:
    """For a fault that lasts this long."""
    time.sleep(seconds)
