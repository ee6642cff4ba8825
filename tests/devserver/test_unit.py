"""contrib/hearback.service, an example for systemd."""

import configparser
import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_it_starts_what_make_run_starts() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "contrib" / "hearback.service")
    _, *words = shlex.split(unit["Service"]["ExecStart"])
    asked = ["make", "--no-print-directory", "-n", "run", "DEMO=0", "PORT=8000"]
    made = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shlex.split(made) == ["exec", "python3", *words]
