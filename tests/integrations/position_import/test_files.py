"""Files of other programs and tongues, each with what a person reads out of it.

A new kind of file is one file in tests/data/import, and its expectation beside it.
"""

import json
from pathlib import Path

import pytest

from tests.integrations.position_import.reading import DATA, differences, output_of

FILES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_understood(path: Path) -> None:
    expected = json.loads(Path(f"{path}.expected.json").read_text(encoding="utf-8"))
    assert differences(expected, output_of(path)) == []
