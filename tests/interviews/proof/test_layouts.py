"""The columns of each country, as the files say them."""

from datetime import date
from pathlib import Path

import pytest

from interviews.proof.layouts import FIELDS, layout_for, layouts, read
from interviews.text.proof import CELLS

COLUMN = '[[column]]\nfield = "{}"\ntitle = "{}"\n'
NEEDED = "".join(COLUMN.format(name, name.title()) for name in ("day", "company", "position"))
SOURCED = 'source = "A page"\nurl = "https://example.org"\nchecked_on = 2026-11-29\n'
TITLE = 'title = "Atlantis"\n'


def test_every_country_has_its_columns_and_the_others_plain_ones() -> None:
    german = [column.field for column in layout_for("DE").columns]
    assert german == ["day", "company", "position", "kind", "state"]
    swedish = [column.field for column in layout_for("SE").columns]
    assert swedish == ["company", "position", "place", "day", "stage", "advertised"]
    assert layout_for("FR") is layout_for("") is layouts()["any"]
    assert list(layouts())[-1] == "any"


def test_a_country_says_where_its_columns_come_from() -> None:
    for country, layout in layouts().items():
        if country != "any":
            assert layout.checked_on is not None
            assert date(2026, 11, 1) < layout.checked_on


def test_every_column_has_a_text() -> None:
    assert {*CELLS, "day"} == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TITLE + NEEDED, "source, https address and day of checking"),
        (TITLE + SOURCED.replace("https", "http") + NEEDED, "source, https address"),
        (TITLE + SOURCED, "day, company and position are needed"),
        (TITLE + SOURCED + NEEDED + COLUMN.format("salary", "Pay"), "nobody knows salary"),
        (TITLE + SOURCED + NEEDED + COLUMN.format("day", "Day"), "a column is there twice"),
        (TITLE + SOURCED + NEEDED + COLUMN.format("state", ""), "titles must be said"),
        (TITLE + 'local = "Nachweis"\n' + SOURCED + NEEDED, "the office's language"),
        (TITLE + "fee = 3\n" + SOURCED + NEEDED, "nobody knows fee"),
        (SOURCED + NEEDED, "title"),
        (TITLE + SOURCED + NEEDED + '[[column]]\nfield = "state"\n', "title"),
    ],
)
def test_an_incomplete_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "XX.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        read(path)
