from datetime import date

import pytest

from dashboard.agreements.forms import day_choices, parse_day


@pytest.mark.parametrize(
    ("today", "named", "day"),
    [
        (date(2026, 11, 23), "Friday", "2026-11-27"),  # a Monday
        (date(2026, 11, 25), "Friday", "2026-11-27"),
        (date(2026, 11, 26), "Monday", "2026-11-30"),  # Friday is tomorrow
        (date(2026, 11, 27), "Monday", "2026-11-30"),  # Friday is in a week
        (date(2026, 11, 28), "Friday", "2026-12-04"),
        (date(2026, 11, 29), "Friday", "2026-12-04"),
    ],
)
def test_the_days_said_most_are_offered_once_each(today: date, named: str, day: str) -> None:
    offered = dict(day_choices(today))
    assert len(offered) == 5
    assert named in offered[day]
    assert next(iter(offered)) == date.fromordinal(today.toordinal() + 1).isoformat()
    assert list(offered)[2] == date.fromordinal(today.toordinal() + 7).isoformat()


@pytest.mark.parametrize(
    ("value", "day"), [("2026-11-23", date(2026, 11, 23)), ("none", None), ("", None)]
)
def test_a_choice_carries_its_date(value: str, day: date | None) -> None:
    assert parse_day(value) == day
