"""Who is due is reckoned anew, and what was learned is stored.

A row is leased by moving its `due_at` ahead in one UPDATE whose count says who won; nothing is
locked while it is reckoned. A fact that comes meanwhile moves `due_at` again, and is then reckoned
a minute later: what was stored may lack it until then, and nothing is lost. Whoever dies midway
leaves the lease, after which another does it again, to the same end.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from insights.forecast import spells
from insights.statistics.pooled import pooled_spells
from interviews.models import Candidate, CompanyTally, Statistics
from interviews.quarantine import one_by_one, words_of
from interviews.services import next_step

if TYPE_CHECKING:
    from insights.statistics.compute import Lesson

BATCH = 50
LEASE = timedelta(minutes=10)
# One that cannot be reckoned is tried on another day, or with the next fact.
TROUBLE_PAUSE = timedelta(days=1)
TROUBLE = "What candidate %s has learned cannot be reckoned"


def compute_due(*, now: datetime) -> int:
    """A batch of them; how many there were."""
    due = dict(Statistics.objects.to_compute(now).values_list("candidate", "due_at")[:BATCH])
    lease, later = now + LEASE, now + TROUBLE_PAUSE

    def reckon_leased(candidate: UUID) -> None:
        if _move(candidate, due[candidate], lease):
            _reckon(candidate, lease=lease, now=now)

    def set_aside(candidate: UUID, error: Exception) -> None:
        Statistics.objects.filter(candidate=candidate).update(error=words_of(error))
        _move(candidate, lease, later)

    one_by_one(due, reckon_leased, set_aside, trouble=TROUBLE)
    return len(due)


def _move(candidate: UUID, before: datetime | None, after: datetime | None) -> bool:
    """Whether it still stood where it was."""
    rows = Statistics.objects.filter(candidate=candidate, due_at=before)
    return rows.update(due_at=after) == 1


def _reckon(pk: UUID, *, lease: datetime, now: datetime) -> None:
    candidate = Candidate.objects.select_related("assumptions").filter(pk=pk).first()
    if candidate is None:
        return
    from insights.statistics.compute import compute  # and scipy, which takes its time to load

    lesson = compute(candidate, pooled_spells(), now=now)
    _store(candidate, lesson, lease=lease, now=now)


@transaction.atomic
def _store(candidate: Candidate, lesson: "Lesson", *, lease: datetime, now: datetime) -> None:
    # Her own lock first, as facts and an end of sharing take it: nobody waits in a circle, and what
    # she took back meanwhile stays away.
    next_step.lock_candidate(candidate.pk)
    Statistics.objects.filter(candidate=candidate).update(
        figures=lesson.figures.to_json(),
        spells=spells.to_json(lesson.spells),
        posterior=lesson.posterior.to_json(),
        computed_at=now,
        error="",
    )
    _move(candidate.pk, lease, lesson.due_at)
    if not Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=False).exists():
        return
    CompanyTally.objects.filter(candidate=candidate).delete()
    CompanyTally.objects.bulk_create(
        CompanyTally(candidate=candidate, **_columns(asdict(each))) for each in lesson.tallies
    )


def _columns(tally: dict[str, object]) -> dict[str, object]:
    return {"normalised_name": tally.pop("company"), **tally}
