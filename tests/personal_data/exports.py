"""Exports as the tests take them apart, and put them together again."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from accounts.models import User
from personal_data.export import export

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
    found: Facts = json.loads(members(file)["hearback.json"])
    return found


def zipped(content: Facts | str | bytes, name: str = "hearback.json") -> BytesIO:
    if isinstance(content, dict):
        content = json.dumps(content)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file
