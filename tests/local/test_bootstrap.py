"""scripts/bootstrap.py, which runs before anything is installed."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


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
    for name in ("run", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        packages = re.findall(r"^[a-z0-9][^\n]*==[^\n]*$", lock, flags=re.MULTILINE)
        assert packages
        assert all(line.endswith("\\") for line in packages)
        assert "://" not in lock
