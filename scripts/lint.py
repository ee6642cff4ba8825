"""python -m scripts.lint: every check of the sources; all run, and the first failure is kept."""

import os
import subprocess
import sys
import time

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy", "."],
    ["djlint", "--check", "--lint", "templates"],
    ["lint-imports", "--no-logo"],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
]


def main() -> int:
    # Some checks load the settings; none of them needs a real secret or a database.
    os.environ.update(SECRET_KEY="only-for-lint", DATABASE_URL="sqlite://:memory:")
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
