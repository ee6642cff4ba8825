"""Days and moments as people write them."""

from datetime import date, time

import pytest

from integrations.position_import.days import read_day, read_time, zone_of


@pytest.mark.parametrize(
    ("text", "on", "clock"),
    [
        ("2026-03-02", date(2026, 3, 2), None),
        ("2026/03/02 14:30", date(2026, 3, 2), time(14, 30)),
        ("8.1.2026", date(2026, 1, 8), None),
        ("24.2.2026, 14:30 Uhr", date(2026, 2, 24), time(14, 30)),
        ("16.11.2026 10 Uhr", date(2026, 11, 16), time(10)),
        ("Fri 11/09/2026 2pm", date(2026, 9, 11), time(14)),
        ("12/03/2026 à 14h30", date(2026, 3, 12), time(14, 30)),
        ("28-01-2026 às 15h", date(2026, 1, 28), time(15)),
        ("20.02.2026 в 14:00", date(2026, 2, 20), time(14)),
        ("March 16, 2026 2:30 PM", date(2026, 3, 16), time(14, 30)),
        ("03-Mar-26", date(2026, 3, 3), None),
        ("1er déc. 2026", date(2026, 12, 1), None),
        ("3 de febrero de 2026", date(2026, 2, 3), None),
        ("5 марта 2026", date(2026, 3, 5), None),
        ("5. März 2026 um 10:00", date(2026, 3, 5), time(10)),
        ("Mon Mar 02 2026 10:00:00 GMT+0100 (CET)", date(2026, 3, 2), time(10)),
        ("2026年3月2日", date(2026, 3, 2), None),
        ("46265", date(2026, 8, 31), None),
        ("46274.4583333333", date(2026, 9, 9), time(11)),
        ("20260302T143000Z", date(2026, 3, 2), time(14, 30)),
    ],
)
def test_a_day(text: str, on: date, clock: time | None) -> None:
    day = read_day(text)
    assert day is not None
    assert day.year is not None
    assert day.on(day.year, day_first=True) == on
    assert day.clock == clock


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "TBD", "3.450 €", "10:00", "v1.2.3", "030 23125 201", "45k", "1/2026"]
)
def test_no_day(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["31.02.2026", "2026-13-45", "30/02/2026"])
def test_a_day_that_is_in_no_calendar(text: str) -> None:
    day = read_day(text)
    assert day is None or day.on(2026, day_first=True) is None


@pytest.mark.parametrize(
    ("text", "day_first", "on"),
    [
        ("03/04/2026", True, date(2026, 4, 3)),
        ("03/04/2026", False, date(2026, 3, 4)),
        ("13/04/2026", False, date(2026, 4, 13)),
        ("1/5/26", False, date(2026, 1, 5)),
    ],
)
def test_which_comes_first(text: str, day_first: bool, on: date) -> None:
    day = read_day(text)
    assert day is not None
    assert day.on(day.year or 0, day_first=day_first) == on


@pytest.mark.parametrize("text", ["16.11. 10 Uhr", "3 Mar", "12/03", "4.5."])
def test_a_day_without_a_year(text: str) -> None:
    day = read_day(text)
    assert day is not None
    assert day.year is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:30", time(14, 30)),
        ("2pm", time(14)),
        ("9h30", time(9, 30)),
        ("0.604166667", time(14, 30)),
    ],
)
def test_a_time(text: str, clock: time) -> None:
    assert read_time(text) == clock


def test_zones() -> None:
    assert str(zone_of("America/New_York")) == "America/New_York"
    assert str(zone_of("EST")) == "America/New_York"
    assert str(zone_of("+02:00")) == "UTC+02:00"
    assert zone_of("somewhere") is None
