"""The rules need nothing but the standard library."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_rules_import_without_any_installed_package() -> None:
    """`-S` leaves the installed packages out of the path."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import interviews.rules"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
