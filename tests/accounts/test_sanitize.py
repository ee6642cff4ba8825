"""Invisible characters are dropped from input; those that scripts need stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.sanitize import readable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna\x00 Petrova\x7f", "Anna Petrova"),
        ("\u202a+49 30 901820\u202c", "+49 30 901820"),  # as address books copy a number
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066right\u2069", "right"),
        ("\x9b31m red", "31m red"),  # begins a terminal's command
        ("one\r\ntwo\rthree\x0cfour\u2028five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("half \ud83d a sign", "half  a sign"),
        ("می‌خواهم", "می‌خواهم"),  # Persian, with a joiner that must not join
        ("שלום\u200f!", "שלום\u200f!"),
        ("👩‍💻 naïve ﬁ\t½", "👩‍💻 naïve ﬁ\t½"),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert readable(typed) == kept


def test_a_text_without_lines_has_spaces_for_them() -> None:
    assert readable("Anna\r\nBcc: all@example.org", has_lines=False) == "Anna Bcc: all@example.org"


@given(st.text())
def test_nothing_else_is_lost_and_twice_is_once(typed: str) -> None:
    kept = readable(typed)
    assert readable(kept) == kept
    kept.encode()  # no half of a sign
    plain = [sign for sign in typed if unicodedata.category(sign) not in ("Cc", "Cs", "Cf", "Zl")]
    assert [sign for sign in kept if sign in plain] == [sign for sign in plain if sign in kept]
    assert set(plain) - {"\u2029"} <= set(kept)
