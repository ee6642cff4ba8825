"""The law of one wait, for many possible worlds at once.

A world is a row of six numbers: how likely employers are to tell at all, to keep a promise if
they tell, and to tell good news (each as log-odds), and in which time they do: a Weibull curve's
scale in days, as a logarithm; its shape, as log-odds, since it lies between 0 and 1, where each
silent day makes a word on the next less likely; how much longer a refusal takes, as a logarithm.
Arrays have a row for each world and a column for each wait or day.

Without a promise the time to a word follows the Weibull curve. With one, a share of those who will
tell does so by the promised day, more of them the nearer it is; the others as if the clock had
begun anew after that day.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.forecast.priors import SLOWER, TOLD_LOGIT
from insights.forecast.spells import Employer

Array = NDArray[np.float64]

TOLD, KEPT, POSITIVE, SCALE, SHAPE, REFUSAL = range(6)
DIMENSIONS = 6
# Words gather near the promised day: of those that come in time half come in its last 30 %.
GATHERING = 2.0


def expit(logit: Array) -> Array:
    """The share whose log-odds these are."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logit)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known beforehand of some waits, a column each. `promised` is the length of the
    promised stretch in days, the promised day included; infinite where none was named."""

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
    """Of `worlds` (rows) and `traits` (columns)."""

    def __init__(self, worlds: Array, traits: Traits) -> None:
        self._traits = traits
        self.told = expit(worlds[:, [TOLD]] + traits.logit)
        self.positive = expit(worlds[:, [POSITIVE]])
        self._kept = expit(worlds[:, [KEPT]])
        # In bounds in which no exponential overflows; far outside of all that is ever learned.
        scale = np.exp(np.clip(worlds[:, [SCALE]], -6, 8)) * traits.slower
        longer = np.exp(np.clip(worlds[:, [REFUSAL]], -3, 3) / 2)
        self._scales = (scale / longer, scale * longer)
        self._shape = np.maximum(expit(worlds[:, [SHAPE]]), 0.05)

    def told_by(self, days: Array, *, is_positive: bool) -> Array:
        """The share of good (or bad) news of those who tell that has come within `days`."""
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
        """The chance that good news has come within `days`."""
        return self.told * self.positive * self.told_by(days, is_positive=True)

    def bad(self, days: Array) -> Array:
        return self.told * (1.0 - self.positive) * self.told_by(days, is_positive=False)

    def silence(self, days: Array) -> Array:
        """The chance that nothing has come within `days`."""
        return np.asarray(1.0 - self.good(days) - self.bad(days), dtype=np.float64)
