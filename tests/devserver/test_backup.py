"""`make backup` and `make restore` on SQLite."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from devserver import state_dir as folders
from devserver.backup.files import BackupError
from devserver.backup.postgres import choose_tools
from tests.support.backups import ask, manage

NAME = "hearback.sqlite3"
COUNT = "SELECT count(*) FROM interviews_interview"


@pytest.fixture
def var(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "var"))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return tmp_path / "other"


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


def value(database: Path, query: str) -> object:
    with opened(database) as connection:
        return connection.execute(query).fetchone()[0]


def back_up(var: Path, to: Path) -> Path:
    assert ask("backup", str(to), var=var)[0] == 0
    return to


def test_it_is_one_whole_private_file_made_while_others_write(var: Path) -> None:
    with opened(var / NAME) as writer:
        writer.execute("INSERT INTO django_session VALUES ('before', 'x', '2026-11-23')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO django_session VALUES ('unfinished', 'x', '2026-11-23')")
        status, said, _ = ask("backup", var=var)
        writer.execute("COMMIT")
    assert status == 0
    (made,) = (var / "backups").iterdir()
    assert f"Backup: {made} (" in said
    assert made.stat().st_mode & 0o777 == 0o600
    with opened(made) as copy:
        keys = [key for (key,) in copy.execute("SELECT session_key FROM django_session")]
    assert keys == ["before"]
    assert value(made, COUNT) == value(var / NAME, COUNT)


def test_a_backup_is_never_overwritten(var: Path, tmp_path: Path) -> None:
    made = back_up(var, tmp_path / "kept")
    assert ask("backup", str(made), var=var)[2] == f"{made} exists already: choose another name.\n"


def test_without_a_database_there_is_nothing_to_back_up(other: Path) -> None:
    status, _, complaint = ask("backup", var=other)
    assert (status, complaint) == (1, f"There is no database at {other / NAME}.\n")
    assert list((other / "backups").iterdir()) == []


def test_restored_elsewhere_it_is_whole_and_its_clocks_begin_anew(
    var: Path, other: Path, tmp_path: Path
) -> None:
    with opened(var / NAME) as now:
        for table in ("sweepstate", "senderstate"):
            now.execute(f"DELETE FROM interviews_{table}")
        now.execute(
            "INSERT INTO interviews_sweepstate (id, swept_at, started_at, decided_by, deciding_by)"
            " VALUES (1, '2026-11-23', '2026-11-20', 'rules', '')"
        )
        now.execute(
            "INSERT INTO interviews_senderstate"
            " (id, seen_at, started_at, ran_for, sent, failed, retried)"
            " VALUES (1, '2026-11-23', '2026-11-20', 7000000, 12, 0, 0)"
        )
    made = back_up(var, tmp_path / "made")
    status, said, complaint = ask("restore", str(made), var=other)
    assert (status, complaint) == (0, "")
    assert "interviews that the next sweep looks at" in said
    assert "There is no secret key here yet" in said
    assert value(other / NAME, COUNT) == value(var / NAME, COUNT)
    with opened(other / NAME) as now:
        swept = now.execute("SELECT swept_at, started_at, decided_by FROM interviews_sweepstate")
        assert swept.fetchone() == (None, None, "rules")
        sent = now.execute("SELECT seen_at, started_at, sent FROM interviews_senderstate")
        assert sent.fetchone() == (None, None, 12)
    assert (other / NAME).stat().st_mode & 0o777 == 0o600


def test_a_search_is_replaced_only_when_asked_and_leaves_no_log_behind(
    var: Path, tmp_path: Path
) -> None:
    made = back_up(var, tmp_path / "made")
    writer = sqlite3.connect(var / NAME, isolation_level=None)
    writer.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    # As a process that was killed leaves it: what it wrote is in the log alone.
    left = tmp_path / "left"
    left.write_bytes((var / f"{NAME}-wal").read_bytes())
    writer.close()
    (var / f"{NAME}-wal").write_bytes(left.read_bytes())
    status, _, complaint = ask("restore", str(made), var=var)
    assert status == 1
    assert "holds candidates (1): FORCE=1" in complaint
    assert ask("restore", str(made), "--force=1", var=var)[0] == 0
    migrations = "SELECT count(*) FROM django_migrations WHERE app = 'sessions'"
    assert value(var / NAME, migrations) == 1
    assert not (var / f"{NAME}-wal").exists()


def test_it_does_not_restore_under_what_runs(var: Path, tmp_path: Path) -> None:
    made = back_up(var, tmp_path / "made")
    lock = folders.take_lock(var)
    try:
        complaint = ask("restore", str(made), "--force=1", var=var)[2]
    finally:
        os.close(lock)
    assert complaint == f"Hearback already runs on {var} (process {os.getpid()}). Stop it first.\n"
    with opened(var / NAME) as reader:
        reader.execute(COUNT)
        complaint = ask("restore", str(made), "--force=1", var=var)[2]
    assert complaint == f"{var / NAME} is in use: stop what uses it.\n"


def test_a_backup_of_newer_code_is_refused(var: Path, other: Path, tmp_path: Path) -> None:
    made = back_up(var, tmp_path / "made")
    with opened(made) as newer:
        newer.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('interviews', '9000_later', '2027-01-01')"
        )
    status, _, complaint = ask("restore", str(made), var=other)
    assert status == 1
    assert "made by newer code, whose migration interviews.9000_later is unknown" in complaint
    assert not (other / NAME).exists()


def test_a_backup_of_older_code_is_migrated(var: Path, other: Path, tmp_path: Path) -> None:
    # Late in the plan of all: taking back an early one draws up every model again and again.
    manage("migrate", "mfa", "0002", "--verbosity=0", var=var)
    made = back_up(var, tmp_path / "made")
    assert ask("restore", str(made), var=other)[0] == 0
    applied = "SELECT count(*) FROM django_migrations WHERE app = 'mfa'"
    assert value(made, applied) == 2
    assert value(other / NAME, applied) > 2


def test_what_is_damaged_or_no_backup_replaces_nothing(var: Path, tmp_path: Path) -> None:
    made = back_up(var, tmp_path / "made")
    content = bytearray(made.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    made.write_bytes(content)
    before = value(var / NAME, COUNT)
    assert f"{made} is damaged: " in ask("restore", str(made), "--force=1", var=var)[2]
    with opened(tmp_path / "foreign") as foreign:
        foreign.execute("CREATE TABLE something (id)")
    complaint = ask("restore", str(tmp_path / "foreign"), "--force=1", var=var)[2]
    assert complaint == f"{tmp_path / 'foreign'} is no backup of Hearback.\n"
    assert value(var / NAME, COUNT) == before
    assert [each.name for each in var.iterdir() if "restoring" in each.name] == []


def programs(folder: Path, version: str) -> Path:
    """Client programs that say they are of that version."""
    folder.mkdir()
    for name in ("pg_dump", "pg_restore", "psql"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o700)
    return folder


def test_the_programs_nearest_to_the_server_are_taken(tmp_path: Path) -> None:
    old, same, new = (programs(tmp_path / each, f"{each}.2") for each in ("15", "16", "17"))
    assert choose_tools([new, old, same], server=16) == same
    assert choose_tools([new, old], server=16) == new
    with pytest.raises(BackupError, match=r"^pg_dump 15 is too old .* PostgreSQL 16"):
        choose_tools([old, tmp_path], server=16)
    with pytest.raises(BackupError, match=r"^pg_dump, pg_restore and psql are missing"):
        choose_tools([tmp_path], server=16)
