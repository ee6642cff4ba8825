"""Importing a list of 1,000 positions, as CSV and as XLSX."""

import csv
import io
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.child import Child, children
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.rows import candidate
from integrations.spreadsheets.write import xlsx_of

ROWS = 1_000
HEADINGS = (
    *("Company", "Job title", "Link", "Location", "Date applied", "Status"),
    *("Interview date", "Interviewer", "Interviewer email", "Notes", "Password"),
)
STATES = ("Applied", "Interviewing", "Rejected", "Ghosted", "Offer")
FIRST_DAY = date(2025, 1, 1)
# Every so many rows lack a company, and have to be told of.
LACKING = 50


def import_figures() -> list[Figure]:
    database()
    lines = [HEADINGS, *map(_line, range(ROWS))]
    files = {"csv": _csv(lines), "xlsx": xlsx_of(lines, name="Applications")}
    return [figure for kind, data in files.items() for figure in _measured(kind, data)]


def _measured(kind: str, data: bytes) -> list[Figure]:
    owner = candidate(f"Import-{kind}").user.email
    with tempfile.TemporaryDirectory(prefix="hearback-import-") as folder:
        path = Path(folder) / f"list.{kind}"
        path.write_bytes(data)
        with children(lambda: Child("benchmarks.position_importing", owner, path)) as (child,):
            child.go()
            told = child.read()
    said = kind.upper()
    of = f"{ROWS:,} rows, {len(data) // 1024} kB, an interview and a contact in every second"
    share = 100 * told["accounted"] / ROWS
    name = "rows added by the same file again"
    return [
        Figure(f"import of {said}", round(told["seconds"], 1), "s", of, 10, is_most=True),
        Figure(f"import of {said}: memory", round(told["megabytes"]), "MB", of, 100, is_most=True),
        Figure(f"import of {said}: {name}", told["again"], "rows", of, 0, is_most=True),
        Figure(f"import of {said}: rows accounted for", share, "%", of, 100),
    ]


def _line(number: int) -> tuple[str, ...]:
    on = FIRST_DAY + timedelta(days=number % 600)
    talks = number % 2 == 0
    return (
        "" if number % LACKING == LACKING - 1 else f"Company {number % 300}",
        f"Position {number}",
        f"https://company{number % 300}.example/jobs/{number}",
        f"Place {number % 20}",
        on.isoformat(),
        STATES[number % len(STATES)],
        f"{on + timedelta(days=14)} 10:30" if talks else "",
        f"Name {number % 300}" if talks else "",
        f"name{number % 300}@company{number % 300}.example" if talks else "",
        f"Note about position {number}, with a few more words.",
        f"secret{number}",
    )


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()
