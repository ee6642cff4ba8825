"""What a spreadsheet gets: texts that stay texts, numbers that stay numbers."""

import csv
import json
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personal_data.csv_sheets import cell, sheet


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 901820", "'+49 30 901820"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "  '=1+1"),
        ('"=1+1"', '"\'=1+1"'),
        ("'=1+1", "''=1+1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\rText", "'\rText"),
        ("\nText", "'\nText"),
        ("\u00a0=1+1", "\u00a0'=1+1"),
        ("\ufeff=1+1", "\ufeff'=1+1"),
        ("\u200b=1+1", "\u200b'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A", "'＠A"),
        ("a;=1+1", "a;'=1+1"),
        ('a","=1+1', 'a","\'=1+1'),
        ("a\n=1+1", "a\n'=1+1"),
        ("a|-1", "a|'-1"),
    ],
)
def test_what_begins_as_a_formula_is_shown(text: str, shown: str) -> None:
    assert cell(text) == shown


@pytest.mark.parametrize(
    "text",
    ["", "Anna", "a=b", "a - b", "a+b@example.org", "4–5 days", "1, 2", "https://a.example/?b=1"],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_what_is_no_text() -> None:
    assert [cell(value) for value in (None, True, False, 0, -5, 60)] == [
        *("", "true", "false", "0", "-5", "60")
    ]
    assert json.loads(cell(["call", "write"])) == ["call", "write"]


@given(st.text(alphabet="=+-@＝\t\r\n ,;|\"'ab\u200b", max_size=12))
def test_no_program_finds_a_formula(text: str) -> None:
    """Wherever it cuts, and whatever it passes over."""
    for piece in re.split("[,;|\t\r\n]", cell(text)):
        assert not piece.lstrip(' "\u200b').startswith(("=", "+", "-", "@", "＝"))


def test_a_long_text_takes_no_long_time() -> None:
    """The pattern looks at each sign once: for a million this would else take hours."""
    for sign in ("\n", " ", ";", '"'):
        assert cell(sign * 1_000_000 + "a").endswith("a")


def test_the_lines_of_a_file() -> None:
    rows = [{"name": "Zoë, Ltd", "size": 3}, {"name": 'say "hi"\nthere', "size": None}]
    written = b"".join(sheet(["name", "size"], rows))
    assert written.startswith(b"\xef\xbb\xbfname,size\r\n")
    read = list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))
    assert read == [["name", "size"], ["Zoë, Ltd", "3"], ['say "hi"\nthere', ""]]
