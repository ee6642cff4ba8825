"""Promises of an answer: kept, late, broken; by company, role, stage and channel."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from interviews.learned.figures import Kept, Promises
from interviews.learned.waits import Agreed, Wait
from interviews.promises import Fate, Promise, fate_of

SETTLED = (Fate.KEPT, Fate.LATE, Fate.BROKEN)


@dataclass(frozen=True, slots=True)
class Made:
    """A promise whose day is over, or that was answered before."""

    wait: Wait
    agreed: Agreed
    fate: Fate
    days_late: int | None = None


def promises_of(waits: Iterable[Wait], *, now: datetime) -> list[Made]:
    """Those that are open, or bound nobody any more before their day, say nothing."""
    made = (_made(wait, number, now) for wait in waits for number in range(len(wait.agreed)))
    return [each for each in made if each is not None]


def _made(wait: Wait, number: int, now: datetime) -> Made | None:
    agreed = wait.agreed[number]
    if not agreed.is_promise:
        return None
    assert agreed.due_at is not None
    assert agreed.due_on is not None
    words = [each for each in wait.touches if _is_word(each.is_own, each.is_answered)]
    word = next((each for each in words if each.at > agreed.made_at), None)
    later = wait.agreed[number + 1 :]
    replaced_at = next((each.made_at for each in later if each.made_at > agreed.made_at), None)
    withdrawn_at = wait.known_at if wait.is_withdrawn else None
    released = [each for each in (replaced_at, withdrawn_at) if each is not None]
    known_at = wait.known_at if wait.is_answered else None
    fate = fate_of(
        Promise(
            due_at=agreed.due_at,
            answered_at=None if word is None else word.at,
            known_at=known_at,
            released_at=min(released, default=None),
        ),
        now=now,
    )
    if fate not in SETTLED:
        return None
    told_on = [each.on for each in (word,) if each is not None]
    if known_at is not None and wait.known_on is not None:
        told_on.append(wait.known_on)
    late = max((min(told_on) - agreed.due_on).days, 0) if fate == Fate.LATE else None
    return Made(wait, agreed, fate, late)


def _is_word(is_own: bool, is_answered: bool) -> bool:
    return not is_own and is_answered


def tabulate(made: list[Made]) -> Promises:
    companies = _by(made, lambda each: each.wait.company)
    names = {each.wait.company: each.wait.name for each in made}
    return Promises(
        all=_kept("", made),
        companies={key: _kept(names[key], rows) for key, rows in companies.items()},
        roles=_rows(made, lambda each: each.agreed.role),
        stages=_rows(made, lambda each: each.wait.stage),
        channels=_rows(made, lambda each: each.agreed.channel),
    )


def _rows(made: list[Made], key: Callable[[Made], str]) -> list[Kept]:
    rows = [_kept(label, each) for label, each in _by(made, key).items() if label]
    return sorted(rows, key=lambda row: (-row.made, row.label))


def _by(made: list[Made], key: Callable[[Made], str]) -> dict[str, list[Made]]:
    groups: dict[str, list[Made]] = defaultdict(list)
    for each in made:
        groups[key(each)].append(each)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _kept(label: str, made: list[Made]) -> Kept:
    late = [each.days_late for each in made if each.days_late is not None]
    kept, was_late, broken = (sum(each.fate == fate for each in made) for fate in SETTLED)
    return Kept(label, kept, was_late, broken, float(median(late)) if late else None)
