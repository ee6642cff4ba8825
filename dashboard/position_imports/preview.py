"""What a file becomes, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.position_imports.labels import REASONS, counted
from integrations.imported_positions import known_rows
from integrations.position_import import PositionRow, Reading, RestRow, Table
from integrations.position_import_runs import Upload
from interviews.models import Vacancy
from interviews.text import dates

ROWS_SHOWN = 20
REST_SHOWN = 100
CELLS_SHOWN = 50
REST_CELLS = 3
REST_SIGNS = 80


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table; `is_known` says that the account has the position already."""

    row: PositionRow
    is_known: bool
    state: str
    applied: str
    brings: str


@dataclass(frozen=True, slots=True)
class ShownRest:
    """A row that is not imported: its number, how it begins, and why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell that cannot be read, of a row that is imported."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    total: int
    counted: str
    known: int
    rows: list[ShownRow]
    rest_total: int
    rest: list[ShownRest]
    cells_total: int
    cells: list[LeftCell]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def preview_of(upload: Upload, reading: Reading, *, now: datetime) -> Preview:
    rows = reading.rows
    known = known_rows(candidate=upload.candidate, rows=rows)
    cells = [
        LeftCell(row.row, upload.table.headings[one.column - 1], one.text)
        for row in rows
        for one in row.left_out
    ]
    return Preview(
        total=len(rows),
        counted=counted(counts_of(rows)),
        known=sum(known),
        rows=[
            _shown(row, is_known, now)
            for row, is_known in zip(rows[:ROWS_SHOWN], known[:ROWS_SHOWN], strict=True)
        ],
        rest_total=len(reading.rest),
        rest=shown_rest(upload.table, reading.rest),
        cells_total=len(cells),
        cells=cells[:CELLS_SHOWN],
    )


def counts_of(rows: Sequence[PositionRow]) -> dict[str, int]:
    people = {
        (row.company, one.name or one.email or one.phone) for row in rows for one in row.people
    }
    return {
        "positions": len(rows),
        "interviews": sum(len(row.interviews) for row in rows),
        "people": len(people),
        "results": sum(row.result is not None for row in rows),
    }


def shown_rest(table: Table | None, rest: Sequence[RestRow]) -> list[ShownRest]:
    """Without the table, which is deleted after a time, only the numbers are left."""
    numbers = {one.row for one in rest[:REST_SHOWN]}
    texts = {}
    for row in table.rows if table else ():
        if row.number in numbers:
            cells = [cell.strip() for cell in row.cells if cell.strip()]
            texts[row.number] = " · ".join(cells[:REST_CELLS])[:REST_SIGNS]
    return [
        ShownRest(one.row, texts.get(one.row, ""), str(REASONS.get(one.reason, "")))
        for one in rest[:REST_SHOWN]
    ]


def _shown(row: PositionRow, is_known: bool, now: datetime) -> ShownRow:
    state = str(Vacancy.State(row.state).label)
    if row.closing_reason:
        state = str(Vacancy.ClosingReason(row.closing_reason).label)
    return ShownRow(row, is_known, state, _day(row.applied_on, now), _brings(row))


def _day(on: date | None, now: datetime) -> str:
    return dates.row_day(on, now=now) if on else ""


def _brings(row: PositionRow) -> str:
    said = []
    if count := len(row.interviews):
        said.append(ngettext("%(n)d interview", "%(n)d interviews", count) % {"n": count})
    if count := len(row.people):
        said.append(ngettext("%(n)d contact", "%(n)d contacts", count) % {"n": count})
    if row.notes:
        said.append(_("notes"))
    return ", ".join(said)
