"""python -m scripts.lint: run every check of the sources, two at a time; exit with the worst
status."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

# The slowest first: the others run in parallel.
CHECKS = [
    ["mypy", "."],
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["djlint", "--check", "--lint", "templates"],
    ["lint-imports", "--no-logo"],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
]


def main() -> int:
    # Some checks load the settings; none needs a real secret or a database.
    os.environ.update(SECRET_KEY="only-for-lint", DATABASE_URL="sqlite://:memory:")
    with ThreadPoolExecutor(2) as pool:
        return max(pool.map(_run, CHECKS))


def _run(command: list[str]) -> int:
    started = time.monotonic()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    name = " ".join(command).replace(sys.executable, "python")
    state = "ok" if done.returncode == 0 else "FAILED"
    took = f"{time.monotonic() - started:.1f} s"
    print(f"{done.stdout}{name}: {state} ({took})", flush=True)
    return abs(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
