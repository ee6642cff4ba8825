"""The forecast compared with made-up employers, and the effect of following the steps.

Each prints its table, since a share in every tenth is no single number.
"""

import sys
from collections.abc import Sequence

from benchmarks.employers import EMPLOYERS
from benchmarks.figure import Figure, columns
from benchmarks.following import WAITS as PLAYED
from benchmarks.following import compared
from benchmarks.waiting import (
    OWN,
    QUESTIONS,
    SEED,
    UNDATED,
    WAITS,
    WITHIN,
    Tenth,
    coverage,
    drift_errors,
    equal_tenths,
    open_waits,
    tenths,
)
from insights.forecast.compare import Comparison

ASSUMED, EVER = "as assumed", "any word, ever"


def calibration() -> list[Figure]:
    """The target applies to the world as assumed; the other shows the cost of wrong assumptions."""
    found = [figure for world in EMPLOYERS for figure in _calibration_in(world)]
    return [*found, _calibration_after_import()]


def _calibration_after_import() -> Figure:
    seen = open_waits(ASSUMED, is_imported=True)
    most = _most([*tenths(seen, EVER), *equal_tenths(seen, EVER)])
    return Figure(
        name="share answered off its chance, after an import",
        value=round(most, 3),
        unit="at most",
        yardstick=f"{WAITS:,} open waits of candidates whose {', '.join(map(str, OWN))} own waits "
        f"were imported, {UNDATED:.0%} of them without a day",
        target=WITHIN,
        is_most=True,
    )


def _calibration_in(world: str) -> list[Figure]:
    seen = open_waits(world)
    for question in QUESTIONS:
        _tell(f"{question}; employers {world}; seed {SEED}", *tenths_table(tenths(seen, question)))
    is_target = world == ASSUMED
    yardstick = f"{WAITS:,} open waits at employers {world}"
    most = _most([*tenths(seen, EVER), *equal_tenths(seen, EVER)])
    covered = round(100 * coverage(seen), 1)
    figures = [
        Figure(
            name="share answered off its chance",
            value=round(most, 3),
            unit="at most",
            yardstick=f"{yardstick}, in any tenth of the chance or of the waits",
            target=WITHIN if is_target else None,
            is_most=True,
        ),
        Figure("80 % intervals cover, at least", covered, "%", yardstick),
        Figure("80 % intervals cover, at most", covered, "%", yardstick, is_most=True),
    ]
    if not is_target:
        return figures[:2]
    return [
        figures[0],
        Figure("80 % intervals cover, at least", covered, "%", yardstick, 75),
        Figure("80 % intervals cover, at most", covered, "%", yardstick, 85, is_most=True),
    ]


def recovery() -> Figure:
    errors = drift_errors()
    rows = [(str(own), f"{error:.3f}") for own, error in errors.items()]
    _tell("slow and silent employers", ("own waits", "mean error of the chance"), rows)
    return Figure(
        name="error left by 30 own waits",
        value=round(errors[30] / errors[0], 2),
        unit="of none",
        yardstick=f"employers far from the prior: {errors[0]:.3f} without own waits",
        target=0.5,
        is_most=True,
    )


def following() -> list[Figure]:
    """No target: the effect of a call is assumed."""
    ways = compared()
    _tell(f"{PLAYED:,} waits of 60 days, each way", *following_table(ways))
    silent = ways["in silence"]
    return [
        Figure(
            name=f"known by day 20, {way}",
            value=round(100 * each.known_20 / each.of_20, 1),
            unit="%",
            yardstick=f"in silence {100 * silent.known_20 / silent.of_20:.1f} %; "
            f"{each.calls_in_vain / each.waits:.2f} calls for nothing a wait",
        )
        for way, each in ways.items()
        if each is not silent
    ]


def tenths_table(rows: Sequence[Tenth]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    heads = ("chance", "waits", "given", "came", "off")
    return heads, [
        (row.name, f"{row.waits:,}", f"{row.given:.3f}", f"{row.came:.3f}", f"{row.away:+.3f}")
        for row in rows
    ]


def following_table(
    ways: dict[str, Comparison],
) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    heads = ("way", "half known on day", "by day 10", "by day 20", "ever", "calls", "for nothing")
    return (*heads, "letters"), [
        (
            way,
            "never" if each.half_on is None else str(each.half_on),
            f"{each.known_10 / each.of_10:.1%}",
            f"{each.known_20 / each.of_20:.1%}",
            f"{each.known / each.waits:.1%}",
            f"{each.calls / each.waits:.2f}",
            f"{each.calls_in_vain / each.waits:.2f}",
            f"{each.letters / each.waits:.2f}",
        )
        for way, each in ways.items()
    ]


def _most(rows: Sequence[Tenth]) -> float:
    return max(abs(row.away) for row in rows)


def _tell(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print(f"\n{title}\n{columns(heads, rows)}\n", file=sys.stderr, flush=True)
