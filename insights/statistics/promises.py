"""Promises of an answer: kept, late, broken; by company, role, stage and channel."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from insights.promise_outcome import Outcome, Promise, outcome_of
from insights.statistics.figures import PromiseCounts, PromiseTables
from insights.statistics.spans import AgreedDay, Span

SETTLED = (Outcome.KEPT, Outcome.LATE, Outcome.BROKEN)


@dataclass(frozen=True, slots=True)
class SettledPromise:
    """A promise whose day is over, or that was answered before."""

    wait: Span
    agreed: AgreedDay
    outcome: Outcome
    days_late: int | None = None


def settled_promises(waits: Iterable[Span], *, now: datetime) -> list[SettledPromise]:
    """Skip promises that are open or were released before their day."""
    made = (_made(wait, number, now) for wait in waits for number in range(len(wait.agreed)))
    return [each for each in made if each is not None]


def _made(wait: Span, number: int, now: datetime) -> SettledPromise | None:
    agreed = wait.agreed[number]
    if not agreed.is_promise or wait.is_undated:
        return None
    assert agreed.due_at is not None
    assert agreed.due_on is not None
    words = (each for each in wait.touches if each.is_answered and not each.is_own)
    word = next((each for each in words if each.at > agreed.made_at), None)
    later = (each.made_at for each in wait.agreed[number + 1 :] if each.made_at > agreed.made_at)
    word_at = word.at if word else None
    told = Promise(agreed.due_at, word_at, next(later, None), wait.kind, wait.known_at)
    outcome = outcome_of(told, now=now)
    if outcome not in SETTLED:
        return None
    days = (word.on if word else None, wait.known_on if wait.is_answered else None)
    told_on = min((each for each in days if each is not None), default=None)
    late = max((told_on - agreed.due_on).days, 0) if told_on and outcome == Outcome.LATE else None
    return SettledPromise(wait, agreed, outcome, late)


def tabulate(made: list[SettledPromise]) -> PromiseTables:
    companies = _by(made, lambda each: each.wait.company)
    names = {each.wait.company: each.wait.name for each in made}
    return PromiseTables(
        all=_kept("", made),
        companies={key: _kept(names[key], rows) for key, rows in companies.items()},
        roles=_rows(made, lambda each: each.agreed.role),
        stages=_rows(made, lambda each: each.wait.stage),
        channels=_rows(made, lambda each: each.agreed.channel),
    )


def _rows(made: list[SettledPromise], key: Callable[[SettledPromise], str]) -> list[PromiseCounts]:
    rows = [_kept(label, each) for label, each in _by(made, key).items() if label]
    return sorted(rows, key=lambda row: (-row.made, row.label))


def _by(
    made: list[SettledPromise], key: Callable[[SettledPromise], str]
) -> dict[str, list[SettledPromise]]:
    groups: dict[str, list[SettledPromise]] = defaultdict(list)
    for each in made:
        groups[key(each)].append(each)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _kept(label: str, made: list[SettledPromise]) -> PromiseCounts:
    late = [each.days_late for each in made if each.days_late is not None]
    kept, was_late, broken = (sum(each.outcome == outcome for each in made) for outcome in SETTLED)
    return PromiseCounts(label, kept, was_late, broken, float(median(late)) if late else None)
