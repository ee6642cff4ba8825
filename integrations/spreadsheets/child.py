"""Runs in a process of its own: reads a spreadsheet from standard input, prints it as JSON.

A hostile file may make a parser use up memory and time, or abort its process. The limits are set
before the file is looked at.
"""

import contextlib
import io
import json
import sys
import zipfile
from datetime import date, datetime, time
from typing import Any

from . import limits
from .markup import is_markup, read_markup
from .ods import read_ods
from .sheet import RefusedError, Sheet, bounded
from .xlsx import read_xlsx


def main() -> None:
    _limit()
    data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    try:
        answer: dict[str, Any] = {"sheets": [_plain(sheet) for sheet in read_sheets(data)]}
    except RefusedError as error:
        answer = {"refused": error.why}
    except MemoryError:
        answer = {"refused": "too_large"}
    except Exception:
        # Whatever a parser raises about a broken file: the parent says that it is broken.
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Where the system has no such limits, the parent's deadline remains."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_BYTES, limits.CHILD_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_SECONDS, limits.CHILD_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_sheets(data: bytes) -> list[Sheet]:
    if is_markup(data):
        return read_markup(data)
    if not data.startswith(b"PK"):
        return _read_old(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        if any(info.flag_bits & 1 for info in packed.infolist()):
            raise RefusedError("locked")
        if "xl/workbook.bin" in names:
            return _read_old(data)
        if any(name.endswith("workbook.xml") for name in names):
            return read_xlsx(packed)
        if "content.xml" in names and _is_spreadsheet(packed, names):
            return read_ods(packed)
    raise RefusedError("not_a_table")


def _is_spreadsheet(packed: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" in names:
        with packed.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(limits.MEGABYTE):
                raise RefusedError("locked")
    if "mimetype" not in names:
        return True
    with packed.open("mimetype") as kind:
        return b"spreadsheet" in kind.read(200)


def _read_old(data: bytes) -> list[Sheet]:
    """XLS and XLSB: values only."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise RefusedError("locked") from None
    sheets = []
    for about in book.sheets_metadata[: limits.SHEETS]:
        rows = book.get_sheet_by_name(about.name).iter_rows()
        found = bounded((n, [_shown(cell) for cell in row]) for n, row in enumerate(rows, 1))
        sheets.append(Sheet(found, about.name, about.visible != SheetVisibleEnum.Visible))
    return sheets


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}".removesuffix("T00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()[:10] if isinstance(value, date) else f"{value:%H:%M}"
    return str(value)


def _plain(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "is_hidden": sheet.is_hidden,
        "rows": [[row.number, row.cells] for row in sheet.rows],
        "links": [[*place, address] for place, address in sheet.links.items()],
        "hidden": sorted(sheet.hidden),
        "formulas": sorted(sheet.formulas),
    }


if __name__ == "__main__":
    main()
