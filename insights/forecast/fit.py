"""Estimate the posterior from spells by Bayes' rule.

Find the mode (scipy), lay a wide t-distribution around it, and weight evenly spread points by prior
and likelihood. There are no random numbers: the same spells give the same posterior. Pages do not
import this, because scipy is slow to load.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtri
from scipy.stats import chi2, qmc

from insights.forecast.posterior import Posterior
from insights.forecast.priors import OTHERS_WORTH, REFUSAL_SLOWER, Priors
from insights.forecast.priors import SHAPE as USUAL_SHAPE
from insights.forecast.spells import Ending, Spells
from insights.forecast.survival_model import (
    DIMENSIONS,
    KEPT,
    POSITIVE,
    REFUSAL,
    SCALE,
    SHAPE,
    TOLD,
    Array,
    SurvivalModel,
    Traits,
    expit,
    traits_of,
)

DRAWS = 512
# Degrees of freedom: the smaller, the heavier the tails.
FREEDOM = 8.0
# Prior deviations of scale, shape and a rejection's delay, as in `survival_model.py`, if the prior
# counts as ten waits.
SPREAD = np.array([0.7, 0.7, 0.25])
USUAL_WORTH = 10.0
STEP = 1e-4

Likely = Callable[[Array], Array]


class _Spells:
    """Spells as arrays, each with its weight."""

    def __init__(self, spells: Spells, *, worth: float = 1.0) -> None:
        rows = list(spells)
        self.traits: Traits = traits_of([(each.employer, each.promised_in) for each in rows])
        self.days = np.array([each.days for each in rows], dtype=np.float64)
        # The first day on which the answer may have come.
        self.first = np.array([each.days * each.is_dated for each in rows], dtype=np.float64)
        self.weights = worth * np.array([spells[each] for each in rows], dtype=np.float64)
        self.is_good = np.array([each.ending == Ending.POSITIVE for each in rows], dtype=bool)
        self.is_bad = np.array([each.ending == Ending.NEGATIVE for each in rows], dtype=bool)

    def explained_by(self, draws: Array) -> Array:
        """Return the log-likelihood of the spells for each draw."""
        if not len(self.days):
            return np.zeros(len(draws))
        model = SurvivalModel(draws, self.traits)
        end = self.days + 1
        good = model.good(end) - model.good(self.first)
        bad = model.bad(end) - model.bad(self.first)
        each = np.where(self.is_good, good, np.where(self.is_bad, bad, model.silence(self.days)))
        return np.asarray(np.log(np.maximum(each, 1e-12)) @ self.weights, dtype=np.float64)


class _Prior:
    def __init__(self, assumptions: Priors) -> None:
        told = assumptions.told_percent / 100
        kept = min(assumptions.kept_percent / assumptions.told_percent, 0.98)
        self._shares = np.array([told, kept, assumptions.positive_percent / 100])
        self._worth = float(assumptions.published_worth)
        scale = assumptions.median_days / np.log(2) ** (1 / USUAL_SHAPE)
        odds = USUAL_SHAPE / (1 - USUAL_SHAPE)
        self._usual = np.log(np.array([scale, odds, REFUSAL_SLOWER]))
        self._spread = SPREAD * np.sqrt(USUAL_WORTH / self._worth)

    @property
    def centre(self) -> Array:
        logits = np.log(self._shares / (1 - self._shares))
        return np.concatenate([logits, self._usual])

    def of(self, draws: Array) -> Array:
        """Return the log-prior of each draw: Beta distributions of shares on log-odds, normal ones
        for the rest."""
        shares = np.clip(expit(draws[:, [TOLD, KEPT, POSITIVE]]), 1e-12, 1 - 1e-12)
        a, b = self._worth * self._shares, self._worth * (1 - self._shares)
        beta = (a * np.log(shares) + b * np.log1p(-shares)).sum(axis=1)
        away = (draws[:, [SCALE, SHAPE, REFUSAL]] - self._usual) / self._spread
        return np.asarray(beta - 0.5 * (away**2).sum(axis=1), dtype=np.float64)


def fit(own: Spells, others: Spells, assumptions: Priors) -> Posterior:
    """`others` are shared spells, which together never count for more than a fixed number of own
    ones."""
    pooled = sum(others.values()) if assumptions.counts_others else 0
    prior = _Prior(assumptions)
    parts = [_Spells(own)]
    if pooled:
        parts.append(_Spells(others, worth=min(1.0, OTHERS_WORTH / pooled)))

    def likely(draws: Array) -> Array:
        return sum((part.explained_by(draws) for part in parts), prior.of(draws))

    centre, spread = _bell(likely, prior.centre)
    draws, density = _points(centre, spread)
    logs = likely(draws) - density
    weights = np.exp(logs - logs.max())
    closed = sum(count for spell, count in own.items() if spell.ending != Ending.OPEN)
    return Posterior(draws, weights / weights.sum(), round(closed), round(pooled))


def _bell(likely: Likely, start: Array) -> tuple[Array, Array]:
    """Return the mode and the root of the covariance around it."""

    def cost(draw: Array) -> tuple[float, Array]:
        around = np.concatenate([[draw], draw + STEP * SIDES, draw - STEP * SIDES])
        costs = -likely(around)
        return float(costs[0]), (costs[1 : DIMENSIONS + 1] - costs[DIMENSIONS + 1 :]) / (2 * STEP)

    found = minimize(cost, start, jac=True, method="BFGS", options={"gtol": 1e-3, "maxiter": 200})
    centre = np.asarray(found.x)
    wide = 1e-2
    bends = [
        (cost(centre + wide * side)[1] - cost(centre - wide * side)[1]) / (2 * wide)
        for side in SIDES
    ]
    bend = (np.array(bends) + np.array(bends).T) / 2
    values, vectors = np.linalg.eigh(bend)
    # Where the curvature is small or negative, use the largest width allowed here.
    return centre, vectors / np.sqrt(np.maximum(values, 0.05))


SIDES = np.eye(DIMENSIONS)


@cache
def _spread_evenly() -> tuple[Array, Array]:
    """Return points of a t-distribution around 0, and their log-density."""
    sobol = qmc.Sobol(DIMENSIONS + 1, scramble=True, seed=20261126)
    cube = np.clip(sobol.random(DRAWS), 1e-9, 1 - 1e-9)
    bell = ndtri(cube[:, :DIMENSIONS])
    points = bell * np.sqrt(FREEDOM / chi2.ppf(cube[:, [DIMENSIONS]], FREEDOM))
    squares = (points**2).sum(axis=1)
    density = -0.5 * (FREEDOM + DIMENSIONS) * np.log1p(squares / FREEDOM)
    return points, density


def _points(centre: Array, root: Array) -> tuple[Array, Array]:
    points, density = _spread_evenly()
    return centre + points @ root.T, density
