"""Timing: the best of several rounds, since other work only slows them down."""

from collections.abc import Callable
from time import perf_counter


def rate(work: Callable[[], int], *, seconds: float, rounds: int = 1) -> float:
    """Return units of work a second; `work` returns how many it did."""
    return max(_rate(work, seconds) for _ in range(rounds))


def _rate(work: Callable[[], int], seconds: float) -> float:
    done, began = 0, perf_counter()
    while (passed := perf_counter() - began) < seconds:
        done += work()
    return done / passed


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """Return the time of the fastest round."""
    best = float("inf")
    for _ in range(times):
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best * 1000
