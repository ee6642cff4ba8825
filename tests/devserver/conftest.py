"""Folders as earlier starts left them, for tests that are not about a first start."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.backups import manage


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database; each test takes a copy."""
    return made_once("migrated", _migrate, tmp_path_factory)


@pytest.fixture(scope="session")
def demo(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in its database; each test takes a copy."""

    def make(var: Path) -> None:
        shutil.copytree(migrated, var)
        manage("load_demo", var=var)

    return made_once("demo", make, tmp_path_factory)


@pytest.fixture
def var(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path / "var"))


def _migrate(var: Path) -> None:
    var.mkdir()
    manage("migrate", "--verbosity=0", var=var)


def made_once(
    name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder that the first of the run's processes to need it makes for all of them."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    made = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = shared / f"{name}-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)  # of a process that failed at it
            make(unfinished)
            unfinished.rename(made)
    return made
