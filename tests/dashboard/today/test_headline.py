from datetime import UTC, datetime, timedelta

import pytest

from dashboard.today.filters import Kind
from dashboard.today.headline import calls_title, heading, lede

SATURDAY = datetime(2026, 11, 28, 20, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


def counts(**of: int) -> dict[Kind, int]:
    return {kind: of.get(kind.value, 0) for kind in Kind}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            counts(letters=3, decisions=4, calls=3),
            "Saturday: three letters and four decisions today. Three calls on Monday.",
        ),
        (counts(decisions=1, calls=1), "Saturday: one decision today. One call on Monday."),
        (counts(letters=1), "Saturday: one letter today."),
        (counts(calls=2), "Two calls on Monday."),
        (counts(waiting=2), "Saturday: nothing to do today."),
    ],
)
def test_at_a_weekend_calls_are_for_monday(found: dict[Kind, int], said: str) -> None:
    assert heading(found, now=SATURDAY, calls_from=MONDAY) == said


def test_within_the_contact_hours_calls_come_first() -> None:
    found = counts(letters=1, calls=2)
    said = heading(found, now=MONDAY, calls_from=MONDAY)
    assert said == "Monday: two calls and one letter today."


def test_before_the_contact_hours_calls_have_a_time() -> None:
    early = MONDAY - timedelta(hours=2)
    assert heading(counts(calls=1), now=early, calls_from=MONDAY) == "One call from 10:00."
    assert calls_title(MONDAY, now=early) == "Calls from 10:00"
    assert calls_title(MONDAY, now=SATURDAY) == "Calls, Monday from 10:00"


def test_only_a_coachs_suggestions() -> None:
    said = heading(counts(), now=MONDAY, calls_from=MONDAY, has_proposals=True)
    assert said == "Monday: only your coach’s suggestions today."


def test_the_lede_names_the_next_day_with_something_to_do() -> None:
    thursday = MONDAY + timedelta(days=3)
    told = {"waiting": 2, "now": SATURDAY}
    assert lede(thursday, **told, calls_from=None) == (
        "You’re waiting for two answers. Nothing to do until Thursday 3 December."
    )
    said = lede(thursday, **told, calls_from=MONDAY, has_something=True)
    assert said == "After that, nothing until Thursday 3 December."
    assert lede(SATURDAY + timedelta(days=2), **told, calls_from=None, has_something=True)
    tomorrow = SATURDAY + timedelta(days=1)
    assert lede(tomorrow, **told, calls_from=None, has_something=True) == ""


def test_the_lede_is_silent_if_calls_come_before() -> None:
    """ "After that, nothing until Monday" would be said beside "two calls on Monday"."""
    assert lede(MONDAY, waiting=1, now=SATURDAY, calls_from=MONDAY, has_something=True) == ""
    assert lede(None, waiting=0, now=SATURDAY, calls_from=None) == ""


def test_of_very_many_it_says_what_to_begin_with() -> None:
    said = heading(counts(letters=4, decisions=1200, waiting=9), now=MONDAY, calls_from=MONDAY)
    assert said == "Monday: 1,204 things are due. The most urgent come first."
