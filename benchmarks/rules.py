"""How fast the rules decide."""

import json
from datetime import datetime
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.pace import rate
from interviews.rules import Case, decide, parse_case
from interviews.working_days import calendar_for

CASES = Path(__file__).parents[1] / "tests" / "data" / "rules-cases.jsonl"
ROUNDS = 5
SECONDS_PER_ROUND = 0.5


def decisions_per_second() -> Figure:
    """Cases already read, on one core; the best of several rounds."""
    cases = _cases()

    def decide_all() -> int:
        for case, now in cases:
            decide(case, now)
        return len(cases)

    decide_all()  # computing each country's holidays is not measured
    return Figure(
        name="decisions",
        value=round(rate(decide_all, seconds=SECONDS_PER_ROUND, rounds=ROUNDS)),
        unit="1/s",
        yardstick=f"one core, the {len(cases)} cases of tests/data/rules-cases.jsonl in turn",
        target=10_000,
    )


def _cases() -> list[tuple[Case[str], datetime]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [parse_case(json.loads(line), calendars=calendar_for) for line in lines]
