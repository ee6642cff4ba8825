"""Compute and store the statistics of candidates that are due.

A row is leased by moving its `due_at` ahead in one UPDATE whose row count says who won; nothing is
locked during the computation. A fact recorded meanwhile moves `due_at` again, so that the
computation repeats a minute later. If a process dies, its lease runs out and another repeats the
work, with the same result.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from insights.forecast import spells
from insights.statistics.pooled import pooled_spells
from interviews.models import Candidate, CompanyTally, Statistics
from interviews.quarantine import error_text, one_by_one
from interviews.services import locks

if TYPE_CHECKING:
    from insights.statistics.compute import ComputedStatistics

BATCH = 50
LEASE = timedelta(minutes=10)
# After an error it is tried again on another day, or with the next fact.
TROUBLE_PAUSE = timedelta(days=1)
FAILED = "What candidate %s has learned cannot be reckoned"


def compute_due(*, now: datetime) -> int:
    """Process one batch, and return its size."""
    due = dict(Statistics.objects.to_compute(now).values_list("candidate", "due_at")[:BATCH])
    lease, later = now + LEASE, now + TROUBLE_PAUSE

    def compute_leased(candidate: UUID) -> None:
        if _move(candidate, due[candidate], lease):
            _recompute(candidate, lease=lease, now=now)

    def quarantine(candidate: UUID, error: Exception) -> None:
        Statistics.objects.filter(candidate=candidate).update(error=error_text(error))
        _move(candidate, lease, later)

    one_by_one(due, compute_leased, quarantine, message=FAILED)
    return len(due)


def _move(candidate: UUID, before: datetime | None, after: datetime | None) -> bool:
    """Return whether `due_at` was unchanged."""
    rows = Statistics.objects.filter(candidate=candidate, due_at=before)
    return rows.update(due_at=after) == 1


def _recompute(pk: UUID, *, lease: datetime, now: datetime) -> None:
    candidate = Candidate.objects.select_related("assumptions").filter(pk=pk).first()
    if candidate is None:
        return
    from insights.statistics.compute import compute  # imported late because of scipy

    computed = compute(candidate, pooled_spells(), now=now)
    _store(candidate, computed, lease=lease, now=now)


@transaction.atomic
def _store(
    candidate: Candidate, computed: "ComputedStatistics", *, lease: datetime, now: datetime
) -> None:
    # Lock the candidate first, as recording a fact and ending sharing do: no deadlocks, and what
    # was withdrawn meanwhile is not stored.
    locks.lock_candidate(candidate.pk)
    Statistics.objects.filter(candidate=candidate).update(
        figures=computed.figures.to_json(),
        spells=spells.to_json(computed.spells),
        posterior=computed.posterior.to_json(),
        computed_at=now,
        error="",
    )
    _move(candidate.pk, lease, computed.due_at)
    if not Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=False).exists():
        return
    CompanyTally.objects.filter(candidate=candidate).delete()
    CompanyTally.objects.bulk_create(
        CompanyTally(candidate=candidate, **_columns(asdict(each))) for each in computed.tallies
    )


def _columns(row: dict[str, object]) -> dict[str, object]:
    return {"normalised_name": row.pop("company"), **row}
