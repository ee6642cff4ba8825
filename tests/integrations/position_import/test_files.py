"""Files of other programs and tongues, each with what a person reads out of it.

A new kind of file is one file in tests/data/import, and its expectation beside it.
"""

import json
from pathlib import Path

import pytest

from tests.integrations.position_import.reading import DATA, differences, fields_of, output_of

HEADINGS = (DATA.parent / "import-headings.tsv").read_text(encoding="utf-8").splitlines()
FILES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_understood(path: Path) -> None:
    expected = json.loads(Path(f"{path}.expected.json").read_text(encoding="utf-8"))
    assert differences(expected, output_of(path)) == []


@pytest.mark.parametrize("line", HEADINGS, ids=lambda line: line.split("\t")[2])
def test_a_heading_is_understood_without_cells(line: str) -> None:
    """Company and position beside it, as a person names them in that language."""
    company, position, heading, fields = line.split("\t")
    got = fields_of(f'{company};{position};"{heading}"\nNordkai;Baker;\n')
    assert got[2] in fields.split(",")
