"""A bound of processor time for one mail, looked at between the steps of reading it: a busy machine
is not the mail's fault.

Signals would not do: the workers of one machine are threads. Each step's own work is bounded by
what it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import thread_time

_until: ContextVar[float] = ContextVar("until", default=inf)


class TooSlowError(Exception):
    """The time is up."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    before = _until.set(thread_time() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


def check() -> None:
    if thread_time() > _until.get():
        raise TooSlowError
