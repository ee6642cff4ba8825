"""The positions of lines, bars and labels."""

import re

from insights.charts.columns import HEIGHT, Count, draw_columns
from insights.charts.curve import draw_curve
from insights.forecast import Chance, Forecast

HALF = Chance(0.25, 0.5, 0.75)


def forecasts(last: int) -> list[Forecast]:
    return [
        Forecast(day, day + 7, HALF, Chance(0, 0.1, 0.2), HALF, HALF) for day in range(last + 1)
    ]


def test_a_curve_fills_its_square() -> None:
    drawn = draw_curve(forecasts(20), now=5, promised_in=10)
    assert drawn.ever.startswith("M0 50L5 50")
    assert drawn.ever.endswith("L100 50")
    assert drawn.positive.startswith("M0 90")
    assert drawn.band.startswith("M0 25L")
    assert drawn.band.endswith("L0 75Z")
    assert (drawn.now, drawn.dot, drawn.promised) == ("25%", "50", "50%")


def test_days_below_it_leave_room_and_lean_inwards() -> None:
    for last in (1, 3, 20, 45, 90, 365):
        words = draw_curve(forecasts(last), now=0, promised_in=None).labels
        assert len(words) <= 7
        assert words[0].anchor == "start"
        assert all(re.fullmatch(r"[\d.]+%", word.x) for word in words)


def test_a_promise_beyond_the_plot_is_left_out() -> None:
    assert draw_curve(forecasts(20), now=5, promised_in=40).promised == ""


def test_columns_stand_on_one_line_and_the_highest_fills_the_height() -> None:
    drawn = draw_columns([Count("a", 1), Count("b", 2, 2), Count("c", 0)])
    first, second, third = drawn.columns
    assert first.lower is not None
    assert first.lower.y + first.lower.height == drawn.base
    assert second.lower is not None
    assert second.upper is not None
    assert second.lower.height + second.upper.height == HEIGHT
    assert second.upper.y + second.upper.height == second.lower.y
    assert (third.lower, third.upper, third.number) == (None, None, "")
    assert (first.number, second.number) == ("1", "4")


def test_no_columns() -> None:
    assert draw_columns([]).columns == ()
    assert draw_columns([Count("a", 0)]).columns[0].lower is None
