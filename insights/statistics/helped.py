"""What it helped to follow up: waits in silence beside waits with calls and letters.

Only the computation imports this, because scipy is slow to load. docs/insights.md defines the
figures.
"""

from collections.abc import Sequence
from datetime import date

from insights.forecast.compare import Strategy, compare
from insights.statistics.figures import HelpedCounts
from insights.statistics.spans import Span


def count_helped(waits: Sequence[Span], *, today: date) -> list[HelpedCounts]:
    """Waits in silence, and waits with at least one follow-up. Withdrawn ones did not wait to the
    end, and of undated ones nobody knows it."""
    groups: dict[str, list[Strategy]] = {"silence": [], "steps": []}
    for wait in waits:
        if not (wait.is_withdrawn or wait.is_undated):
            groups["steps" if wait.asked else "silence"].append(_waited(wait, today))
    return [_helped(what, group) for what, group in groups.items()]


def _waited(wait: Span, today: date) -> Strategy:
    calls = [each for each in wait.asked if each.is_call]
    told_on = wait.known_on if wait.is_answered else None
    in_vain = [each for each in calls if told_on is None or not 0 <= (told_on - each.on).days <= 1]
    return Strategy(
        known_on=wait.days_known,
        since=(today - wait.ended_on).days,
        calls=len(calls),
        calls_in_vain=len(in_vain),
        letters=len(wait.asked) - len(calls),
    )


def _helped(what: str, group: Sequence[Strategy]) -> HelpedCounts:
    told = compare(group)
    return HelpedCounts(
        what=what,
        waits=told.waits,
        median=told.median,
        half_on=told.half_on,
        known_10=told.known_10,
        of_10=told.of_10,
        known_20=told.known_20,
        of_20=told.of_20,
        calls=told.calls,
        calls_in_vain=told.calls_in_vain,
    )
