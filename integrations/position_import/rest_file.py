"""Write the rows that could not be taken, in the source's own form, with a column *why*."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from integrations.spreadsheets.formulas import guarded
from integrations.spreadsheets.write import XLSX, xlsx_of

from .position_rows import RestRow
from .table import Table


@dataclass(frozen=True, slots=True)
class RestFile:
    suffix: str
    content_type: str
    data: bytes


def rest_file(table: Table, rest: Iterable[RestRow], sentences: Mapping[str, str]) -> RestFile:
    """`sentences` say each reason in the reader's language; `why` is the heading above them."""
    reasons = {one.row: sentences.get(one.reason, one.reason) for one in rest}
    heading = sentences.get("why", "why")
    rows = [(row.cells, reasons[row.number]) for row in table.rows if row.number in reasons]
    if table.source.kind == "json":
        return _json(table, rows, heading)
    width = len(table.headings)
    lines = [[*table.headings, heading]]
    lines += [[*cells, *[""] * (width - len(cells)), why] for cells, why in rows]
    if table.source.kind == "csv":
        return _csv(table, lines)
    return RestFile("xlsx", XLSX, xlsx_of(lines, name="Rest"))


def _json(table: Table, rows: Sequence[tuple[Sequence[str], str]], heading: str) -> RestFile:
    found = [
        {
            **{key: _value(cell) for key, cell in zip(table.headings, cells, strict=False) if cell},
            heading: why,
        }
        for cells, why in rows
    ]
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return RestFile("json", "application/json", text.encode())


def _value(cell: str) -> object:
    if cell[0] not in "[{":
        return cell
    try:
        found: object = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return found


def _csv(table: Table, lines: Sequence[Sequence[str]]) -> RestFile:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=table.source.separator)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    encoding = table.source.encoding
    data = written.getvalue().encode(encoding, "replace")
    suffix = "tsv" if table.source.separator == "\t" else "csv"
    return RestFile(suffix, f"text/csv; charset={encoding.removesuffix('-sig')}", data)
