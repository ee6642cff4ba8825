"""Compared waits, counted by hand."""

from insights.forecast.compare import Strategy, compare


def test_compare() -> None:
    told = compare(
        [
            Strategy(known_on=3, since=40, calls=1),
            Strategy(known_on=12, since=40, calls=2, calls_in_vain=1),
            Strategy(known_on=None, since=40, letters=1),
            Strategy(known_on=None, since=15),
        ]
    )
    assert (told.waits, told.known, told.median) == (4, 2, 7.5)
    assert (told.known_10, told.of_10) == (1, 4)
    # The wait of 15 days says nothing about the twentieth.
    assert (told.known_20, told.of_20) == (2, 3)
    assert (told.calls, told.calls_in_vain, told.letters) == (3, 1, 1)
    assert told.half_on == 12


def test_young_waits_are_counted_for_as_long_as_they_last() -> None:
    young = [Strategy(known_on=None, since=2) for _ in range(10)]
    old = [Strategy(known_on=5, since=30), Strategy(known_on=9, since=30)]
    assert compare([*young, *old]).half_on == 5
    assert compare(young).half_on is None
    assert compare([]).median is None
