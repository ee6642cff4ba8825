"""The candidates by whom the coach's overview can be narrowed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coaching.found import Found

CHIPS_SHOWN = 6
ALL_CHIPS = "candidates"  # as a value of the overview's `opened`


@dataclass(frozen=True, slots=True)
class CandidateChip:
    """Narrows the morning to one candidate."""

    pk: UUID
    name: str
    count: int
    needs: bool  # somebody for whom the coach has something to do first, if there is anybody


def chips_of(
    found: Sequence[Found], needing: Sequence[Found], waiting: Sequence[Found]
) -> list[CandidateChip]:
    """Candidates, the one with most that needs the coach first; each with the number of its rows
    that wait for the coach."""
    urgent, counts = (Counter(each.candidate for each in rows) for rows in (needing, waiting))
    names = {each.candidate: each.name for each in found}
    chips = [
        CandidateChip(key, name, counts[key], urgent[key] > 0 or not needing)
        for key, name in names.items()
    ]
    return sorted(chips, key=lambda chip: (-urgent[chip.pk], -chip.count))


def shown_of(
    chips: Sequence[CandidateChip], only: UUID | None, *, is_open: bool
) -> Sequence[CandidateChip]:
    """The chosen one, and the first that need the coach, or all; none where there is nothing to
    choose."""
    if len(chips) < 2:
        return []
    if is_open:
        return chips
    chosen = [each for each in chips if each.pk == only]
    return [*chosen, *(each for each in chips[:CHIPS_SHOWN] if each.needs and each.pk != only)]
