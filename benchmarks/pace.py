"""How work is timed: the best of some rounds, since whatever else runs only slows it down."""

from collections.abc import Callable
from time import perf_counter


def rate(work: Callable[[], int], *, seconds: float, rounds: int = 1) -> float:
    """Units of work a second; `work` returns how many it did."""
    return max(_rate(work, seconds) for _ in range(rounds))


def _rate(work: Callable[[], int], seconds: float) -> float:
    done, began = 0, perf_counter()
    while (passed := perf_counter() - began) < seconds:
        done += work()
    return done / passed


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """Of the quickest of so many."""
    best = float("inf")
    for _ in range(times):
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best * 1000
