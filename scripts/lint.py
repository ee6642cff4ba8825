"""python -m scripts.lint: every check of the sources; all run, and the first failure is kept."""

import os
import subprocess
import sys
import time

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy", "."],
    ["djlint", "--check", "--lint", "--quiet", "templates"],
    ["lint-imports"],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
]


def main() -> int:
    # A fixed secret and a database that is never opened: nothing here reads either.
    os.environ.setdefault("SECRET_KEY", "only-for-lint")
    return max(_run(check) for check in CHECKS)


def _run(command: list[str]) -> int:
    started = time.monotonic()
    status = subprocess.run(command, check=False).returncode
    name = " ".join(command).replace(sys.executable, "python")
    state = "ok" if status == 0 else "FAILED"
    print(f"{name}: {state} ({time.monotonic() - started:.1f} s)", flush=True)
    return abs(status)


if __name__ == "__main__":
    sys.exit(main())
