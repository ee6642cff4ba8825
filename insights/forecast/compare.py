"""Compare two ways of waiting: how soon a result was known, and at what effort."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scipy.stats import CensoredData, ecdf


@dataclass(frozen=True, slots=True)
class Strategy:
    """One wait. `known_on` is the day of the result, from 0, or None without one. `since` is how
    many days ago it began, or for how many it was observed: a wait of eight days says nothing about
    the tenth."""

    known_on: int | None
    since: int
    calls: int = 0
    # Calls that nobody answered, and calls that brought only "not yet".
    calls_in_vain: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`known_10` of `of_10` waits were known by the end of day 10, and so on. `median` is in days,
    over those ever known; `half_on` is the day by which half of all were known by the Kaplan-Meier
    estimate, which includes open waits for as long as they were observed."""

    waits: int
    known: int
    median: float | None
    half_on: int | None
    known_10: int
    of_10: int
    known_20: int
    of_20: int
    calls: int
    calls_in_vain: int
    letters: int


def compare(waits: Iterable[Strategy]) -> Comparison:
    rows = list(waits)
    days = [each.known_on for each in rows if each.known_on is not None]
    by_10, by_20 = ([each for each in rows if each.since >= day] for day in (10, 20))
    return Comparison(
        waits=len(rows),
        known=len(days),
        median=float(median(days)) if days else None,
        half_on=_half_on(rows),
        known_10=sum(_is_known_by(each, 10) for each in by_10),
        of_10=len(by_10),
        known_20=sum(_is_known_by(each, 20) for each in by_20),
        of_20=len(by_20),
        calls=sum(each.calls for each in rows),
        calls_in_vain=sum(each.calls_in_vain for each in rows),
        letters=sum(each.letters for each in rows),
    )


def _half_on(rows: Sequence[Strategy]) -> int | None:
    known = [each.known_on for each in rows if each.known_on is not None]
    if not known:
        return None
    unknown = [each.since for each in rows if each.known_on is None]
    curve = ecdf(CensoredData(uncensored=known, right=unknown)).cdf
    reached = curve.quantiles[curve.probabilities >= 0.5]
    return int(reached[0]) if len(reached) else None


def _is_known_by(wait: Strategy, day: int) -> bool:
    return wait.known_on is not None and wait.known_on <= day
