"""The chances of one open wait: that an answer still comes, by when, and a good one.

The chance is an average over the posterior's draws, weighted also by how likely each makes this
wait's silence. The interval holds the draws' own chances except for a tenth on either side.
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
    """An open wait, counted as `Spell` is: today is day `days`, and not over."""

    days: int
    employer: Employer = Employer.UNKNOWN
    promised_in: int | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Between 0 and 1; in four of five similar cases the true chance is between `low` and
    `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast for `day` if no answer came before: that any or a good answer still comes, ever
    and until the end of day `by`."""

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
    """Return the forecasts from day `first` to day `last`. `by` is a fixed day, or else a week
    after each day."""
    days = np.arange(_capped(first), _capped(last) + 1, dtype=np.float64)
    ends = days + 7 if by is None else np.maximum(np.full_like(days, by), days)
    model = SurvivalModel(
        posterior.draws, traits_of([(silence.employer, silence.promised_in)] * len(days))
    )
    silent = model.silence(days)
    good_so_far = model.good(days)
    good = (model.told * model.positive - good_so_far, model.good(ends + 1) - good_so_far)
    bad_so_far = model.bad(days)
    bad = (model.told * (1 - model.positive) - bad_so_far, model.bad(ends + 1) - bad_so_far)
    columns = [
        _chances(part, silent, posterior.weights)
        for part in (good[0] + bad[0], good[0], good[1] + bad[1], good[1])
    ]
    rows = zip(days, ends, *columns, strict=True)
    return [Forecast(int(day), int(end), *chances) for day, end, *chances in rows]


def _capped(day: int) -> int:
    return min(max(day, 0), DAYS_MAX)


def _chances(part: Array, silent: Array, weights: Array) -> list[Chance]:
    """`part` and `silent` are chances from the beginning on, with a row for each draw."""
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
    """Return weighted quantiles of each column, interpolated linearly."""
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
    """Return within how many days half of the answers come."""
    days = np.arange(0, DAYS_MAX + 1, dtype=np.float64)
    model = SurvivalModel(
        posterior.draws, traits_of([(silence.employer, silence.promised_in)] * len(days))
    )
    told = (posterior.weights[:, None] * (model.good(days) + model.bad(days))).sum(axis=0)
    all_told = float((posterior.weights[:, None] * model.told).sum(axis=0)[0])
    return float(np.interp(all_told / 2, told, days))
