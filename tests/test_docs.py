"""The tests that the docs name exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"`(?P<file>tests/[\w/]+\.(?:py|txt))?(?:::(?P<test>test_\w+))?`")


def named_in(path: Path) -> list[tuple[str, str]]:
    """File and test of each that is named; one without a file belongs to the file before it."""
    found, file = [], ""
    for match in NAMED.finditer(path.read_text()):
        file = match["file"] or file
        if match["file"] or match["test"]:
            found.append((file, match["test"] or ""))
    return found


def test_each_test_that_security_names_is_there() -> None:
    named = named_in(ROOT / "docs" / "security.md")
    assert len(named) > 80
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file() or (test and f"def {test}(" not in (ROOT / file).read_text())
    ]
    assert missing == []
