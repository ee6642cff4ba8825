"""Join rows that tell of the same position."""

from collections import defaultdict
from collections.abc import Iterable

from .addresses import is_specific, key_of
from .position_rows import Draft
from .table import letters


class _Index:
    def __init__(self) -> None:
        self.by_address: dict[str, list[Draft]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Draft]] = defaultdict(list)

    def same_as(self, draft: Draft) -> Draft | None:
        key, names = key_of(draft.advert_url), _names(draft)
        if key:
            for other in self.by_address[key]:
                if _is_same_advert(key, names, _names(other)):
                    return other
        return next((o for o in self.by_name[names] if not _are_apart(draft, o)), None)

    def add(self, draft: Draft) -> None:
        """Add a draft, or again with what it has learnt."""
        key = key_of(draft.advert_url)
        for found in (self.by_address[key] if key else [], self.by_name[_names(draft)]):
            if all(one is not draft for one in found):
                found.append(draft)


def join_rows(drafts: Iterable[Draft]) -> list[Draft]:
    """Return one draft for each position, in the order of the file."""
    kept: list[Draft] = []
    index = _Index()
    for draft in drafts:
        same = index.same_as(draft)
        if same is None:
            kept.append(draft)
        else:
            _join(same, draft)
        index.add(same or draft)
    return kept


def _names(draft: Draft) -> tuple[str, str]:
    return letters(draft.company), letters(draft.position)


def _is_same_advert(key: str, names: tuple[str, str], others: tuple[str, str]) -> bool:
    """One address is one advertisement, unless it is a page of many."""
    return names[1] == others[1] or (names[0] == others[0] and is_specific(key))


def _are_apart(one: Draft, other: Draft) -> bool:
    """Different days of applying or different addresses tell two positions apart."""
    days = {draft.days["applied_on"] for draft in (one, other) if "applied_on" in draft.days}
    keys = {key for draft in (one, other) if (key := key_of(draft.advert_url))}
    return len(days) > 1 or len(keys) > 1


def _join(first: Draft, lower: Draft) -> None:
    """What one row lacks the other fills; where both speak, the lower row does."""
    first.joined.append(lower.row)
    if not first.advert_url or (
        lower.advert_url and key_of(lower.advert_url) != key_of(first.advert_url)
    ):
        first.advert_url = lower.advert_url or first.advert_url
    for name in ("sources", "places", "salaries"):
        setattr(first, name, getattr(lower, name) or getattr(first, name))
    first.days |= lower.days
    if lower.meanings and set(lower.meanings) != {"nothing"}:
        first.meanings = lower.meanings
        first.result_meaning = lower.result_meaning
    first.notes += lower.notes
    first.talks += lower.talks
    first.people += lower.people
    first.left_out += lower.left_out
    first.has_talked = first.has_talked or lower.has_talked
