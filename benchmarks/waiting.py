"""Is the forecast calibrated? Its chances compared with what made-up employers then did."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from benchmarks.employers import EMPLOYERS, NEVER, Answer, World, drifted
from insights.forecast import PUBLISHED, Ending, Forecast, Posterior, Silence, Spell, forecast
from insights.forecast.fit import fit

SEED = 20261126
WAITS = 20_000
OF_ONE_CANDIDATE = 4
OWN = (0, 5, 30)
LOOKED_AT = 31  # on a day from 0 to 30
AHEAD = 7
# The share of an imported list that names no day.
UNDATED = 0.5
# In a tenth with fewer waits, chance alone moves the share by the tolerance.
FEW = 1_000
WITHIN = 0.03


@dataclass(frozen=True, slots=True)
class OpenWait:
    """One open wait: its forecast, its outcome, and the employer's true chance."""

    said: Forecast
    own: int
    day: int  # of the answer
    is_positive: bool
    true: float


@dataclass(frozen=True, slots=True)
class Tenth:
    name: str
    waits: int
    given: float
    came: float

    @property
    def away(self) -> float:
        return self.came - self.given


def history(
    world: World, count: int, rng: np.random.Generator, *, is_imported: bool = False
) -> Posterior:
    """The posterior after this many waits, some of them closed or still open."""
    closed: Counter[Spell] = Counter()
    for answer in world.answers(count):
        looked_for = int(rng.integers(10, 61))
        spell = answer.seen_for(looked_for)
        if is_imported and rng.random() < UNDATED:
            spell = _undated(spell, looked_for)
        closed[spell] += 1
    return fit(closed, {}, PUBLISHED)


def _undated(spell: Spell, looked_for: int) -> Spell:
    """As a list without days tells it: answered by the day of the import, or silent until then."""
    if spell.ending == Ending.OPEN:
        return spell
    return replace(spell, days=looked_for - 1, is_dated=False)


@cache
def open_waits(name: str, *, is_imported: bool = False) -> list[OpenWait]:
    """Of each candidate's waits, look at those still open on the day. As in reality, candidates
    with silent employers have more of them."""
    rng = np.random.default_rng(SEED)
    seen: list[OpenWait] = []
    number = 0
    while len(seen) < WAITS:
        own = OWN[number % len(OWN)]
        number += 1
        world = EMPLOYERS[name](rng)
        posterior = history(world, own, rng, is_imported=is_imported)
        seen += _open_waits_of(world, posterior, own, rng)
    return seen[:WAITS]


def _open_waits_of(
    world: World, posterior: Posterior, own: int, rng: np.random.Generator
) -> list[OpenWait]:
    waits = OF_ONE_CANDIDATE
    days = [int(LOOKED_AT * rng.random() ** 2) for _ in range(waits)]
    answers = zip(days, world.answers(waits), strict=True)
    return [
        _open_wait(world, posterior, own, day, each) for day, each in answers if each.day >= day
    ]


def _open_wait(world: World, posterior: Posterior, own: int, day: int, answer: Answer) -> OpenWait:
    silence = Silence(day, answer.employer, answer.promised_in)
    said = forecast(posterior, silence, by=day + AHEAD)
    true = world.true_chance(answer.employer, answer.promised_in, day)
    return OpenWait(said, own, answer.day, answer.is_positive, true)


Given = Callable[[OpenWait], float]
Came = Callable[[OpenWait], bool]
QUESTIONS: dict[str, tuple[Given, Came]] = {
    "any word, ever": (lambda wait: wait.said.ever.middle, lambda wait: wait.day < NEVER),
    "good news, ever": (
        lambda wait: wait.said.ever_positive.middle,
        lambda wait: wait.day < NEVER and wait.is_positive,
    ),
    "any word within a week": (
        lambda wait: wait.said.until.middle,
        lambda wait: wait.day <= wait.said.by,
    ),
    "good news within a week": (
        lambda wait: wait.said.until_positive.middle,
        lambda wait: wait.day <= wait.said.by and wait.is_positive,
    ),
}


def tenths(seen: list[OpenWait], question: str) -> list[Tenth]:
    """Group by forecast chance: 0 to 0.1, and so on. A group with few waits is merged with its
    neighbour."""
    given, _came = QUESTIONS[question]
    groups = [(n / 10, (n + 1) / 10, list[OpenWait]()) for n in range(10)]
    for wait in seen:
        groups[min(int(given(wait) * 10), 9)][2].append(wait)
    joined = [groups[0]]
    for low, high, rows in groups[1:]:
        before = joined[-1]
        if len(before[2]) < FEW or len(rows) < FEW:
            joined[-1] = (before[0], high, [*before[2], *rows])
        else:
            joined.append((low, high, rows))
    return [_tenth(f"{low:.1f}–{high:.1f}", rows, question) for low, high, rows in joined]


def equal_tenths(seen: list[OpenWait], question: str) -> list[Tenth]:
    """Group into ten parts of equal size, ordered by forecast chance."""
    given, _came = QUESTIONS[question]
    rows = sorted(seen, key=given)
    size = len(rows) // 10
    parts = [rows[n * size : (n + 1) * size] for n in range(10)]
    return [_tenth(f"part {n}", part, question) for n, part in enumerate(parts, 1)]


def _tenth(name: str, rows: list[OpenWait], question: str) -> Tenth:
    given, came = QUESTIONS[question]
    shares = [float(np.mean([ask(wait) for wait in rows])) for ask in (given, came)]
    return Tenth(name, len(rows), *shares)


def coverage(seen: list[OpenWait]) -> float:
    """Return the share of waits whose true chance lies in the 80 % interval."""
    inside = [wait.said.ever.low <= wait.true <= wait.said.ever.high for wait in seen]
    return float(np.mean(inside))


def drift_errors() -> dict[int, float]:
    """Return the mean error of the forecast chance, by the number of own waits."""
    errors: dict[int, float] = {}
    for own in (0, 5, 10, 30, 100):
        rng = np.random.default_rng(SEED)
        away = []
        for _candidate in range(300):
            world = drifted(rng)
            rows = _open_waits_of(world, history(world, own, rng), own, rng)
            away += [abs(wait.said.ever.middle - wait.true) for wait in rows]
        errors[own] = float(np.mean(away))
    return errors
