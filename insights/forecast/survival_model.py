"""The survival model of one wait, for many draws of its parameters at once.

A draw is a row of six numbers: the log-odds that employers answer at all, that they keep a promise
if they answer, and that the answer is good; the scale of a Weibull curve in days, as a logarithm;
its shape, as log-odds, since it lies between 0 and 1, where each silent day makes an answer on the
next less likely; and how much longer a rejection takes, as a logarithm. Arrays have a row for each
draw and a column for each wait or day.

Without a promise the time to an answer follows the Weibull curve. With one, a share of those who
will answer does so by the promised day, more of them the nearer it is; for the others the clock
starts again after that day.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.forecast.priors import SLOWER, TOLD_LOGIT
from insights.forecast.spells import Employer

Array = NDArray[np.float64]

TOLD, KEPT, POSITIVE, SCALE, SHAPE, REFUSAL = range(6)
DIMENSIONS = 6
# Answers gather near the promised day: half of those in time come in the last 30 % of it.
GATHERING = 2.0


def expit(logit: Array) -> Array:
    """Convert log-odds to a share."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logit)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Traits:
    """The covariates of waits, a column each. `promised` is the length of the promised spell in
    days, the promised day included; infinite without a promise."""

    logit: Array
    slower: Array
    promised: Array


def traits_of(waits: list[tuple[Employer, int | None]]) -> Traits:
    promised = [np.inf if day is None else day + 1.0 for _employer, day in waits]
    return Traits(
        logit=np.array([TOLD_LOGIT.get(employer, 0.0) for employer, _day in waits]),
        slower=np.array([SLOWER.get(employer, 1.0) for employer, _day in waits]),
        promised=np.array(promised, dtype=np.float64),
    )


class SurvivalModel:
    """For `draws` (rows) and `traits` (columns)."""

    def __init__(self, draws: Array, traits: Traits) -> None:
        self._traits = traits
        self.told = expit(draws[:, [TOLD]] + traits.logit)
        self.positive = expit(draws[:, [POSITIVE]])
        self._kept = expit(draws[:, [KEPT]])
        # Bounds within which no exponential overflows, far outside of all real values.
        scale = np.exp(np.clip(draws[:, [SCALE]], -6, 8)) * traits.slower
        longer = np.exp(np.clip(draws[:, [REFUSAL]], -3, 3) / 2)
        self._scales = (scale / longer, scale * longer)
        self._shape = np.maximum(expit(draws[:, [SHAPE]]), 0.05)

    def told_by(self, days: Array, *, is_positive: bool) -> Array:
        """Return the share of good (or bad) answers, of those that come, within `days`."""
        promised = self._traits.promised
        has_promise = np.isfinite(promised)
        if not has_promise.any():
            return self._weibull(days, is_positive)
        length = np.where(has_promise, promised, 1.0)
        in_time = self._kept * np.minimum(days / length, 1.0) ** GATHERING
        late = self._weibull(np.maximum(days - length, 0.0), is_positive)
        after = np.where(days > length, (1.0 - self._kept) * late, 0.0)
        return np.asarray(
            np.where(has_promise, in_time + after, self._weibull(days, is_positive)),
            dtype=np.float64,
        )

    def _weibull(self, days: Array, is_positive: bool) -> Array:
        scale = self._scales[0 if is_positive else 1]
        return np.asarray(-np.expm1(-((days / scale) ** self._shape)), dtype=np.float64)

    def good(self, days: Array) -> Array:
        """Return the chance that good news has come within `days`."""
        return self.told * self.positive * self.told_by(days, is_positive=True)

    def bad(self, days: Array) -> Array:
        return self.told * (1.0 - self.positive) * self.told_by(days, is_positive=False)

    def silence(self, days: Array) -> Array:
        """Return the chance that nothing has come within `days`."""
        return np.asarray(1.0 - self.good(days) - self.bad(days), dtype=np.float64)
