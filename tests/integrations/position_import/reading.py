"""Compare what a file becomes with what a person reads out of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from integrations import position_import
from integrations.position_import import Answers, Proposal, Reading, Refusal, Table

DATA = Path(__file__).resolve().parents[2] / "data" / "import"
TODAY = date(2026, 11, 30)
BERLIN = ZoneInfo("Europe/Berlin")


def table_of(data: bytes | str, name: str = "file.csv") -> Table:
    found = position_import.read(data.encode() if isinstance(data, str) else data, name)
    assert isinstance(found, Table), found
    return found


def proposed(data: bytes | str, name: str = "file.csv") -> Proposal:
    return position_import.propose(table_of(data, name), today=TODAY)


def fields_of(data: bytes | str, name: str = "file.csv") -> list[str]:
    return [column.field for column in proposed(data, name).columns]


def read_rows(data: bytes | str, answers: Answers | None = None) -> Reading:
    table = table_of(data)
    proposal = position_import.propose(table, today=TODAY)
    return position_import.understand(table, proposal, answers, zone=BERLIN, today=TODAY)


def output_of(path: Path) -> dict[str, Any]:
    """What the command prints about a file, by the same functions."""
    table = position_import.read(path.read_bytes(), path.name)
    if isinstance(table, Refusal):
        return {"refused": table.why}
    proposal = position_import.propose(table, today=TODAY)
    reading = position_import.understand(table, proposal, zone=BERLIN, today=TODAY)
    return {
        "columns": {
            column.heading: column.field + (f" ?{column.question}" if column.question else "")
            for column in proposal.columns
        },
        "rows": [position_import.row_json(row) for row in reading.rows],
        "rest": [{"row": one.row, "reason": one.reason} for one in reading.rest],
    }


def differences(expected: dict[str, Any], output: dict[str, Any]) -> list[str]:
    """Return a line for each value that is not as expected; what is not named is free."""
    if "refused" in output:
        return [] if expected.get("refused_is_right") else [f"refused: {output['refused']}"]
    wrong = []
    for heading, right in expected["columns"].items():
        field, _, question = right.partition(" ?")
        got, _, asked = output["columns"].get(heading, "ignored").partition(" ?")
        if got not in field.split("|") or (question and asked != question):
            wrong.append(f"{heading}: {got} {asked}")
    rows = {row["row"]: row for row in output["rows"]}
    for wanted in expected.get("rows", []):
        row = rows.get(wanted["row"], {})
        wrong += [
            f"{wanted['row']} {key}: {row.get(key)!r}"
            for key, value in wanted.items()
            if not _is_same(key, value, row.get(key))
        ]
    left = {one["row"]: one["reason"] for one in output["rest"]}
    for one in expected.get("rest", []):
        if left.get(one["row"]) not in one["reason"]:
            wrong.append(f"rest {one['row']}: {left.get(one['row'])}")
    text = json.dumps(output, ensure_ascii=False)
    return wrong + [
        f"read in: {secret}" for secret in expected.get("nowhere", []) if secret in text
    ]


def _is_same(key: str, wanted: Any, got: Any) -> bool:
    if isinstance(wanted, dict) and "any" in wanted:
        return any(_is_same(key, one, got) for one in wanted["any"])
    if key == "notes":
        return all(part in (got or "") for part in wanted)
    if isinstance(wanted, dict):
        return got is not None and all(got.get(name) == value for name, value in wanted.items())
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        pairs = zip(wanted, got or [], strict=False)
        return len(wanted) == len(got or []) and all(_is_part(*pair) for pair in pairs)
    if key == "place":
        return str(got).startswith(wanted)
    return bool(wanted == got)


def _is_part(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    """A title before a name does not count."""
    return all(
        got.get(key) == value or (key == "name" and got[key].endswith(value))
        for key, value in wanted.items()
    )
