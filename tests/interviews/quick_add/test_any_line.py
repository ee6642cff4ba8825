"""Whatever is typed: the parser never raises, and reads again what it has written."""

import json
from datetime import date
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from interviews.quick_add import TEXT_MAX, parse, render
from tests.interviews.quick_add.test_lines import KNOWN, LINES

PIECES = sorted({piece for line in LINES for piece in line["text"].split()})
PIECES += [",", ";", "-", '"', "“", "(", ")", "or", "12:60", "99/99", "\0", "\1", "ß", "İ", "𝟛"]
LINE = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.sampled_from([line["text"] for line in LINES]),
)
DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@given(LINE, DAYS, st.sampled_from(["en", "en-us", "de", "", "xx"]))
@example('"', date(2026, 11, 26), "en")
@example('0 a"0', date(2026, 11, 26), "en")
@example("29 Feb", date(2199, 12, 31), "en")
def test_never_raises_and_takes_each_character_once(text: str, today: date, language: str) -> None:
    spans = parse(text, today=today, known=KNOWN, language=language).spans
    assert all(0 <= span.start < span.end <= min(len(text), TEXT_MAX) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(LINE, DAYS)
def test_what_was_read_can_be_written_and_read_again(text: str, today: date) -> None:
    draft = parse(text, today=today)
    written = render(draft)
    if len(written) <= TEXT_MAX:
        assert parse(written, today=today) == draft, json.dumps(written)
