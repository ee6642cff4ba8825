"""After an upgrade of the rules or of the holiday data: decide all open waits anew.

In batches, each a short transaction, with the place where it is kept in the database: a sweep does
some of them and ends, so that what comes due meanwhile is not held up, and whoever was stopped
midway is followed by another. While two versions run side by side, each begins anew after the
other.
"""

import logging
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import transaction

from interviews import rules, working_days
from interviews.models import Interview, SweepState
from interviews.services import next_step

logger = logging.getLogger(__name__)

BATCHES_MAX = 10


@cache
def decided_by() -> str:
    """The rules and the holiday data that this process decides with."""
    return f"rules {rules.VERSION}, holidays {working_days.library_version()}"


def recompute_after_upgrade(*, now: datetime) -> bool:
    """Decide some more open waits anew; whether all are now decided by what this process knows.

    Rows that are right already are only read.
    """
    present = decided_by()
    for _batch in range(BATCHES_MAX):
        if _redecide_batch(present, now=now):
            logger.info("All open waits are decided by %s", present)
            return True
    return False


@transaction.atomic
def _redecide_batch(present: str, *, now: datetime) -> bool:
    """Whether nothing was left. The state's row is locked first, so that two sweeps divide the
    work instead of doing it twice."""
    state = SweepState.objects.select_for_update().get(pk=1)
    if state.decided_by == present:
        return True
    after = state.decided_to if state.deciding_by == present else None
    ids = _next(after, now=now)
    if not ids:
        state.decided_by, state.deciding_by, state.decided_to = present, "", None
    else:
        next_step.lock_interviews(ids)
        next_step.recompute_next_steps(ids, now=now)
        state.deciding_by, state.decided_to = present, ids[-1]
    state.save(update_fields=["decided_by", "deciding_by", "decided_to"])
    return not ids


def _next(after: UUID | None, *, now: datetime) -> list[UUID]:
    # Rows that are to be looked at now are left to the sweep, which mails without delay.
    rows = Interview.objects.undone().exclude(review_at__lte=now).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.values_list("pk", flat=True)[: settings.SWEEP_BATCH])
