"""Read a spreadsheet in a child process with limits of memory and time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import limits
from .sheet import RefusedError, Sheet, SourceRow

CHILD = "integrations.spreadsheets.child"
ROOT = Path(__file__).resolve().parents[2]


def read_spreadsheet(data: bytes) -> list[Sheet]:
    """Return the sheets; raise RefusedError if the file is none, or costs more than the limits."""
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", CHILD],
            input=data,
            capture_output=True,
            cwd=ROOT,
            timeout=limits.CHILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError("too_large") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise RefusedError("broken") from None
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    return [_sheet(found) for found in answer["sheets"]]


def _sheet(found: dict[str, Any]) -> Sheet:
    return Sheet(
        rows=tuple(SourceRow(number, tuple(cells)) for number, cells in found["rows"]),
        name=found["name"],
        is_hidden=found["is_hidden"],
        links={(row, column): address for row, column, address in found["links"]},
        hidden=frozenset(found["hidden"]),
        formulas=frozenset((row, column) for row, column in found["formulas"]),
    )
