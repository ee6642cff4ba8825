"""Exports as the tests take them apart, and put them together again."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from accounts.models import User
from personal_data.export import export
from personal_data.schema import TABLES

# Monday 23 November 2026, 10:00 in Berlin: every step of tests.support.step_factories is due.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

Facts = dict[str, Any]


def exported(user: User, *, now: datetime = NOW) -> BytesIO:
    with export(user=user, now=now) as file:
        return BytesIO(file.read())


def members(file: BytesIO) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def facts_in(file: BytesIO) -> Facts:
    files = members(file)
    found: Facts = json.loads(files["hearback.json"])
    for table in TABLES:
        lines = files[f"facts/{table.name}.jsonl"].splitlines()
        found[table.name] = [json.loads(line) for line in lines]
    return found


def zipped(content: Facts | str | bytes, name: str = "hearback.json") -> BytesIO:
    if not isinstance(content, dict):
        return packed({name: content})
    files = {f"facts/{table.name}.jsonl": lines(content.get(table.name, [])) for table in TABLES}
    head = {key: value for key, value in content.items() if not isinstance(value, list)}
    return packed({name: json.dumps(head), **files})


def lines(rows: list[Facts]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def packed(files: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file
