"""Write the rows that could not be taken, in the source's own form, with a column *why*."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from integrations.spreadsheets.formulas import guarded
from integrations.spreadsheets.sheet import UNSEEN

from .position_rows import RestRow
from .table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Rest" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SAME_DAY = (1980, 1, 1, 0, 0, 0)


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
    return RestFile("xlsx", XLSX, _xlsx(lines))


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


def _xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    """Cells are inline text, which no spreadsheet program computes; the guard is for what copies it."""
    rows = "".join(
        "<row>"
        + "".join(
            f'<c t="inlineStr"><is><t xml:space="preserve">{_xml(cell)}</t></is></c>'
            for cell in line
        )
        + "</row>"
        for line in lines
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(
                zipfile.ZipInfo(name, SAME_DAY), DECLARATION + text, zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def _xml(cell: str) -> str:
    return escape(UNSEEN.sub("", guarded(cell)))
