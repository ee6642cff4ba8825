"""Rows as CSV for a spreadsheet, which must display them and not run them."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from personal_data.rows import Plain

# Without it Excel reads the file in the machine's encoding.
BOM = "\ufeff"
# Characters that begin a formula, also in their full-width forms.
BEGINNERS = "=+\\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# Characters that programs skip before they look for a formula: spaces, quotes, and zero-width
# characters. No line breaks: a cell may begin after each.
PASSED_OVER = "[\"'\u200b-\u200f\u2060\ufeff]|[^\\S\t\r\n]"
# A cell also begins after separators of other countries' settings: Excel in German splits at
# semicolons.
FORMULA = re.compile(f"(^|[\t\r\n,;|])((?:{PASSED_OVER})*)([{BEGINNERS}])")
# Characters that some programs drop, so that the following text begins the cell.
DROPPED = ("\t", "\r", "\n")


def sheet(names: Iterable[str], rows: Iterable[Mapping[str, Plain]]) -> Iterator[bytes]:
    """Yield the lines of a file, the header first."""
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
    """Put an apostrophe before what a program would take for a formula."""
    shown = FORMULA.sub(r"\1\2'\3", text)
    return f"'{shown}" if shown.startswith(DROPPED) else shown
