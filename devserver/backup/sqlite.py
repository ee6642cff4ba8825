"""SQLite: a copy by its backup API, and a checked copy renamed into place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DatabaseError, connection

from devserver.backup.files import BackupError, flush

_Applied = set[tuple[str, str]]


def back_up(database: Path, unfinished: Path) -> None:
    """Copy a consistent snapshot while others read and write; the copy has no WAL file."""
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    try:
        with (
            closing(sqlite3.connect(database, timeout=20)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as failure:
        raise BackupError(f"{database}: {failure}") from failure
    require_intact(unfinished, named=database)


def require_intact(copy: Path, *, named: Path) -> None:
    """Check every page, index and constraint. Through Django's connection, because constraints use
    functions that it registers."""
    try:
        with opened_by_django(copy), connection.cursor() as cursor:
            found = cursor.execute("PRAGMA integrity_check(1)").fetchall()
        fold_log(copy)
    except DatabaseError as failure:
        found = [(str(failure),)]
    if found != [("ok",)]:
        raise BackupError(f"{named} is damaged: {' '.join(str(found[0][0]).split())}")


def applied_in(copy: Path) -> _Applied:
    """Return the migrations applied; none if the database never belonged to a Django project."""
    with closing(sqlite3.connect(copy)) as opened:
        try:
            return {(app, name) for app, name in opened.execute(_MIGRATIONS)}
        except sqlite3.OperationalError:
            return set()


_MIGRATIONS = "SELECT app, name FROM django_migrations"


@contextmanager
def working_copy(backup: Path, database: Path) -> Iterator[Path]:
    """Yield a copy next to the database, so that a rename can put it into place; remove it
    otherwise."""
    copy = database.with_name(f".{database.name}.{os.getpid()}.restoring")
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(backup, copy)
        yield copy
    except OSError as failure:
        raise BackupError(f"{failure.filename or copy}: {failure.strerror}") from failure
    finally:
        for path in (copy, *_logs(copy)):
            path.unlink(missing_ok=True)


@contextmanager
def opened_by_django(copy: Path) -> Iterator[None]:
    """Inside, the default database is the copy."""
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(copy)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def fold_log(database: Path) -> None:
    """Write the WAL into the database, as its only user. A WAL file that stayed would be applied to
    the file that replaces the database."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=0)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
            opened.execute("BEGIN EXCLUSIVE")
            opened.rollback()
    except sqlite3.OperationalError as failure:
        if failure.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise BackupError(f"{database} is in use: stop what uses it.") from failure
    except sqlite3.DatabaseError:
        return  # damaged: nothing in the WAL can be saved


def put_in_place(copy: Path, database: Path) -> None:
    """Replace the database by a rename, so that one of the two is complete at every moment."""
    fold_log(copy)
    flush(copy)
    fold_log(database)
    for path in _logs(database):
        path.unlink(missing_ok=True)
    copy.replace(database)
    flush(database.parent)


def _logs(database: Path) -> list[Path]:
    """Return the files that SQLite keeps next to it."""
    return [database.with_name(f"{database.name}-{each}") for each in ("wal", "shm", "journal")]
