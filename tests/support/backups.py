"""Run `make backup` and `make restore` without make, on the test's own folder and database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(var: Path, database_url: str = "") -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME")}
    named = {"DATABASE_URL": database_url} if database_url else {}
    return {**inherited, **named, "HEARBACK_VAR": str(var)}


def ask(*words: str, var: Path, database_url: str = "") -> tuple[int, str, str]:
    """Return the exit status, the output and the errors."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.backup", *words],
        env=environment(var, database_url),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def manage(*words: str, var: Path, database_url: str = "") -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**environment(var, database_url), "SECRET_KEY": "a-secret-of-this-test"},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
