"""An export: a zip with every fact of a user, to read or to import elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db import connection, transaction

from accounts.audit_log import Kind, log_action
from accounts.models import User
from integrations.calendar_feed import whole_calendar
from integrations.vcard import write_cards
from interviews import access, queries
from personal_data.csv_sheets import sheet
from personal_data.readme import readme
from personal_data.rows import CHUNK, Plain, rows_of
from personal_data.schema import ATTACHMENTS, TABLES
from personal_data.table import heading

FORMAT = "hearback"
# Raise it when a column or a table changes its meaning or is removed; not for new ones.
VERSION = 2
HEAD_FILE = "hearback.json"
# Of each table's file: a row a line.
FACTS = ".jsonl"
# Attached files are mostly packed already. A text of 2 MB that packs to nothing would look like a
# bomb to the reader.
STORED = {f"facts/{ATTACHMENTS.name}{FACTS}"}


def export(*, user: User, now: datetime) -> IO[bytes]:
    """Return a temporary file with the export, positioned at its beginning.

    It is complete before any of it is sent, so an error becomes an error page and not half a file.
    Rows are read and written in batches, to save memory.
    """
    with ExitStack() as unless_done:
        file = unless_done.enter_context(TemporaryFile())
        with _one_moment(), ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, pieces in _members(user, now):
                _add(archive, name, pieces, now)
            log_action(Kind.EXPORTED, subject=user, actor=user, now=now)
        file.seek(0)
        unless_done.pop_all()
    return file


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read a consistent snapshot, so that nothing in the file refers to a row deleted meanwhile. On
    SQLite the transaction holds the write lock anyway."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _members(user: User, now: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    candidate = access.find_candidate(user)
    yield "README.txt", [readme(user, now=now).encode()]
    yield (
        HEAD_FILE,
        _lines([{"format": FORMAT, "version": VERSION, "exported_at": now.isoformat()}]),
    )
    for table in TABLES:
        yield f"facts/{table.name}{FACTS}", _lines(rows_of(table, user, now=now))
    for table in TABLES:
        names = [heading(column) for column in table.columns if column not in table.unread]
        rows = rows_of(table, user, now=now, besides=table.unread)
        yield f"tables/{table.name}.csv", sheet(names, rows)
    if candidate is not None:
        yield "calendar.ics", whole_calendar(candidate, now=now)
        people = queries.interlocutors_of(candidate).order_by("pk").iterator(chunk_size=CHUNK)
        yield "people.vcf", (write_cards([person]) for person in people)


def _lines(rows: Iterable[Mapping[str, Plain]]) -> Iterator[bytes]:
    return (f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in rows)


def _add(archive: ZipFile, name: str, pieces: Iterable[bytes], now: datetime) -> None:
    member = ZipInfo(name, date_time=now.timetuple()[:6])
    member.compress_type = ZIP_STORED if name in STORED else ZIP_DEFLATED
    member.external_attr = 0o600 << 16  # readable only by the user who unpacks it
    with archive.open(member, "w") as file:
        for piece in pieces:
            file.write(piece)
