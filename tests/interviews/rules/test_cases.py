"""Every line of tests/data/rules-cases.jsonl comes out as expected."""

import json
from pathlib import Path
from typing import Any

import pytest

from interviews.rules import decide, parse_case
from interviews.working_days import calendar_for

CASES = Path(__file__).parents[2] / "data" / "rules-cases.jsonl"
LINES = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "value", LINES, ids=[f"{n} {line['note']}" for n, line in enumerate(LINES, start=1)]
)
def test_case(value: dict[str, Any]) -> None:
    case, now = parse_case(value, calendars=calendar_for)
    step = decide(case, now)
    assert {
        "step": step.step,
        "due": step.due and step.due.isoformat(),
        "expires": step.expires and step.expires.isoformat(),
        "person": step.person,
        "rule": step.rule,
    } == value["expect"]
