"""Rows of a sheet as text, with the spreadsheet's numbers, within the limits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import limits

Refused = Literal[
    "not_a_table", "empty", "too_large", "locked", "broken", "no_headings", "no_positions"
]
# Signs that XML and databases refuse, or that nobody sees.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


class RefusedError(Exception):
    """The file cannot be read as a table."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why: Refused = why


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`number` is what a spreadsheet program shows at the left; in JSON the place in the list."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return the text of a column that counts from 1; "" if the row ends before it."""
        return self.cells[column - 1] if column <= len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet before it is known where its table begins. Keys of `links` are (row, column)."""

    rows: tuple[SourceRow, ...]
    name: str = ""
    is_hidden: bool = False
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()


def bounded(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[SourceRow, ...]:
    """Keep rows with something in them; raise RefusedError beyond the limits."""
    kept: list[SourceRow] = []
    cells = signs = 0
    for number, found in rows:
        row = [cell[: limits.CELL_SIGNS] for cell in found[: limits.COLUMNS]]
        while row and not row[-1].strip():
            row.pop()
        if not row:
            continue
        cells += len(row)
        signs += sum(map(len, row))
        if len(kept) >= limits.ROWS or cells > limits.CELLS or signs > limits.TEXT_SIGNS:
            raise RefusedError("too_large")
        kept.append(SourceRow(number, tuple(row)))
    return tuple(kept)
