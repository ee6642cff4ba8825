"""Read a workbook of Excel: values, dates by the cells' styles, links, formulas, hidden columns."""

import posixpath
import re
import zipfile
from datetime import datetime, timedelta

from . import limits
from .bounded_xml import Attributes, Reader
from .formulas import hyperlink_of
from .sheet import RefusedError, Sheet, SourceRow, bounded

BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "time"),
    22: "moment",
}
QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!\$)[^\]]*\]|_.|\*.')
MONEY = re.compile(r"[€$£¥₽₣₹]|\b(?:EUR|USD|GBP|CHF|RUB|BRL|PLN|SEK)\b")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001


def read_xlsx(packed: zipfile.ZipFile) -> list[Sheet]:
    names = set(packed.namelist())
    book = Workbook()
    book.read(packed, _main_part(packed, names))
    parts = _targets(packed, _main_part(packed, names), names)
    strings, styles = SharedStrings(), Styles()
    for reader, ending in ((strings, "sharedStrings.xml"), (styles, "styles.xml")):
        part = next((name for name in parts.values() if name.lower().endswith(ending.lower())), "")
        if part in names:
            reader.read(packed, part)
    sheets = []
    for name, is_hidden, key in book.sheets[: limits.SHEETS]:
        if (part := parts.get(key, "")) in names:
            worksheet = Worksheet(strings.found, styles.kinds(), EPOCHS[book.is_1904])
            worksheet.read(packed, part)
            sheets.append(worksheet.sheet(name, is_hidden, _targets(packed, part, names)))
    return sheets


def _main_part(packed: zipfile.ZipFile, names: set[str]) -> str:
    part = next((n for n in _targets(packed, "", names).values() if n.endswith("workbook.xml")), "")
    return part if part in names else "xl/workbook.xml"


def _targets(packed: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, str]:
    """Return the parts and addresses that a part refers to, by their ids."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in names:
        return {}
    reader = Relations(folder)
    reader.read(packed, relations)
    return reader.targets


class Relations(Reader):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, str] = {}

    def start_relationship(self, given: Attributes) -> None:
        target = given.get("Target", "")
        if given.get("TargetMode") != "External":
            joined = posixpath.normpath(posixpath.join("/", self.folder, target))
            target = joined.lstrip("/")
        self.targets[given.get("Id", "")] = target


class Workbook(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.is_1904 = False

    def start_workbookpr(self, given: Attributes) -> None:
        self.is_1904 = given.get("date1904") in ("1", "true")

    def start_sheet(self, given: Attributes) -> None:
        is_hidden = given.get("state", "visible") != "visible"
        self.sheets.append((given.get("name", ""), is_hidden, given.get("id", "")))


class SharedStrings(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._parts: list[str] = []
        self._spoken = 0

    def start_si(self, _: Attributes) -> None:
        self._parts = []

    def start_rph(self, _: Attributes) -> None:
        self._spoken += 1

    def end_rph(self) -> None:
        self._spoken -= 1

    def start_t(self, _: Attributes) -> None:
        self.text.clear()

    def end_t(self) -> None:
        if not self._spoken:
            self._parts.append(self.taken())

    def end_si(self) -> None:
        self.found.append(_unescaped("".join(self._parts)))
        if len(self.found) > limits.CELLS:
            raise RefusedError("too_large")


class Styles(Reader):
    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = {}
        self._cells: list[int] = []
        self._within = False

    def start_numfmt(self, given: Attributes) -> None:
        self._formats[_number(given.get("numFmtId"))] = given.get("formatCode", "")

    def start_cellxfs(self, _: Attributes) -> None:
        self._within = True

    def end_cellxfs(self) -> None:
        self._within = False

    def start_xf(self, given: Attributes) -> None:
        if self._within:
            self._cells.append(_number(given.get("numFmtId")))

    def kinds(self) -> list[str]:
        """Return for each style "date", "time", "moment", a sign of money, or ""."""
        return [
            _kind(self._formats[n]) if n in self._formats else BUILT_IN.get(n, "")
            for n in self._cells
        ]


def _kind(code: str) -> str:
    money = MONEY.search(code)
    bare = QUOTED.sub("", code.split(";")[0]).lower()
    bare = re.sub(r"\[\$[^\]]*\]", "", bare)
    if not re.search(r"[ymdhs]", bare) or "general" in bare:
        return money[0] if money else ""
    has_day, has_time = bool(re.search(r"[yd]", bare)), bool(re.search(r"[hs]", bare))
    return "moment" if has_day and has_time else "time" if has_time else "date"


class Worksheet(Reader):
    def __init__(self, strings: list[str], kinds: list[str], epoch: datetime) -> None:
        super().__init__()
        self._strings, self._kinds, self._epoch = strings, kinds, epoch
        self._rows: list[tuple[int, list[str]]] = []
        self._row, self._column, self._type, self._style = 0, 0, "n", 0
        self._cells: dict[int, str] = {}
        self._value = self._formula = ""
        self._total = 0
        self.links: dict[tuple[int, int], str] = {}
        self._linked: list[tuple[str, str]] = []
        self.formulas: set[tuple[int, int]] = set()
        self.hidden: set[int] = set()

    def start_col(self, given: Attributes) -> None:
        if given.get("hidden") in ("1", "true"):
            first, last = _number(given.get("min")), _number(given.get("max"))
            self.hidden.update(range(first, min(last, limits.COLUMNS) + 1))

    def start_row(self, given: Attributes) -> None:
        self._row = _number(given.get("r")) or self._row + 1
        self._column, self._cells = 0, {}

    def start_c(self, given: Attributes) -> None:
        place = PLACE.match(given.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._type, self._style = given.get("t", "n"), _number(given.get("s"))
        self._value = self._formula = ""
        self.text.clear()

    def start_f(self, _: Attributes) -> None:
        self.text.clear()

    def end_f(self) -> None:
        self._formula = self.taken() or "="

    def start_v(self, _: Attributes) -> None:
        self.text.clear()

    def end_v(self) -> None:
        self._value = self.taken()

    def start_t(self, _: Attributes) -> None:
        self.text.clear()

    def end_t(self) -> None:
        self._value += self.taken()

    def end_c(self) -> None:
        place = (self._row, self._column)
        if self._formula:
            address = hyperlink_of(f"={self._formula}")
            if address:
                self.links[place] = address
            else:
                self.formulas.add(place)
        if self._value and self._column <= limits.COLUMNS:
            self._cells[self._column] = self._as_text()

    def end_row(self) -> None:
        if self._cells:
            self._total += len(self._cells)
            if len(self._rows) > limits.ROWS or self._total > limits.CELLS:
                raise RefusedError("too_large")
            cells = [self._cells.get(n, "") for n in range(1, max(self._cells) + 1)]
            self._rows.append((self._row, cells))

    def start_hyperlink(self, given: Attributes) -> None:
        if len(self._linked) < limits.ROWS * 2:
            self._linked.append((given.get("ref", ""), given.get("id", "")))

    def sheet(self, name: str, is_hidden: bool, targets: dict[str, str]) -> Sheet:
        for cell, key in self._linked:
            place = PLACE.match(cell.partition(":")[0])
            if place and targets.get(key):
                where = (int(place[2]), column_number(place[1]))
                self.links.setdefault(where, targets[key])
        rows: tuple[SourceRow, ...] = bounded(sorted(self._rows, key=lambda row: row[0]))
        return Sheet(
            rows, name, is_hidden, self.links, frozenset(self.hidden), frozenset(self.formulas)
        )

    def _as_text(self) -> str:
        value = self._value
        if self._type == "s":
            n = _number(value, -1)
            return self._strings[n] if 0 <= n < len(self._strings) else ""
        if self._type == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if self._type == "d":
            return value.removesuffix("T00:00:00")
        if self._type != "n":
            return _unescaped(value)
        kind = self._kinds[self._style] if self._style < len(self._kinds) else ""
        return number_text(value, kind, self._epoch)


def number_text(value: str, kind: str, epoch: datetime = EPOCHS[False]) -> str:
    """Return a number as its style shows it: a day, a time, an amount of money."""
    try:
        number = float(value)
        plain = str(int(number)) if number == int(number) else repr(round(number, 10))
    except (ValueError, OverflowError):
        return value
    if kind not in ("date", "time", "moment"):
        return f"{plain} {kind}".strip()
    if not 0 <= number < 2_958_466:
        return plain
    moment = epoch + timedelta(seconds=round(number * 86_400))
    if kind == "time" and number < 1:
        return f"{moment:%H:%M}"
    if moment.time() == datetime.min.time():
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%dT%H:%M}"


def column_number(name: str) -> int:
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
