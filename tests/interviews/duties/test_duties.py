"""What is shown where, and when it expires."""

from datetime import date
from pathlib import Path

import pytest

from config.translations import extract_duties
from interviews.duties import rights_for
from interviews.duties.reading import DATA, read

TODAY = date(2026, 11, 26)


def keys(country: str, subdivision: str = "", on: date = TODAY) -> list[str]:
    return [right.key for right in rights_for(country, subdivision, on=on)]


def test_ontario_and_nowhere_else_in_canada() -> None:
    assert keys("CA", "ON") == ["ontario-duty-to-inform"]
    assert keys("CA", "QC") == []
    assert keys("CA") == []


def test_a_whole_country() -> None:
    assert keys("KR", "11") == keys("KR") == ["fair-hiring-notice"]


@pytest.mark.parametrize("country", ["", "DE", "XX"])
def test_where_nothing_is_known(country: str) -> None:
    assert keys(country) == []


@pytest.mark.parametrize(
    ("on", "is_said"),
    [
        (date(2025, 12, 31), False),  # not yet in force
        (date(2026, 1, 1), True),
        (date(2027, 11, 25), True),
        (date(2027, 11, 26), False),  # nobody has checked it since
    ],
)
def test_it_speaks_from_its_day_and_falls_silent_by_itself(on: date, is_said: bool) -> None:
    assert bool(keys("CA", "ON", on)) == is_said


def test_the_last_day_to_tell() -> None:
    (ontario,) = rights_for("CA", "ON", on=TODAY)
    (korea,) = rights_for("KR", "", on=TODAY)
    assert ontario.due_on(date(2026, 11, 2)) == date(2026, 12, 17)
    assert korea.due_on(date(2026, 11, 2)) is None


def test_every_file_is_whole() -> None:
    files = list(DATA.glob("*.toml"))
    assert files
    for path in files:
        assert len(path.stem) == 2
        assert path.stem.isupper()
        rights = read(path)
        assert rights
        assert len({right.key for right in rights}) == len(rights)


WHOLE = """
[[right]]
key = "k"
kind = "duty"
title = "t"
text = "x"
source = "s"
url = "https://example.org/"
since = 2026-01-01
checked_on = 2026-11-26
silent_after = 2027-11-26
"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"https:', '"http:', "https address"),
        ("2027-11-26", "2028-11-26", "within a year"),
        ("2027-11-26", "2026-11-26", "within a year"),
        ('title = "t"', 'title = ""', "must be said"),
        ('title = "t"\n', "", "title"),
        ('kind = "duty"', 'kind = "wish"', "wish"),
        ('key = "k"', 'key = "k"\ncolour = 1', "colour"),
    ],
)
def test_one_that_is_not_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "ZZ.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert read(path)[0].key == "k"
    path.write_text(WHOLE.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read(path)


def test_its_words_are_gathered_for_translation() -> None:
    with (DATA / "CA.toml").open("rb") as file:
        found = [
            message for _line, _function, message, _comments in extract_duties(file, *[{}] * 3)
        ]
    (ontario,) = rights_for("CA", "ON", on=TODAY)
    assert found == [ontario.title, ontario.text]
