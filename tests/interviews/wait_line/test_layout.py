"""The timeline: where its marks are, which labels fit, and its sentence for screen readers."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.wait_line.layout import WaitLine, draw, last_day
from interviews.wait_line.waited import ContactDot, DotKind, Waited
from tests.interviews.text.wording_table import BERLIN

BEGAN = datetime(2026, 11, 16, 12, tzinfo=BERLIN)  # a Monday
NOW = datetime(2026, 11, 23, 12, tzinfo=BERLIN)
FRIDAY = date(2026, 11, 20)
PROMISED = Waited(began=BEGAN, promised_on=FRIDAY)
WINDOW = Waited(began=BEGAN, opens_on=FRIDAY, closes_on=date(2026, 11, 23))


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def words(line: WaitLine) -> list[str]:
    return [label.text for label in line.labels]


def test_each_mark_stands_where_its_moment_is() -> None:
    """Four of seven days to the promise; the line goes on a little beyond today."""
    line = draw(PROMISED, now=NOW)
    along = (share(line.flag) - share(line.start)) / (share(line.now) - share(line.start))
    assert along == pytest.approx(4 / 7, abs=0.01)
    assert line.now == line.reached
    assert share(line.now) < share(line.end)
    assert line.window is None


def test_a_window_is_a_stretch() -> None:
    line = draw(WINDOW, now=NOW)
    assert line.flag == ""
    assert line.window is not None
    assert share(line.window.x) < share(line.window.x) + share(line.window.width) <= 97.5
    assert "4–5 days" in words(line)


def test_a_short_wait_does_not_fill_the_line() -> None:
    """An hour after the interview there is a whole wait ahead."""
    line = draw(Waited(began=BEGAN), now=BEGAN + timedelta(hours=1))
    assert share(line.now) < 5


def test_an_ended_wait_ends_the_line() -> None:
    known = datetime(2026, 11, 24, 9, tzinfo=BERLIN)
    ended = replace(PROMISED, known_at=known, outcome="next stage")
    line = draw(ended, now=datetime(2026, 12, 30, tzinfo=BERLIN))
    assert line.reached == line.end
    assert line.now == ""
    assert words(line) == ["Tue 24: next stage", "Fri 20", "Mon 16"]


def test_an_open_offer_goes_on_until_its_answer_is_due() -> None:
    known = BEGAN + timedelta(days=5)
    offered = Waited(BEGAN, known_at=known, outcome="offer", answer_by_on=date(2026, 11, 30))
    line = draw(offered, now=NOW)
    assert line.reached == line.now
    assert line.now < line.flag == "97.5%"
    assert [dot.kind for dot in line.dots] == ["theirs"]
    assert "Answer by Mon 30" in [label.text for label in line.labels]


def test_an_answer_before_the_promised_day_has_both_on_the_line() -> None:
    known = datetime(2026, 11, 18, 9, tzinfo=BERLIN)
    line = draw(replace(PROMISED, known_at=known, outcome="No"), now=NOW)
    assert share(line.reached) == pytest.approx(45, abs=3)
    assert line.flag == line.end
    assert words(line) == ["Wed 18: No", "Fri 20", "Mon 16"]


def test_an_answer_the_day_before_keeps_its_word_and_the_flag_loses_its() -> None:
    known = datetime(2026, 11, 19, 18, tzinfo=BERLIN)
    line = draw(replace(PROMISED, known_at=known, outcome="Counted as a no"), now=NOW)
    assert words(line) == ["Thu 19: Counted as a no", "Mon 16"]
    assert share(line.reached) < share(line.flag)


def test_calls_and_letters_are_dots() -> None:
    touches = (
        ContactDot(BEGAN + timedelta(days=1), DotKind.LETTER),
        ContactDot(BEGAN + timedelta(days=5), DotKind.CALL),
        ContactDot(BEGAN + timedelta(days=6), DotKind.THEIRS),
    )
    dots = draw(replace(PROMISED, touches=touches), now=NOW).dots
    assert [dot.kind for dot in dots] == ["letter", "call", "theirs"]
    assert [share(dot.x) for dot in dots] == sorted(share(dot.x) for dot in dots)


def test_days_off_in_a_row_are_one_stretch() -> None:
    rests = (date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 25))
    assert len(draw(replace(PROMISED, rests=rests), now=NOW).rests) == 2


def test_a_word_gives_way_where_there_is_no_room() -> None:
    """The promise is the day after: its own word stays, the start's needs a wide line."""
    line = draw(Waited(began=BEGAN, promised_on=date(2026, 11, 17)), now=BEGAN)
    roomy = {label.text: label.is_roomy for label in line.labels}
    assert roomy["Tue 17"] is False
    assert roomy["Mon 16"] is True
    assert "today" not in roomy  # on top of the start: for it there is no room at all


def test_on_a_long_line_a_day_has_its_month() -> None:
    line = draw(PROMISED, now=NOW + timedelta(days=40))
    assert words(line)[0] == "20 Nov"


def test_the_sentence_of_a_promise() -> None:
    touches = (ContactDot(datetime(2026, 11, 17, 9, tzinfo=BERLIN), DotKind.LETTER),)
    assert draw(replace(PROMISED, touches=touches), now=NOW).sentence == (
        "Interview on Monday 16 November. They promised an answer by Friday 20 November. You "
        "wrote on Tuesday 17 November. Today is Monday 23 November."
    )


def test_the_sentence_of_a_window() -> None:
    assert draw(WINDOW, now=NOW).sentence == (
        "Interview on Monday 16 November. Four to five days are up between Friday 20 November "
        "and Monday 23 November. Today is Monday 23 November."
    )


def test_the_sentence_of_an_own_promise_and_an_end() -> None:
    known = datetime(2026, 11, 21, 9, tzinfo=BERLIN)
    waited = replace(PROMISED, is_own_promise=True, known_at=known, outcome="an offer")
    assert draw(waited, now=NOW).sentence == (
        "Interview on Monday 16 November. You agreed to get in touch on Friday 20 November. "
        "Ended on Saturday 21 November: an offer."
    )


def test_of_many_calls_the_newest_are_told() -> None:
    touches = tuple(ContactDot(BEGAN + timedelta(days=n), DotKind.CALL) for n in range(1, 6))
    said = draw(replace(PROMISED, touches=touches), now=NOW).sentence
    assert "You called on Thursday 19 November, Friday 20 November and Saturday 21 November" in said
    assert "Wednesday 18" not in said


days = st.integers(min_value=-3, max_value=400)


@given(promised=days, window=days, touched=st.lists(days, max_size=9), today=days, known=days)
def test_nothing_leaves_the_line_and_no_words_touch(
    promised: int, window: int, touched: list[int], today: int, known: int
) -> None:
    """Whatever was promised when, each mark is on the line and each word apart from the others."""
    now = BEGAN + timedelta(days=today)
    touches = tuple(ContactDot(BEGAN + timedelta(days=n), DotKind.CALL) for n in touched)
    promise = replace(PROMISED, promised_on=(BEGAN + timedelta(days=promised)).date())
    open_day = (BEGAN + timedelta(days=window)).date()
    between = replace(WINDOW, opens_on=open_day, closes_on=open_day + timedelta(days=1))
    ended = replace(promise, known_at=BEGAN + timedelta(days=known), outcome="a refusal")
    for waited in (promise, between, ended):
        line = draw(replace(waited, touches=touches), now=now)
        marks = [line.start, line.end, line.reached, *(dot.x for dot in line.dots)]
        marks += [mark for mark in (line.flag, line.now) if mark]
        assert all(2.5 <= share(mark) <= 97.5 for mark in marks)
        for width, is_narrow in ((250, True), (560, False)):
            places = sorted(
                _place(label.anchor, label.x, len(label.text), width)
                for label in line.labels
                if not (is_narrow and label.is_roomy)
            )
            assert all(left >= -1 and right <= width + 1 for left, right in places)
            assert all(one[1] < other[0] for one, other in pairwise(places))


def _place(anchor: str, x: str, letters: int, width: int) -> tuple[float, float]:
    """From where to where a word reaches, in px, as a browser draws it."""
    at = share(x) * width / 100
    long = letters * 7.2
    return {
        "start": (at, at + long),
        "middle": (at - long / 2, at + long / 2),
        "end": (at - long, at),
    }[anchor]


def test_the_last_day_shown() -> None:
    assert last_day(PROMISED, now=NOW) == date(2026, 11, 24)
