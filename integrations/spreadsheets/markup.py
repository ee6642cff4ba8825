"""Read what many programs write under the name .xls: a page of HTML with tables, or the XML of
Excel 2003."""

import io
import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError

from integrations import charsets

from . import limits
from .bounded_xml import Attributes, Reader
from .sheet import RefusedError, Sheet, bounded

HEAD_BYTES = 4096
IS_PAGE = re.compile(rb"<(?:!doctype\s+html|html|table|head|meta|body)\b", re.IGNORECASE)
IS_WORKBOOK = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
CHARSET = re.compile(rb"charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A row or a cell that begins a line of its own.
BREAKS = {"br", "p", "div", "li"}


def is_markup(data: bytes) -> bool:
    """Whether a file begins as a page or as such a workbook does."""
    head = data[:HEAD_BYTES].replace(b"\x00", b"")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and bool(IS_PAGE.search(head) or IS_WORKBOOK.search(head))


def read_markup(data: bytes) -> list[Sheet]:
    head = data[:HEAD_BYTES].replace(b"\x00", b"")
    if IS_WORKBOOK.search(head):
        workbook = Workbook()
        workbook.read_stream(io.BytesIO(data))
        return workbook.sheets
    return _read_page(_decoded(data))


def _decoded(data: bytes) -> str:
    named = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    said = CHARSET.search(data[:HEAD_BYTES])
    for encoding in filter(None, (named, said and said[1].decode("ascii"), "utf-8")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(charsets.likeliest(data), "replace")


def _read_page(text: str) -> list[Sheet]:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError):
        raise RefusedError("broken") from None
    sheets = []
    for table in page.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue  # it only places others
        links: dict[tuple[int, int], str] = {}
        rows = bounded(_rows(table, links))
        if rows:
            sheets.append(Sheet(rows, links=links))
    return sheets[: limits.SHEETS]


def _rows(
    table: html.HtmlElement, links: dict[tuple[int, int], str]
) -> Iterator[tuple[int, list[str]]]:
    """A cell that is wider or higher than one leaves the others of its place empty."""
    below: dict[int, int] = {}  # rows for which a column is still taken from above
    for number, line in enumerate(table.iter("tr"), 1):
        cells: list[str] = []
        taken = {column for column, rows in below.items() if rows}
        below = {column: rows - 1 for column, rows in below.items() if rows > 1}
        for cell in line.iterchildren("td", "th"):
            while len(cells) in taken:
                cells.append("")
            if len(cells) >= limits.COLUMNS:
                break
            first, wide, high = len(cells), _span(cell, "colspan"), _span(cell, "rowspan")
            cells += [_text(cell), *[""] * (min(wide, limits.COLUMNS - first) - 1)]
            if high > 1:
                below |= dict.fromkeys(range(first, len(cells)), high - 1)
            if address := _address(cell):
                links[number, first + 1] = address
        yield number, cells


def _span(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), limits.ROWS) if said.isascii() and said.isdigit() else 1


def _address(cell: html.HtmlElement) -> str:
    addresses = (link.get("href", "") for link in cell.iter("a"))
    return next((each for each in addresses if each.startswith(("http:", "https:"))), "")


def _text(cell: html.HtmlElement) -> str:
    said: list[str] = []
    for each in cell.iter():
        if each.tag in BREAKS and said and not said[-1].endswith("\n"):
            said.append("\n")
        if each.tag not in ("style", "script"):
            said.append(_spaced(each.text))
        said += [_spaced(each.tail)] if each is not cell else []
    return "\n".join(line.strip() for line in "".join(said).split("\n")).strip()


def _spaced(text: str | None) -> str:
    """A line break in the source is a space on the page."""
    return re.sub(r"\s+", " ", text or "")


class Workbook(Reader):
    """The XML of Excel 2003: cells may name their place, and have a type."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._row = 0
        self._cells: list[str] = []
        self._kind = ""
        self._is_comment = False

    def start_worksheet(self, given: Attributes) -> None:
        self._name = given.get("Name", "")
        self._rows: list[tuple[int, list[str]]] = []
        self._links: dict[tuple[int, int], str] = {}
        self._row = 0

    def end_worksheet(self) -> None:
        if len(self.sheets) < limits.SHEETS:
            self.sheets.append(Sheet(bounded(self._rows), self._name, links=self._links))

    def start_row(self, given: Attributes) -> None:
        self._row = _number(given, "Index") or self._row + 1
        self._cells = []

    def end_row(self) -> None:
        if len(self._rows) > limits.ROWS:
            raise RefusedError("too_large")
        self._rows.append((self._row, self._cells))

    def start_cell(self, given: Attributes) -> None:
        place = min(_number(given, "Index") or len(self._cells) + 1, limits.COLUMNS + 1)
        self._cells += [""] * (place - 1 - len(self._cells))
        self._wide = min(_number(given, "MergeAcross"), limits.COLUMNS)
        if address := given.get("HRef", ""):
            self._links[self._row, place] = address
        self._said = ""

    def end_cell(self) -> None:
        if len(self._cells) < limits.COLUMNS:
            self._cells += [self._said, *[""] * self._wide]

    def start_comment(self, _: Attributes) -> None:
        self._is_comment = True

    def end_comment(self) -> None:
        self._is_comment = False

    def start_data(self, given: Attributes) -> None:
        """A comment has data of its own."""
        if not self._is_comment:
            self._kind = given.get("Type", "")
            self.text.clear()

    def end_data(self) -> None:
        if self._is_comment:
            return
        said = self.taken()
        if self._kind == "DateTime":
            said = said[:16].removesuffix("T00:00")
        elif self._kind == "Boolean":
            said = "TRUE" if said == "1" else "FALSE"
        self._said = said


def _number(given: Attributes, name: str) -> int:
    said = given.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0
