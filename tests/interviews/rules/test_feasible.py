"""From when a due step can be taken, and which of several comes first."""

from datetime import datetime

import pytest

from interviews.rules import Case, Initiator, possible_from, urgency
from tests.interviews.rules.build import BERLIN, candidate, case, contact, next_step, promise

BY_FRIDAY = case(agreements=[promise("2026-11-16 15:00", "2026-11-20")])
OWN = case(
    agreements=[promise("2026-11-16 15:00", "2026-11-21", "11:00", initiator=Initiator.CANDIDATE)]
)
MISSED = case(contacts=[contact("2026-11-20 16:50", "in", "no_answer")])
WRITTEN = case(agreements=[promise("2026-11-16 15:00", "2026-11-20", may_call="no")])


def can(the_case: Case[str], now: str) -> str:
    """When it can be done, on one line."""
    moment = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    found = possible_from(the_case.candidate, next_step(now, the_case), moment)
    return "now" if found is None else found.strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("the_case", "now", "expected"),
    [
        (BY_FRIDAY, "2026-11-22 20:00", "now"),  # not due yet, so there is nothing to put off
        (BY_FRIDAY, "2026-11-23 10:00", "now"),
        (BY_FRIDAY, "2026-11-23 16:59", "now"),
        (BY_FRIDAY, "2026-11-23 17:00", "Tue 24 10:00"),
        (BY_FRIDAY, "2026-11-24 08:15", "Tue 24 10:00"),
        (BY_FRIDAY, "2026-11-28 12:00", "Mon 30 10:00"),
        (MISSED, "2026-11-20 17:30", "Mon 23 10:00"),
        (MISSED, "2026-11-21 12:00", "Mon 23 10:00"),
        (OWN, "2026-11-21 11:00", "now"),  # agreed for that Saturday
        (OWN, "2026-11-21 19:00", "now"),
        (OWN, "2026-11-22 11:00", "Mon 23 10:00"),
        (WRITTEN, "2026-11-28 12:00", "now"),
    ],
)
def test_when_it_can_be_done(the_case: Case[str], now: str, expected: str) -> None:
    assert can(the_case, now) == expected


def test_a_holiday_is_no_day_for_calls() -> None:
    waiting = case(
        "2026-12-14 14:00",
        candidate=candidate(country="DE"),
        agreements=[promise("2026-12-14 15:00", "2026-12-18")],
    )
    assert can(waiting, "2026-12-24 18:00") == "Mon 28 10:00"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24 12:00", ["missed", "promised", "written"]),
        ("2026-11-28 12:00", ["written", "missed", "promised"]),
    ],
)
def test_what_can_be_done_comes_first_and_then_calls(now: str, expected: list[str]) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    cases = {"written": WRITTEN, "promised": BY_FRIDAY, "missed": MISSED}

    def key(name: str) -> object:
        step, person = next_step(now, cases[name]), cases[name].candidate
        possible = possible_from(person, step, moment)
        return urgency(step, possible_from=possible, now=moment)

    assert sorted(cases, key=key) == expected  # type: ignore[arg-type]
