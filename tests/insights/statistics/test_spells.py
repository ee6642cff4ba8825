"""A wait as spells of silence: what ends one, and what says nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insights.forecast import Employer, Ending, Silence, Spell
from insights.statistics.counting import count_followed, count_months, count_waits
from insights.statistics.helped import count_helped
from insights.statistics.spans import AgreedDay, Span
from insights.statistics.spells import open_spell, spells_of

ENDED = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)


def on(day: int) -> datetime:
    return ENDED + timedelta(days=day)


def wait(
    *agreed: AgreedDay, kind: str = "", known: int | None = None, is_day_known: bool = True
) -> Span:
    known_at = None if known is None else on(known)
    return Span(
        ended_at=ENDED,
        ended_on=ENDED.date(),
        stage="first",
        company="acme",
        name="Acme",
        employer=Employer.LARGE,
        agreed=agreed,
        kind=kind,
        known_at=known_at,
        known_on=None if known_at is None else known_at.date(),
        is_day_known=is_day_known,
        recorded_on=None if known_at is None else on(20).date(),
    )


def agreed(day: int, due: int | None = None, **said: bool) -> AgreedDay:
    due_on = None if due is None else on(due).date()
    return AgreedDay(on(day), on(day).date(), said.pop("is_employers", True), due_on, **said)


def spell(days: int, ending: Ending, promised_in: int | None = None) -> Spell:
    return Spell(days, ending, Employer.LARGE, promised_in)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("offer", Ending.POSITIVE),
        ("next_stage", Ending.POSITIVE),
        ("refusal", Ending.NEGATIVE),
        # None of these says that the answer would never have come.
        ("no_response", Ending.OPEN),
        ("assumed_refusal", Ending.OPEN),
        ("withdrawn", Ending.OPEN),
    ],
)
def test_how_it_ends(kind: str, ending: Ending) -> None:
    assert spells_of(wait(kind=kind, known=9), today=TODAY) == [spell(9, ending)]


@pytest.mark.parametrize(("kind", "days"), [("refusal", 20), ("offer", 20), ("next_stage", 9)])
def test_an_answer_without_a_day_came_by_the_last_one_possible(kind: str, days: int) -> None:
    found = wait(kind=kind, known=9, is_day_known=False)
    (told,) = spells_of(found, today=TODAY)
    assert (told.days, told.is_dated) == (days, False)
    assert found.days_known is None


def test_an_answer_without_a_day_counts_in_no_figure_of_times() -> None:
    found = wait(kind="refusal", known=9, is_day_known=False)
    assert count_waits([found]).answered == 1
    assert [each.waits for each in count_followed([found], today=TODAY)] == [0, 0, 0]
    assert [each.waits for each in count_helped([found], today=TODAY)] == [0, 0]
    assert sum(each.answers for each in count_months([found])) == 0


@pytest.mark.parametrize(("kind", "days"), [("no_response", 20), ("withdrawn", 9)])
def test_silence_without_an_end_lasted_until_it_was_recorded(kind: str, days: int) -> None:
    found = wait(kind=kind, known=9, is_day_known=False)
    assert [each.days for each in spells_of(found, today=TODAY)] == [days]


def test_one_that_is_open_lasts_until_today() -> None:
    assert spells_of(wait(), today=TODAY) == [spell(24, Ending.OPEN)]


def test_a_promise_made_at_once() -> None:
    known = wait(agreed(0, 7), kind="refusal", known=9)
    assert spells_of(known, today=TODAY) == [spell(9, Ending.NEGATIVE, 7)]


def test_a_new_agreement_begins_another_stretch() -> None:
    known = wait(agreed(0, 7), agreed(8, 12), kind="offer", known=11)
    assert spells_of(known, today=TODAY) == [
        spell(8, Ending.OPEN, 7),
        spell(3, Ending.POSITIVE, 4),
    ]


def test_no_day_named_begins_one_too_without_a_promise() -> None:
    assert spells_of(wait(agreed(0, 7), agreed(8)), today=TODAY) == [
        spell(8, Ending.OPEN, 7),
        spell(16, Ending.OPEN),
    ]


def test_the_candidates_promise_promises_no_answer() -> None:
    assert spells_of(wait(agreed(0, 7, is_employers=False)), today=TODAY) == [
        spell(24, Ending.OPEN)
    ]


def test_what_was_agreed_after_the_result_is_of_no_wait() -> None:
    known = wait(agreed(12, 14), kind="refusal", known=9)
    assert spells_of(known, today=TODAY) == [spell(9, Ending.NEGATIVE)]


def test_the_day_of_the_interview_says_nothing_unless_they_told() -> None:
    assert spells_of(wait(), today=ENDED.date()) == []
    assert spells_of(wait(kind="offer", known=0), today=TODAY) == [spell(0, Ending.POSITIVE)]


def test_what_is_open_now() -> None:
    now = open_spell(wait(agreed(0, 7), agreed(8, 26, is_silence_no=True)), today=TODAY)
    assert now is not None
    assert now.silence == Silence(16, Employer.LARGE, 18)
    assert (now.since_on, now.promised_on) == (on(8).date(), on(26).date())
    assert now.is_silence_no
    assert open_spell(wait(kind="refusal", known=3), today=TODAY) is None
