"""How fast the rules decide."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter

from bench.figure import Figure
from interviews.rules import Case, decide, parse_case
from interviews.working_days import calendar_for

CASES = Path(__file__).parents[1] / "tests" / "data" / "rules-cases.jsonl"
ROUNDS = 5
SECONDS_PER_ROUND = 0.5


def decisions_per_second() -> Figure:
    """Of cases already read, on one core; the best of some rounds, as others slow one down."""
    cases = _cases()

    def decide_all() -> int:
        for case, now in cases:
            decide(case, now)
        return len(cases)

    decide_all()  # the first meeting with each country's holidays is not what is measured
    return Figure(
        name="decisions",
        value=round(max(_rate(decide_all) for _ in range(ROUNDS))),
        unit="1/s",
        yardstick=f"one core, the {len(cases)} cases of tests/data/rules-cases.jsonl in turn",
        target=10_000,
    )


def _cases() -> list[tuple[Case[str], datetime]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [parse_case(json.loads(line), calendars=calendar_for) for line in lines]


def _rate(work: Callable[[], int]) -> float:
    """Units of work a second, over a while."""
    done, began = 0, perf_counter()
    while (passed := perf_counter() - began) < SECONDS_PER_ROUND:
        done += work()
    return done / passed
