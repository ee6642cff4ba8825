"""An instance of the release before: its rows, its links and its exports go on as they were.

tests/data/before was made by the last commit with the former names: the demo, and some 1,200 facts
of candidates drawn at random.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEFORE = ROOT / "tests" / "data" / "before"
# The tables of models that have other names now; of all others the names stay.
RENAMED = {
    "accounts_departure": "accounts_deletionrequest",
    "accounts_addresschange": "accounts_emailchange",
    "interviews_learned": "interviews_statistics",
    "interviews_learnedstate": "interviews_statisticsstate",
}
# What migrating itself writes to.
OWN = {"django_migrations", "auth_permission", "django_content_type", "sqlite_sequence"}


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("upgrade") / "database.sqlite3"
    path.write_bytes(lzma.decompress((BEFORE / "database.sqlite3.xz").read_bytes()))
    return path


@pytest.fixture(scope="module")
def before(upgraded: Path) -> dict[str, int]:
    """The rows of each table, counted before the upgrade."""
    counted = rows(upgraded)
    run(upgraded, "manage.py", "migrate", "--verbosity=0")
    return counted


def run(database: Path, *words: str) -> str:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME")}
    named = {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"sqlite:///{database}",
        "HEARBACK_VAR": str(database.parent),
    }
    done = subprocess.run(
        [sys.executable, *words],
        env=inherited | named,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in tables.fetchall()
            if name not in OWN
        }


def test_every_row_is_kept(upgraded: Path, before: dict[str, int]) -> None:
    assert sum(before.values()) > 2_000
    kept = {RENAMED.get(name, name): count for name, count in before.items()}
    after = rows(upgraded)
    assert {name: count for name, count in after.items() if name in kept or count} == kept


def test_the_stored_steps_are_right(upgraded: Path, before: dict[str, int]) -> None:
    assert "All steps are right." in run(upgraded, "manage.py", "check_steps")


def test_links_of_before_open(upgraded: Path, before: dict[str, int]) -> None:
    answers = json.loads(run(upgraded, "-m", "tests.upgrade.look", str(BEFORE / "links.json")))
    assert answers == {"action": True, "unsubscribe": 200, "calendar": 200, "keep": 3}


def test_an_export_of_before_comes_in(upgraded: Path, before: dict[str, int]) -> None:
    said = run(
        *(upgraded, "manage.py", "import_export"),
        *(str(BEFORE / "export.zip"), "--email", "moved@example.org"),
    )
    assert said.startswith("Brought in for moved@example.org; interviews: ")
