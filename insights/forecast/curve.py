"""The chances of one wait that is open: that a word still comes, by when, and a good one.

What a posterior says is an average over its worlds; those in which this silence was likely
weigh more. The interval is where the worlds' own chances lie, but for a tenth on either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from insights.forecast.posterior import Posterior
from insights.forecast.spells import DAYS_MAX, Employer
from insights.forecast.survival_model import Array, SurvivalModel, traits_of

TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Silence:
    """A wait that is open, counted as `Spell` is: today is day `days`, and not over."""

    days: int
    employer: Employer = Employer.UNKNOWN
    promised_in: int | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Between 0 and 1; in four of five like cases the true chance lies from `low` to `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """As it stands on `day`, if no word came before it: that any or a good word still comes, at
    all, and until the end of day `by`."""

    day: int
    by: int
    ever: Chance
    ever_positive: Chance
    until: Chance
    until_positive: Chance


def forecast(posterior: Posterior, silence: Silence, *, by: int) -> Forecast:
    return curve(posterior, silence, first=silence.days, last=silence.days, by=by)[0]


def curve(
    posterior: Posterior, silence: Silence, *, first: int = 0, last: int, by: int | None = None
) -> list[Forecast]:
    """From day `first` to day `last`. `by` is a fixed day; without it, a week after each day."""
    days = np.arange(_capped(first), _capped(last) + 1, dtype=np.float64)
    ends = days + 7 if by is None else np.maximum(np.full_like(days, by), days)
    law = SurvivalModel(
        posterior.worlds, traits_of([(silence.employer, silence.promised_in)] * len(days))
    )
    silent = law.silence(days)
    good_so_far = law.good(days)
    good = (law.told * law.positive - good_so_far, law.good(ends + 1) - good_so_far)
    bad_so_far = law.bad(days)
    bad = (law.told * (1 - law.positive) - bad_so_far, law.bad(ends + 1) - bad_so_far)
    columns = [
        _chances(part, silent, posterior.weights)
        for part in (good[0] + bad[0], good[0], good[1] + bad[1], good[1])
    ]
    rows = zip(days, ends, *columns, strict=True)
    return [Forecast(int(day), int(end), *chances) for day, end, *chances in rows]


def _capped(day: int) -> int:
    return min(max(day, 0), DAYS_MAX)


def _chances(part: Array, silent: Array, weights: Array) -> list[Chance]:
    """`part` and `silent`: chances from the beginning on, a row for each world."""
    part = np.clip(part, 0.0, None)
    silent = np.maximum(silent, 1e-12)
    weighed = weights[:, None] * silent
    middle = (weights[:, None] * part).sum(axis=0) / weighed.sum(axis=0)
    each = np.clip(part / silent, 0.0, 1.0)
    low, high = _quantiles(each, weighed, (TENTH, 1 - TENTH))
    middle = np.clip(middle, 0.0, 1.0)
    low, high = np.minimum(low, middle), np.maximum(high, middle)
    return [Chance(float(a), float(b), float(c)) for a, b, c in zip(low, middle, high, strict=True)]


def _quantiles(values: Array, weights: Array, shares: Sequence[float]) -> list[Array]:
    """Of each column, weighted; between two worlds by a straight line."""
    order = np.argsort(values, axis=0)
    values = np.take_along_axis(values, order, axis=0)
    weights = np.take_along_axis(weights, order, axis=0)
    reached = np.cumsum(weights, axis=0) - weights / 2
    reached /= weights.sum(axis=0)
    columns = range(values.shape[1])
    return [
        np.array([np.interp(share, reached[:, n], values[:, n]) for n in columns])
        for share in shares
    ]


def median_days(posterior: Posterior, silence: Silence) -> float:
    """Within how many days half of those who tell have told."""
    days = np.arange(0, DAYS_MAX + 1, dtype=np.float64)
    law = SurvivalModel(
        posterior.worlds, traits_of([(silence.employer, silence.promised_in)] * len(days))
    )
    told = (posterior.weights[:, None] * (law.good(days) + law.bad(days))).sum(axis=0)
    all_told = float((posterior.weights[:, None] * law.told).sum(axis=0)[0])
    return float(np.interp(all_told / 2, told, days))
