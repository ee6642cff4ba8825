"""The file of a backup: named by its time, and written under a temporary name until complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

SUFFIXES = {"sqlite": ".sqlite3", "postgresql": ".dump"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_FIRST_BYTES = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}


class BackupError(Exception):
    """Shown to the operator as it is: one line."""


def place(named: str, *, folder: Path, vendor: str, now: datetime) -> Path:
    """Return the path of the backup; an existing file is never overwritten."""
    path = Path(named).expanduser().absolute() if named else folder
    if not named or path.is_dir():
        path = path / f"hearback-{now:%Y%m%dT%H%M%SZ}{SUFFIXES[vendor]}"
    if path.exists():
        raise BackupError(f"{path} exists already: choose another name.")
    return path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a file that only its owner can read. It gets its name once all of it is on the disk."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield unfinished
        flush(unfinished)
        unfinished.replace(path)
        flush(path.parent)
    except OSError as failure:
        raise BackupError(f"{failure.filename or path}: {failure.strerror}") from failure
    finally:
        unfinished.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Sync to the disk: a renamed file whose bytes a power cut took is worse than none."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_kind(path: Path, *, vendor: str) -> None:
    try:
        with path.open("rb") as file:
            first = file.read(16)
    except OSError as failure:
        raise BackupError(f"{path}: {failure.strerror}") from failure
    kinds = [kind for start, kind in _FIRST_BYTES.items() if first.startswith(start)]
    if not kinds:
        raise BackupError(f"{path} is no backup.")
    if kinds[0] != vendor:
        raise BackupError(
            f"{path} is a backup of {NAMES[kinds[0]]}, and the database is {NAMES[vendor]}."
        )


def told_size(path: Path) -> str:
    size = float(path.stat().st_size)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
