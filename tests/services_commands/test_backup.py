"""`make backup` and `make restore` on PostgreSQL, with its own programs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.services_commands.host import new_database
from tests.support.backups import ask, manage

pytestmark = pytest.mark.servers

COUNT = "SELECT count(*) FROM interviews_interview"


@contextmanager
def opened(url: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True) as one:
        yield one


def value(url: str, query: str) -> object:
    with opened(url) as connection:
        return connection.execute(query).fetchone()[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A database with the demo, and a backup of it."""
    var = tmp_path_factory.mktemp("demo")
    with new_database("backup") as url:
        manage("migrate", "--verbosity=0", var=var, database_url=url)
        manage("load_demo", var=var, database_url=url)
        status, said, complaint = ask("backup", var=var, database_url=url)
        assert (status, complaint) == (0, "")
        (made,) = (var / "backups").iterdir()
        assert f"Backup: {made} (" in said
        yield url, made


@pytest.fixture
def empty() -> Iterator[str]:
    with ExitStack() as stack:
        yield stack.enter_context(new_database("restore"))


def test_a_private_file_that_is_restored_whole(
    demo: tuple[str, Path], empty: str, tmp_path: Path
) -> None:
    url, made = demo
    assert made.stat().st_mode & 0o777 == 0o600
    with opened(url) as connection:
        connection.execute("UPDATE interviews_sweepstate SET started_at = now()")
    status, said, complaint = ask("restore", str(made), var=tmp_path, database_url=empty)
    assert (status, complaint) == (0, "")
    assert "interviews that the next sweep looks at" in said
    assert value(empty, COUNT) == value(url, COUNT)
    assert value(empty, "SELECT count(started_at) FROM interviews_sweepstate") == 0


def test_what_stands_there_is_replaced_whole_and_only_when_asked(
    demo: tuple[str, Path], empty: str, tmp_path: Path
) -> None:
    made = str(demo[1])
    assert ask("restore", made, var=tmp_path, database_url=empty)[0] == 0
    with opened(empty) as connection:
        # A table of newer code, which points at one that the backup brings.
        connection.execute("CREATE TABLE newer (id uuid REFERENCES accounts_user (id))")
        connection.execute("UPDATE accounts_user SET name = 'Later'")
    complaint = ask("restore", made, var=tmp_path, database_url=empty)[2]
    assert "holds candidates (1): FORCE=1" in complaint
    assert value(empty, "SELECT count(*) FROM accounts_user WHERE name = 'Later'") != 0
    assert ask("restore", made, "--force=1", var=tmp_path, database_url=empty)[0] == 0
    assert value(empty, "SELECT count(*) FROM accounts_user WHERE name = 'Later'") == 0
    assert value(empty, "SELECT to_regclass('newer') IS NULL") is True


def test_a_backup_that_breaks_off_replaces_nothing(demo: tuple[str, Path], tmp_path: Path) -> None:
    url, made = demo
    before = value(url, COUNT)
    short = tmp_path / "short.dump"
    short.write_bytes(made.read_bytes()[:-500])
    status, _, complaint = ask("restore", str(short), "--force=1", var=tmp_path, database_url=url)
    assert status == 1
    assert len(complaint.splitlines()) == 1
    assert value(url, COUNT) == before


def test_a_backup_of_newer_code_is_refused(
    demo: tuple[str, Path], empty: str, tmp_path: Path
) -> None:
    assert ask("restore", str(demo[1]), var=tmp_path, database_url=empty)[0] == 0
    with opened(empty) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('interviews', '9000_later', now())"
        )
    newer = tmp_path / "newer.dump"
    assert ask("backup", str(newer), var=tmp_path, database_url=empty)[0] == 0
    complaint = ask("restore", str(newer), "--force=1", var=tmp_path, database_url=empty)[2]
    assert "made by newer code, whose migration interviews.9000_later is unknown" in complaint


def test_it_does_not_restore_under_what_runs(demo: tuple[str, Path], tmp_path: Path) -> None:
    url, made = demo
    with opened(url):
        complaint = ask("restore", str(made), "--force=1", var=tmp_path, database_url=url)[2]
    assert "is in use (1 connections): stop web, workers and beat." in complaint


def test_a_backup_of_the_other_database_is_refused(empty: str, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite3"
    foreign.write_bytes(b"SQLite format 3\0" + bytes(4080))
    complaint = ask("restore", str(foreign), var=tmp_path, database_url=empty)[2]
    assert complaint == f"{foreign} is a backup of SQLite, and the database is PostgreSQL.\n"
