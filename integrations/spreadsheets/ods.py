"""Read an OpenDocument spreadsheet: typed values, links, formulas, hidden columns, repeats."""

import re
import zipfile

from . import limits
from .bounded_xml import Attributes, Reader
from .formulas import hyperlink_of
from .sheet import RefusedError, Sheet, bounded

PERIOD = re.compile(r"PT(\d+)H(\d+)M")


def read_ods(packed: zipfile.ZipFile) -> list[Sheet]:
    reader = Content()
    reader.read(packed, "content.xml")
    return reader.sheets


class Content(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._comment = 0
        self._total = 0

    def start_style(self, given: Attributes) -> None:
        self._style = given.get("name", "")

    def start_table_properties(self, given: Attributes) -> None:
        if given.get("display") == "false":
            self._hidden_styles.add(self._style)

    def start_table(self, given: Attributes) -> None:
        self._name = given.get("name", "")
        self._is_hidden = given.get("style-name") in self._hidden_styles
        self._rows: list[tuple[int, list[str]]] = []
        self._links: dict[tuple[int, int], str] = {}
        self._formulas: set[tuple[int, int]] = set()
        self._hidden: set[int] = set()
        self._columns = self._row = 0

    def end_table(self) -> None:
        if len(self.sheets) < limits.SHEETS:
            columns, formulas = frozenset(self._hidden), frozenset(self._formulas)
            rows = bounded(self._rows)
            self.sheets.append(
                Sheet(rows, self._name, self._is_hidden, self._links, columns, formulas)
            )

    def start_table_column(self, given: Attributes) -> None:
        count = _repeats(given, "number-columns-repeated")
        if given.get("visibility", "visible") != "visible":
            last = min(self._columns + count, limits.COLUMNS)
            self._hidden.update(range(self._columns + 1, last + 1))
        self._columns += count

    def start_table_row(self, given: Attributes) -> None:
        self._repeat = _repeats(given, "number-rows-repeated")
        self._row += 1
        self._cells: list[str] = []

    def end_table_row(self) -> None:
        if any(self._cells):
            self._total += len(self._cells) * self._repeat
            if len(self._rows) + self._repeat > limits.ROWS + 1 or self._total > limits.CELLS:
                raise RefusedError("too_large")
            self._rows += [(self._row + n, self._cells) for n in range(self._repeat)]
        self._row += self._repeat - 1

    def start_table_cell(self, given: Attributes) -> None:
        self._given, self._lines, self._link = given, list[str](), ""
        self.text.clear()

    start_covered_table_cell = start_table_cell

    def end_table_cell(self) -> None:
        text = _as_text(self._given, "\n".join(self._lines))
        count = min(
            _repeats(self._given, "number-columns-repeated"), limits.COLUMNS - len(self._cells)
        )
        place = (self._row, len(self._cells) + 1)
        if formula := self._given.get("formula", ""):
            address = hyperlink_of(formula.partition(":")[2] or formula)
            self._link = address or self._link
            if not address:
                self._formulas.add(place)
        if self._link:
            self._links[place] = self._link
        self._cells += [text] * count

    end_covered_table_cell = end_table_cell

    def start_annotation(self, _: Attributes) -> None:
        self._comment += 1

    def end_annotation(self) -> None:
        self._comment -= 1
        self.text.clear()

    def start_p(self, _: Attributes) -> None:
        self.text.clear()

    def end_p(self) -> None:
        text = self.taken()
        if not self._comment and hasattr(self, "_lines"):
            self._lines.append(text)

    def start_a(self, given: Attributes) -> None:
        if not self._comment:
            self._link = given.get("href", "")

    def start_s(self, given: Attributes) -> None:
        self.text.append(" " * min(_repeats(given, "c"), 100))

    def start_tab(self, _: Attributes) -> None:
        self.text.append("\t")

    def start_line_break(self, _: Attributes) -> None:
        self.text.append("\n")


def _as_text(given: Attributes, shown: str) -> str:
    kind = given.get("value-type", "")
    if kind == "date":
        return given.get("date-value", shown)[:16].removesuffix("T00:00")
    if kind == "time" and (period := PERIOD.match(given.get("time-value", ""))):
        return f"{int(period[1]) % 24:02d}:{period[2]}"
    if kind == "boolean":
        return "TRUE" if given.get("boolean-value") == "true" else "FALSE"
    return shown or given.get("string-value") or given.get("value", "")


def _repeats(given: Attributes, name: str) -> int:
    text = given.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() else 1
