"""Files that are no tables, or cost too much, are refused with a code."""

import io
import zipfile

import pytest

from integrations import position_import
from integrations.position_import import Refusal, Table
from integrations.spreadsheets import limits
from integrations.spreadsheets.write import xlsx_of
from tests.integrations.position_import.reading import table_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADS = ["Company", "Position"]


def workbook(sheet: str) -> bytes:
    """A workbook with this text as its sheet."""
    made = io.BytesIO()
    given = zipfile.ZipFile(io.BytesIO(xlsx_of([HEADS], name="S")))
    with given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            is_sheet = name.endswith("sheet1.xml")
            packed.writestr(name, sheet if is_sheet else given.read(name))
    return made.getvalue()


def rows_xml(more: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADS)
    data = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Nordkai", "Baker"))
    rows = f'<row r="1">{cells}</row><row r="2">{data}</row>'
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{more}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.csv", "empty"),
        (b" \r\n\t\r\n" * 99, "a.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.csv", "not_a_table"),
        (bytes(range(256)) * 9, "a.csv", "not_a_table"),
        (b"hello world\nno table here\n", "a.csv", "no_headings"),
        (b"Company,Position\n", "a.csv", "no_positions"),
        (b"Company,Position\n" + b"A,B\n" * (limits.ROWS + 1), "a.csv", "too_large"),
        (b'Company,Position\nA,"' + b"x" * 200_000 + b'"\n', "a.csv", "too_large"),
        (b"x" * (limits.FILE_BYTES + 1), "a.csv", "too_large"),
        (b"[" * 90_000, "a.json", "broken"),
        (b'{"a": 1}', "a.json", "not_a_table"),
        (b"[]", "a.json", "empty"),
        (b"[" + b'{"a":1},' * 300_000 + b"{}]", "a.json", "too_large"),
    ],
)
def test_a_file_is_refused(data: bytes, name: str, why: str) -> None:
    assert position_import.read(data, name) == Refusal(why)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (workbook(rows_xml(" " * (limits.PART_BYTES + 9))), "too_large"),
        (workbook(rows_xml("<a>" * 999)), "broken"),
        (workbook('<!DOCTYPE a [<!ENTITY b "c">]>' + rows_xml("")), "broken"),
        (workbook(rows_xml(""))[:500], "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    ],
    ids=["bomb", "deep", "entities", "cut", "no workbook", "locked"],
)
def test_a_spreadsheet_is_refused(data: bytes, why: str) -> None:
    assert position_import.read(data, "a.xlsx") == Refusal(why)


def test_a_far_cell_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>7</v></c></row>'
    table = table_of(workbook(rows_xml(far)), "a.xlsx")
    assert [row.number for row in table.rows] == [2, 1048576]


def test_hidden_columns_and_formulas() -> None:
    sheet = rows_xml("").replace(
        "<sheetData>", '<cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
    )
    table = table_of(workbook(sheet), "a.xlsx")
    assert table.hidden == {2, 3}


def test_an_unclosed_quote_swallows_no_rows() -> None:
    table = position_import.read(b'Company,Position\nNordkai,"Bak\nBrightfen,Carer\n', "a.csv")
    assert isinstance(table, Table)
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body><p>Please sign in</p></body></html>", "empty"),
        (b"<html><table>" + b"<tr><td>A<td>B" * (limits.ROWS + 1), "too_large"),
        (b"<table><tr><td>" * 20_000, "empty"),
        (b"<table><tr><td colspan=99999999 rowspan=99999999>Company</table>", "no_headings"),
        (
            b'<!DOCTYPE x [<!ENTITY a "a">]><Workbook xmlns="urn:schemas-microsoft-com:office:'
            b'spreadsheet"><Worksheet><Table><Row><Cell><Data>&a;</Data></Cell></Row></Table>'
            b"</Worksheet></Workbook>",
            "broken",
        ),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Work', "broken"),
    ],
    ids=["a page", "many rows", "deep", "wide", "entities", "cut off"],
)
def test_markup_is_refused(data: bytes, why: str) -> None:
    assert position_import.read(data, "a.xls") == Refusal(why)


def test_what_a_page_keeps_to_itself_is_not_read() -> None:
    """Nothing is fetched, and no script is text."""
    page = "<table><tr><td>Company<td>Position<tr><td>Nordkai<script>x()</script><td>Baker</table>"
    assert table_of(page, "a.xls").rows[0].cells == ("Nordkai", "Baker")
