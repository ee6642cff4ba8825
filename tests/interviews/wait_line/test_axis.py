from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.wait_line.axis import MarkKind, Reach, axis_for, row_of
from interviews.wait_line.waited import ContactDot, DotKind, Waited

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)  # a Saturday
AXIS = axis_for(Reach.SIX_WEEKS, now=NOW)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def lengths(waited: Waited) -> dict[str, float]:
    """Of each kind of segment, in days."""
    row = row_of(waited, AXIS)
    return {
        each.kind: round((share(each.x2) - share(each.x1)) * AXIS.days / 100, 1)
        for each in row.segments
    }


@pytest.mark.parametrize(
    ("reach", "oldest", "first", "last"),
    [
        (Reach.SIX_WEEKS, None, date(2026, 10, 26), date(2026, 12, 12)),
        (Reach.TWO_WEEKS, None, date(2026, 11, 16), date(2026, 12, 5)),
        (Reach.ALL, date(2026, 9, 1), date(2026, 8, 31), date(2026, 12, 12)),
        (Reach.ALL, date(2026, 11, 20), date(2026, 10, 26), date(2026, 12, 12)),
        (Reach.ALL, date(2025, 1, 1), date(2026, 7, 27), date(2026, 12, 12)),
    ],
)
def test_an_axis_begins_on_a_monday_and_shows_what_was_asked(
    reach: Reach, oldest: date | None, first: date, last: date
) -> None:
    axis = axis_for(reach, now=NOW, oldest=oldest)
    assert (axis.first, axis.last) == (first, last)


def test_lateness_has_a_length() -> None:
    """From the promised day to today; two rows on one axis can be compared."""
    four = lengths(Waited(at(16), promised_on=date(2026, 11, 24)))
    nine = lengths(Waited(at(4), promised_on=date(2026, 11, 19)))
    assert four == {"w": pytest.approx(8, abs=0.3), "l": pytest.approx(4, abs=0.3)}
    assert nine == {"w": pytest.approx(15, abs=0.3), "l": pytest.approx(9, abs=0.3)}


def test_after_a_letter_a_wait_is_late_since_the_letter_has_no_answer() -> None:
    """As long as the words beside it say."""
    found = lengths(Waited(at(4), promised_on=date(2026, 11, 11), late_since=date(2026, 11, 24)))
    assert found == {"w": pytest.approx(20, abs=0.3), "l": pytest.approx(4, abs=0.3)}


def test_before_the_promised_day_nothing_is_late() -> None:
    found = lengths(Waited(at(24), promised_on=date(2026, 12, 2)))
    assert found == {"w": pytest.approx(4, abs=0.3), "d": pytest.approx(4, abs=0.3)}


def test_an_answer_ends_the_line_and_replaces_the_promise() -> None:
    ended = Waited(at(16), promised_on=date(2026, 11, 24), known_at=at(26), mark="no")
    row = row_of(ended, AXIS)
    assert [each.kind for each in row.segments] == ["w"]
    assert [each.kind for each in row.marks] == [MarkKind.INTERVIEW, MarkKind.NO]


def test_an_open_offer_leads_to_its_last_day() -> None:
    offer = Waited(at(16), known_at=at(27), mark="good", answer_by_on=date(2026, 12, 4))
    row = row_of(offer, AXIS)
    assert [each.kind for each in row.segments] == ["w", "w", "d"]
    assert row.marks[0].title == "Your answer is due on Friday 4 December"


def test_an_upcoming_interview_is_a_mark_alone() -> None:
    row = row_of(Waited(NOW + timedelta(days=3)), AXIS)
    assert row.segments == ()
    assert [(each.kind, each.title) for each in row.marks] == [
        (MarkKind.COMING, "Interview on Tuesday 1 December")
    ]


def test_marks_of_one_day_stand_side_by_side() -> None:
    touches = (ContactDot(at(24, 9), DotKind.CALL), ContactDot(at(24, 16), DotKind.LETTER))
    row = row_of(Waited(at(16), promised_on=date(2026, 11, 24), touches=touches), AXIS)
    assert [(each.kind, each.beside) for each in row.marks] == [
        (MarkKind.FLAG, 0),
        (MarkKind.INTERVIEW, 0),
        (MarkKind.CALL, 1),
        (MarkKind.LETTER, 2),
    ]


def test_what_lies_before_the_axis_is_told() -> None:
    row = row_of(Waited(datetime(2026, 9, 1, tzinfo=UTC), promised_on=date(2026, 9, 9)), AXIS)
    assert row.is_older
    assert row.marks == ()
    assert [(each.kind, each.x1) for each in row.segments] == [("l", "0%")]


def test_weekends_and_holidays_are_one_span() -> None:
    off = {date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)}
    (span,) = AXIS.rests(lambda day: day not in off)
    assert share(span.x) == pytest.approx(100 * 32 / AXIS.days, abs=0.1)
    assert share(span.width) == pytest.approx(100 * 3 / AXIS.days, abs=0.1)


def test_no_tick_collides_with_today() -> None:
    assert [tick.text for tick in AXIS.ticks if tick.text] == [
        "26 Oct",
        "2 Nov",
        "9 Nov",
        "16 Nov",
        "23 Nov",
        "7 Dec",
    ]


@given(st.integers(-3000, 3000))
def test_every_moment_has_a_place(days: int) -> None:
    assert 0 <= AXIS.share(NOW + timedelta(days=days)) <= 100
