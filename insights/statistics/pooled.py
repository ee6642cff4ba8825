"""Statistics of all who share, computed weekly, rounded, and only for groups that are large enough.

A company is included if at least five candidates and ten waits tell about it, the total if as many
share. Each computation checks that, so that an entry goes when its candidates do.
docs/decisions/promise-index.md says why weekly, and why rounded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from math import isfinite
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from insights.forecast import Spell, spells
from insights.statistics.figures import Figures, HelpedCounts
from interviews.models import CompanyIndex, CompanyTally, Statistics, StatisticsState
from interviews.quarantine import error_text, together_or_alone

WEEK = timedelta(days=7)
CANDIDATES_MIN = 5
WAITS_MIN = 10
# Nobody's spells count for more than this many.
SPELLS_MAX = 50
BATCH = 500
PERCENTS, COUNTS = 10, 5


def compute_pooled(*, now: datetime) -> bool:
    """Return whether a week had passed."""
    with transaction.atomic():
        StatisticsState.objects.get_or_create(pk=1)
        state = StatisticsState.objects.select_for_update().get(pk=1)
        if state.reckoned_at is not None and now - state.reckoned_at < WEEK:
            return False
        _compute_index(now)
        _compute_state(state, now)
        state.reckoned_at = now
        state.save()
    return True


def pooled_spells() -> dict[Spell, float]:
    found = StatisticsState.objects.filter(pk=1).values_list("spells", flat=True).first()
    return spells.from_json(found or [])


def rounded(value: float, to: int) -> int:
    return int(value / to + 0.5) * to


# --- the promise index ---------------------------------------------------------------------------


def _compute_index(now: datetime) -> None:
    CompanyIndex.objects.all().delete()
    CompanyIndex.objects.bulk_create(_entries(now), batch_size=BATCH)


def _entries(now: datetime) -> Iterator[CompanyIndex]:
    for row in _told_of().iterator(chunk_size=BATCH):
        name, waits, answered, tellers, promises, kept = row
        is_told = tellers >= CANDIDATES_MIN and promises >= WAITS_MIN
        yield CompanyIndex(
            normalised_name=name,
            waits=rounded(waits, COUNTS),
            answered_percent=rounded(100 * answered / waits, PERCENTS),
            promises=rounded(promises, COUNTS) if is_told else 0,
            kept_percent=rounded(100 * kept / promises, PERCENTS) if is_told else None,
            reckoned_at=now,
        )


def _told_of() -> "QuerySet[CompanyTally, tuple[str, int, int, int, int, int]]":
    """Yield each name with enough candidates. Each tally row belongs to one candidate."""
    promised = F("kept") + F("late") + F("broken")
    rows = CompanyTally.objects.filter(candidate__shares_waits_at__isnull=False)
    return (
        rows.values("normalised_name")
        .annotate(
            candidates=Count("pk"),
            all_waits=Sum("waits"),
            all_answered=Sum("answered"),
            tellers=Count("pk", filter=Q(kept__gt=0) | Q(late__gt=0) | Q(broken__gt=0)),
            promises=Sum(promised),
            all_kept=Sum("kept"),
        )
        .filter(candidates__gte=CANDIDATES_MIN, all_waits__gte=WAITS_MIN)
        .order_by("normalised_name")
        .values_list(
            *("normalised_name", "all_waits", "all_answered", "tellers", "promises", "all_kept")
        )
    )


# --- everybody's stretches of silence ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Contribution:
    """What one candidate contributes."""

    waits: int
    spells: dict[Spell, float]
    helped: list[HelpedCounts]


def _compute_state(state: StatisticsState, now: datetime) -> None:
    pooled: Counter[Spell] = Counter()
    helped: dict[str, HelpedCounts] = {}
    tellers: Counter[str] = Counter()
    candidates = waits = 0
    for contribution in _contributions(now):
        candidates, waits = candidates + 1, waits + contribution.waits
        for spell, times in contribution.spells.items():
            pooled[spell] += times  # type: ignore[assignment]
        for each in contribution.helped:
            helped[each.what] = _both(helped.get(each.what, HelpedCounts(each.what)), each)
            tellers[each.what] += each.of_20 > 0
    if candidates < CANDIDATES_MIN or waits < WAITS_MIN:
        state.spells, state.comparison, state.candidates, state.waits = [], {}, 0, 0
        return
    rows = {spell: round(times, 2) for spell, times in pooled.items()}
    state.spells = spells.to_json(rows)
    state.candidates, state.waits = rounded(candidates, COUNTS), rounded(waits, COUNTS)
    state.comparison = {
        what: _comparison(each)
        for what, each in helped.items()
        if min(each.of_10, each.of_20) >= WAITS_MIN and tellers[what] >= CANDIDATES_MIN
    }


def _contributions(now: datetime) -> Iterator[_Contribution]:
    """If a candidate's stored statistics are unreadable, they are computed again and count next
    week."""

    def quarantine(pk: UUID, error: Exception) -> None:
        Statistics.objects.filter(pk=pk).update(error=error_text(error), due_at=now)

    pooled = Statistics.objects.filter(candidate__shares_waits_at__isnull=False)
    keys = list(pooled.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        read = together_or_alone(batch, _read, quarantine, message="Shared waits %s are unreadable")
        yield from chain.from_iterable(read)


def _read(keys: Sequence[UUID]) -> list[_Contribution]:
    rows = Statistics.objects.filter(pk__in=keys).values_list("spells", "figures")
    return [
        _contribution(spells.from_json(stored), Figures.from_json(told))
        for stored, told in rows
        if stored
    ]


def _contribution(own: dict[Spell, float], told: Figures) -> _Contribution:
    """Check that it is numeric here, so that it fails with its own row and not in the sum."""
    count = sum(own.values())
    if not (count > 0 and isfinite(count)):
        raise ValueError("no count of waits")
    weight = min(1.0, SPELLS_MAX / count)
    helped = [_both(HelpedCounts(each.what), each) for each in told.helped]
    return _Contribution(0 + told.waits.ended, {k: n * weight for k, n in own.items()}, helped)


def _comparison(told: HelpedCounts) -> dict[str, int]:
    return {
        "waits": rounded(told.of_20, COUNTS),
        "known_10_percent": rounded(100 * told.known_10 / told.of_10, COUNTS),
        "known_20_percent": rounded(100 * told.known_20 / told.of_20, COUNTS),
    }


def _both(one: HelpedCounts, other: HelpedCounts) -> HelpedCounts:
    summed = ("waits", "known_10", "of_10", "known_20", "of_20", "calls", "calls_in_vain")
    return HelpedCounts(
        one.what, **{each: getattr(one, each) + getattr(other, each) for each in summed}
    )
