"""Made-up employers that answer, late, in time, or never, by known rules and a fixed seed.

Three kinds of world. *As assumed*: each candidate's employers are drawn from the forecast's own
prior, so that a deviation is an error of the arithmetic. *Otherwise*: times of another shape,
employers that differ from each other, promises kept on the day itself, kinds that differ more than
assumed. It shows what happens if the assumptions are wrong. *Drifted*: slow and silent employers,
far from the prior. It shows how soon own waits correct the forecast.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from insights.forecast import Employer, Ending, Spell
from insights.forecast.fit import SPREAD
from insights.forecast.priors import REFUSAL_SLOWER, SHAPE, SLOWER, TOLD_LOGIT
from insights.forecast.survival_model import Array, SurvivalModel, traits_of

NEVER = 100_000  # a day that never comes
KINDS = list(Employer)
SHARES = [0.3, 0.15, 0.15, 0.15, 0.1, 0.15]  # of KINDS, in their order
PROMISED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one employer would do: the day of the answer, from 0, or NEVER."""

    employer: Employer
    promised_in: int | None
    day: int
    is_positive: bool

    def seen_for(self, days: int) -> Spell:
        """Return what a candidate sees who stops looking after this many days."""
        if self.day >= days:
            return Spell(days, Ending.OPEN, self.employer, self.promised_in)
        ending = Ending.POSITIVE if self.is_positive else Ending.NEGATIVE
        return Spell(self.day, ending, self.employer, self.promised_in)


class World:
    """The employers of one candidate."""

    def __init__(self, rng: np.random.Generator, numbers: Array | None = None) -> None:
        self._rng = rng
        self.numbers = self._draw() if numbers is None else numbers

    def _draw(self) -> Array:
        """Draw one world of insights/forecast/survival_model.py from the prior."""
        rng = self._rng
        told, kept, positive = 0.7, 0.46 / 0.7, 0.35
        shares = np.array([rng.beta(10 * each, 10 - 10 * each) for each in (told, kept, positive)])
        shares = np.clip(shares, 1e-6, 1 - 1e-6)
        scale = 3.7 / np.log(2) ** (1 / SHAPE)
        middle = np.log([scale, SHAPE / (1 - SHAPE), REFUSAL_SLOWER])
        logs = rng.normal(middle, SPREAD)
        return np.concatenate([np.log(shares / (1 - shares)), logs])

    def answers(self, count: int) -> list[Answer]:
        return [self._answer() for _ in range(count)]

    def _meet(self) -> tuple[Employer, int | None]:
        employer = KINDS[self._rng.choice(len(KINDS), p=SHARES)]
        has_promise = self._rng.random() < PROMISED_SHARE
        return employer, int(self._rng.integers(2, 15)) if has_promise else None

    def _answer(self) -> Answer:
        employer, promised_in = self._meet()
        rng, numbers = self._rng, self.numbers
        told, kept, positive = 1 / (1 + np.exp(-numbers[:3]))
        told = 1 / (1 + np.exp(-(numbers[0] + TOLD_LOGIT.get(employer, 0.0))))
        if rng.random() >= told:
            return Answer(employer, promised_in, NEVER, False)
        is_positive = bool(rng.random() < positive)
        begins = 0.0
        if promised_in is not None:
            if rng.random() < kept:
                day = int((promised_in + 1) * rng.random() ** 0.5)
                return Answer(employer, promised_in, min(day, promised_in), is_positive)
            begins = promised_in + 1.0
        lag = np.exp(numbers[5] / 2)
        scale = np.exp(numbers[3]) * SLOWER.get(employer, 1.0)
        scale = scale / lag if is_positive else scale * lag
        day = begins + scale * rng.weibull(1 / (1 + np.exp(-numbers[4])))
        return Answer(employer, promised_in, int(min(day, NEVER)), is_positive)

    def true_chance(self, employer: Employer, promised_in: int | None, silent: int) -> float:
        """Return the true chance that an answer still comes, which only the simulator knows."""
        model = SurvivalModel(self.numbers[None, :], traits_of([(employer, promised_in)]))
        so_far = np.array([[float(silent)]])
        told = model.told - model.good(so_far) - model.bad(so_far)
        return float(np.clip(told / model.silence(so_far), 0, 1)[0, 0])


class OtherWorld(World):
    """Lognormal times, employers that differ, much slower rejections, promises kept on the day."""

    def _answer(self) -> Answer:
        employer, promised_in = self._meet()
        rng = self._rng
        told = self.numbers[0] + 1.5 * TOLD_LOGIT.get(employer, 0.0) + rng.normal(0, 0.7)
        if rng.random() >= 1 / (1 + np.exp(-told)):
            return Answer(employer, promised_in, NEVER, False)
        is_positive = bool(rng.random() < 1 / (1 + np.exp(-self.numbers[2])))
        begins = 0
        if promised_in is not None:
            if rng.random() < 1 / (1 + np.exp(-self.numbers[1])):
                is_on_day = rng.random() < 0.6
                day = promised_in if is_on_day else int(rng.integers(0, promised_in + 1))
                return Answer(employer, promised_in, day, is_positive)
            begins = promised_in + 1
        slower = SLOWER.get(employer, 1.0) ** 1.5 * (1 if is_positive else 1.8)
        day = begins + 4.5 * slower * rng.lognormal(0, 1.3)
        return Answer(employer, promised_in, int(min(day, NEVER)), is_positive)


# 40 % answered instead of 70, 25 % of promises kept, half within two weeks instead of four days.
DRIFTED = np.array([np.log(0.4 / 0.6), np.log(0.25 / 0.75), np.log(0.2 / 0.8)])
DRIFTED = np.concatenate([DRIFTED, np.log([14 / np.log(2) ** (1 / 0.8), 0.8 / 0.2, 1.3])])


def drifted(rng: np.random.Generator) -> World:
    return World(rng, DRIFTED)


EMPLOYERS: dict[str, Callable[[np.random.Generator], World]] = {
    "as assumed": World,
    "otherwise": OtherWorld,
}
