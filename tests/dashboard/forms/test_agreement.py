from datetime import date

import pytest

from dashboard.agreements.forms import day_choices, parse_day
from interviews.working_days import calendar_for


@pytest.mark.parametrize(
    ("today", "names", "days"),
    [
        # a Monday
        ("2026-11-23", ["Tomorrow", "Thursday"], ["2026-11-24", "2026-11-26", "2026-11-30"]),
        ("2026-11-25", ["Tomorrow", "Monday"], ["2026-11-26", "2026-11-30", "2026-12-02"]),
        ("2026-11-27", ["Monday", "Wednesday"], ["2026-11-30", "2026-12-02", "2026-12-04"]),
        ("2026-11-28", ["Monday", "Wednesday"], ["2026-11-30", "2026-12-02", "2026-12-07"]),
        ("2026-11-29", ["Tomorrow", "Wednesday"], ["2026-11-30", "2026-12-02", "2026-12-07"]),
        # Christmas, and the day after it
        ("2026-12-23", ["Tomorrow", "Tuesday"], ["2026-12-24", "2026-12-29", "2026-12-30"]),
    ],
)
def test_the_days_said_most_are_offered_where_somebody_works(
    today: str, names: list[str], days: list[str]
) -> None:
    offered = day_choices(date.fromisoformat(today), calendar_for("DE"))
    assert [value for value, _ in offered] == [*days, "other"]
    for name, (_, label) in zip(names, offered, strict=False):
        assert name in label
    assert f"{date.fromisoformat(days[2]):%a}" in offered[2][1]


@pytest.mark.parametrize(
    ("value", "day"), [("2026-11-23", date(2026, 11, 23)), ("none", None), ("", None)]
)
def test_a_choice_carries_its_date(value: str, day: date | None) -> None:
    assert parse_day(value) == day
