"""PostgreSQL: dump and restore with its own programs, connected as Django's `dbshell` does."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from devserver.backup.files import BackupError

_DEBIAN = Path("/usr/lib/postgresql")
_PROGRAMS = ("pg_dump", "pg_restore", "psql")

# The database may be newer than the backup and hold tables that pg_restore's --clean does not know,
# with foreign keys to those that it would drop. Functions go too, because a migration creates those
# of the audit log. Objects of extensions stay.
_DROP = """
SET client_min_messages = warning;
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', found.name);
  END LOOP;
  FOR found IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', found.name);
  END LOOP;
END $$;
"""


def back_up(unfinished: Path) -> None:
    tools = find_tools(server_version())
    _run(tools / "pg_dump", "--format=custom", "--file", str(unfinished), *_who())
    # check that it can be read to its end
    _run(tools / "pg_restore", "--file", os.devnull, str(unfinished))


def applied_in(backup: Path) -> set[tuple[str, str]]:
    """Return the migrations applied; none if the database never belonged to a Django project."""
    tools = find_tools(server_version())
    only = ("--data-only", "--table=django_migrations", "--file=-")
    written = _run(tools / "pg_restore", *only, str(backup))
    found = re.search(r"^COPY \S+ \((.*?)\) FROM stdin;\n(.*?)^\\\.$", written, re.M | re.S)
    if found is None:
        return set()
    columns = found[1].split(", ")
    app, name = columns.index("app"), columns.index("name")
    rows = [line.split("\t") for line in found[2].splitlines()]
    return {(row[app], row[name]) for row in rows}


def restore(backup: Path, *, folder: Path) -> None:
    """Restore in one transaction that drops the present content first.

    The statements are written out beforehand, so that a truncated backup changes nothing.
    """
    tools = find_tools(server_version())
    with tempfile.TemporaryDirectory(prefix="restore-", dir=folder) as made:
        drop, bring = Path(made) / "drop.sql", Path(made) / "bring.sql"
        drop.write_text(_DROP)
        plain = ("--no-owner", "--no-privileges", "--file", str(bring))
        _run(tools / "pg_restore", *plain, str(backup))
        quiet = ("--no-psqlrc", "--quiet", "--output", os.devnull, "--set=ON_ERROR_STOP=1")
        files = ("--single-transaction", "--file", str(drop), "--file", str(bring))
        _run(tools / "psql", *quiet, *files, *_who())


def require_alone() -> None:
    """Refuse other connections: a sender that goes on working would send from both databases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        (count,) = cursor.fetchone()
    if count:
        raise BackupError(
            f"{connection.settings_dict['NAME']} is in use ({count} connections):"
            " stop web, workers and beat."
        )


def server_version() -> int:
    """Return the server's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def find_tools(server: int) -> Path:
    """Return the folder with the programs of the server's version, or else of the next newer
    one."""
    on_path = shutil.which("pg_dump")
    folders = [*sorted(_DEBIAN.glob("*/bin")), *([Path(on_path).parent] if on_path else [])]
    return choose_tools(folders, server=server)


def choose_tools(folders: Iterable[Path], *, server: int) -> Path:
    """A newer program may write what an older server does not know, so the nearest is chosen."""
    versions = [(version, each) for each in folders if (version := _version(each))]
    fitting = [found for found in versions if found[0] >= server]
    if fitting:
        return min(fitting, key=lambda found: found[0])[1]
    if versions:
        newest = max(version for version, _ in versions)
        raise BackupError(
            f"pg_dump {newest} is too old for the server, which is PostgreSQL {server}:"
            f" install the client programs of PostgreSQL {server}."
        )
    raise BackupError(
        f"pg_dump, pg_restore and psql are missing: install PostgreSQL {server}'s client programs."
    )


def _version(folder: Path) -> int | None:
    """Return the version of its pg_dump, or None if programs are missing or do not run."""
    if not all((folder / name).is_file() for name in _PROGRAMS):
        return None
    try:
        found = re.search(r"(\d+)[.\w]*", _run(folder / "pg_dump", "--version"))
    except BackupError:
        return None
    return int(found[1]) if found else None


def _who() -> list[str]:
    """Return host, port, user and database. The password goes by the environment, which `ps` does
    not show."""
    return _told_psql()[0][1:]


def _told_psql() -> tuple[list[str], dict[str, str]]:
    words, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return list(words), dict(environment or {})


def _run(program: Path, *words: str) -> str:
    """Return the output; on failure raise with the first line of its errors."""
    environment = {**os.environ, **_told_psql()[1], "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [program, *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
    except OSError as failure:
        raise BackupError(f"{program}: {failure.strerror}") from failure
    except subprocess.CalledProcessError as failure:
        said = (failure.stderr or "").strip().splitlines() or [f"status {failure.returncode}"]
        raise BackupError(f"{program.name} failed: {said[0]}") from failure
    return done.stdout
