"""The senders' clock: for how long sending was possible, and since when without a gap.

A mail is given up after a number of hours in which sending was possible. A machine that was asleep,
or a stopped worker, must not use them up.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from interviews.models import SenderState

# A clock that runs while the machine sleeps: Linux has a separate one, macOS's only one does.
_RUNNING: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

# Activity is not stored more often than this.
FRESH = timedelta(seconds=10)


def gap() -> timedelta:
    """Runs further apart than this are a gap: beat sends "look now" each SWEEP_SECONDS."""
    return timedelta(seconds=max(120.0, 5 * settings.SWEEP_SECONDS))


def running() -> float:
    """Seconds of a monotonic clock that runs while the machine sleeps."""
    return time.clock_gettime(_RUNNING)


def running_from(now: datetime) -> Callable[[], datetime]:
    """The times after `now`: a lease must last from its renewal, not from its claim."""
    started = running()
    return lambda: now + timedelta(seconds=running() - started)


def note_at_work(*, now: datetime) -> SenderState:
    """Store that a sender is at work; return what all senders share.

    Of two at the same moment one is counted: the UPDATE's row count says which.
    """
    state, _ = SenderState.objects.get_or_create(pk=1)
    since = None if state.seen_at is None else now - state.seen_at
    if since is not None and since < FRESH:
        return state
    same = SenderState.objects.filter(pk=1, seen_at=state.seen_at)
    if since is None or since > gap():
        same.update(seen_at=now, started_at=now)
    else:
        same.update(seen_at=now, ran_for=F("ran_for") + since)
        state.ran_for += since
    return state


def count_batch(*, sent: int, failed: int, retried: int, accepted_at: datetime | None) -> None:
    """Add a batch's result to the operators' figures."""
    values: dict[str, object] = {
        "sent": F("sent") + sent,
        "failed": F("failed") + failed,
        "retried": F("retried") + retried,
    }
    if accepted_at is not None:
        values["accepted_at"] = accepted_at
    SenderState.objects.filter(pk=1).update(**values)
