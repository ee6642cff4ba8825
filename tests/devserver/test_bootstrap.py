"""scripts/bootstrap.py, which runs before anything is installed."""

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.environment import install

ROOT = Path(__file__).resolve().parent.parent.parent
UV = ROOT / "requirements" / "uv.txt"


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    names = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def test_it_needs_nothing_but_the_standard_library() -> None:
    for name in ("bootstrap", "environment", "__init__"):
        assert imported(ROOT / "scripts" / f"{name}.py") <= {*sys.stdlib_module_names, "scripts"}


def test_an_old_python_can_read_as_far_as_the_line_that_refuses_it() -> None:
    ast.parse((ROOT / "scripts" / "bootstrap.py").read_text(), feature_version=(3, 7))


def test_it_refuses_what_the_project_does_not_support() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    refused = re.search(r"NEEDED = \((\d+), (\d+)\)", (ROOT / "scripts/bootstrap.py").read_text())
    assert refused is not None
    assert declared == f">={refused[1]}.{refused[2]}"


def test_the_locks_carry_hashes_and_no_address() -> None:
    for name in ("run", "dev", "uv"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        packages = re.findall(r"^[a-z0-9][^\n]*==[^\n]*$", lock, flags=re.MULTILINE)
        assert packages
        assert all(line.endswith("\\") for line in packages)
        assert "://" not in lock


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder with one package, and a lock that names it by its hash."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel = folder / "something-1.0-py3-none-any.whl"
    about = "something-1.0.dist-info"
    with ZipFile(wheel, "w") as packed:
        packed.writestr("something.py", "")
        packed.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: something\nVersion: 1.0\n"
        )
        packed.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        packed.writestr(f"{about}/RECORD", f"something.py,,\n{about}/RECORD,,\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "lock.txt").write_text(f"something==1.0 --hash=sha256:{digest}\n")
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Of an environment with nothing in it, no pip either."""
    venv.create(tmp_path / "venv")
    return tmp_path / "venv" / "bin" / "python"


def has_something(python: Path) -> bool:
    asked = [python, "-c", "import something"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_it_installs_by_uv(wheels: Path, python: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(Path(sys.executable).with_name("uv"), python.with_name("uv"))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    install(wheels / "lock.txt", python=python, installer=UV)
    assert has_something(python)


@pytest.mark.parametrize("is_there", [False, True], ids=["no uv", "uv that finds nothing"])
def test_it_installs_by_pip_otherwise(
    is_there: bool, wheels: Path, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_there:
        shutil.copy(Path(sys.executable).with_name("uv"), python.with_name("uv"))
        monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    install(wheels / "lock.txt", python=python, installer=UV)
    assert has_something(python)
    assert python.with_name("uv").exists() == is_there


def test_what_is_not_as_the_lock_says_is_not_installed(
    wheels: Path, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = wheels / "lock.txt"
    lock.write_text(f"something==1.0 --hash=sha256:{'0' * 64}\n")
    shutil.copy(Path(sys.executable).with_name("uv"), python.with_name("uv"))
    for name in ("UV", "PIP"):
        monkeypatch.setenv(f"{name}_NO_INDEX", "1")
        monkeypatch.setenv(f"{name}_FIND_LINKS", str(wheels))
    with pytest.raises(SystemExit, match="Failed"):
        install(lock, python=python, installer=UV)
    assert not has_something(python)
