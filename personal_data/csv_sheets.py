"""Rows as CSV for a spreadsheet program, which must show them and not run them."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from personal_data.rows import Plain

# Excel takes a file without it for one in the letters of the machine.
BOM = "\ufeff"
# What begins a formula, also as East Asian keyboards write it.
BEGINNERS = "=+\\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# Programs pass over these before they look whether a formula begins: spaces, quotes, and signs
# without width. No line breaks: at each of them a cell may begin.
PASSED_OVER = "[\"'\u200b-\u200f\u2060\ufeff]|[^\\S\t\r\n]"
# A cell also begins after what another country's program takes for the end of one: Excel in German
# cuts at semicolons, whatever the file was made with.
FORMULA = re.compile(f"(^|[\t\r\n,;|])((?:{PASSED_OVER})*)([{BEGINNERS}])")
# A program that drops one of these finds what comes after at the beginning of the cell.
DROPPED = ("\t", "\r", "\n")


def sheet(names: Iterable[str], rows: Iterable[Mapping[str, Plain]]) -> Iterator[bytes]:
    """The lines of a file, the names of the columns first."""
    yield (BOM + _line(names)).encode()
    for row in rows:
        yield _line(cell(value) for value in row.values()).encode()


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def cell(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return defused(value)
    return defused(json.dumps(value, ensure_ascii=False))


def defused(text: str) -> str:
    """The text with an apostrophe before whatever a program would take for a formula."""
    shown = FORMULA.sub(r"\1\2'\3", text)
    return f"'{shown}" if shown.startswith(DROPPED) else shown
