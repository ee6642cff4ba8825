"""What all who share have taught together, once a week, rounded, and only where they are many.

Nothing is told of a company of which fewer than five candidates and ten waits could tell, nor of
all together where fewer share. That is asked at every reckoning, so that an entry goes when its
candidates do. docs/decisions/promise-index.md says why a week, and why rounded.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from interviews.chances import Spell, spells
from interviews.learned.figures import Figures, Helped
from interviews.models import CompanyIndex, CompanyTally, Learned, LearnedState

WEEK = timedelta(days=7)
CANDIDATES_MIN = 5
WAITS_MIN = 10
# Nobody's stretches of silence count for more than so many.
SPELLS_MAX = 50
BATCH = 500
PERCENTS, COUNTS = 10, 5


def reckon_shared(*, now: datetime) -> bool:
    """Whether a week had passed."""
    with transaction.atomic():
        LearnedState.objects.get_or_create(pk=1)
        state = LearnedState.objects.select_for_update().get(pk=1)
        if state.reckoned_at is not None and now - state.reckoned_at < WEEK:
            return False
        _reckon_index(now)
        _reckon_state(state)
        state.reckoned_at = now
        state.save()
    return True


def shared_spells() -> dict[Spell, float]:
    found = LearnedState.objects.filter(pk=1).values_list("spells", flat=True).first()
    return spells.from_json(found or [])


def rounded(value: float, to: int) -> int:
    return int(value / to + 0.5) * to


# --- the promise index ---------------------------------------------------------------------------


def _reckon_index(now: datetime) -> None:
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
    """Each name of which enough candidates can tell. One row of a tally is one candidate's."""
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


def _reckon_state(state: LearnedState) -> None:
    pooled: Counter[Spell] = Counter()
    helped: dict[str, Helped] = {}
    tellers: Counter[str] = Counter()
    candidates = waits = 0
    shared = Learned.objects.filter(candidate__shares_waits_at__isnull=False)
    for stored, figures in shared.values_list("spells", "figures").iterator(chunk_size=BATCH):
        own = spells.from_json(stored)
        if not own:
            continue
        told = Figures.from_json(figures)
        count = sum(own.values())
        candidates, waits = candidates + 1, waits + told.waits.ended
        for spell, times in own.items():
            pooled[spell] += times * min(1.0, SPELLS_MAX / count)  # type: ignore[assignment]
        for each in told.helped:
            helped[each.what] = _both(helped.get(each.what, Helped(each.what)), each)
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
        if each.of_20 >= WAITS_MIN and tellers[what] >= CANDIDATES_MIN
    }


def _comparison(told: Helped) -> dict[str, int]:
    return {
        "waits": rounded(told.of_20, COUNTS),
        "known_10_percent": rounded(100 * told.known_10 / told.of_10, COUNTS),
        "known_20_percent": rounded(100 * told.known_20 / told.of_20, COUNTS),
    }


def _both(one: Helped, other: Helped) -> Helped:
    summed = ("waits", "known_10", "of_10", "known_20", "of_20", "calls", "calls_in_vain")
    return Helped(one.what, **{each: getattr(one, each) + getattr(other, each) for each in summed})
