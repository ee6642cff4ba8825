"""After an upgrade of the rules or of the holiday data, recompute all open waits.

In batches, each a short transaction, with the progress stored in the database: a sweep does some of
them and ends, so that due rows are not delayed, and another continues after a stop. While two
versions run at the same time, each starts again after the other.
"""

import logging
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction

from interviews import rules, working_days
from interviews.models import Interview, SweepState
from interviews.services import locks, next_step

logger = logging.getLogger(__name__)

BATCHES_MAX = 10


# Every sweep asks, and reading a package's version takes longer than its queries: “idle sweep
# among … waits over SELECT 1” (benchmarks/idle.py).
@cache
def decided_by() -> str:
    """The versions of rules and holiday data of this process."""
    return f"rules {rules.VERSION}, holidays {working_days.library_version()}"


def recompute_after_upgrade(*, now: datetime) -> bool:
    """Recompute some more open waits; return whether all are up to date with this process.

    Rows that are correct already are only read.
    """
    present = decided_by()
    for _batch in range(BATCHES_MAX):
        if _recompute_batch(present, now=now):
            logger.info("All open waits are decided by %s", present)
            return True
    return False


@transaction.atomic
def _recompute_batch(present: str, *, now: datetime) -> bool:
    """Return whether nothing was left. The state's row is locked first, so that two sweeps share
    the work instead of repeating it."""
    state = SweepState.objects.select_for_update().get(pk=1)
    if state.decided_by == present:
        return True
    after = state.decided_to if state.deciding_by == present else None
    # Due rows are left to the sweep, which also writes reminders.
    rows = Interview.objects.undone().exclude(review_at__lte=now)
    ids = rows.keys_after(after, settings.SWEEP_BATCH)
    if not ids:
        state.decided_by, state.deciding_by, state.decided_to = present, "", None
    else:
        locks.lock_interviews(ids)
        next_step.recompute_next_steps(ids, now=now)
        state.deciding_by, state.decided_to = present, ids[-1]
    state.save(update_fields=["decided_by", "deciding_by", "decided_to"])
    return not ids
