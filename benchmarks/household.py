"""What `make run` takes of a home machine: memory, and the time of the first start."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from urllib.request import urlopen

from benchmarks.figure import Figure
from tests.support.ports import own_port

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/accounts/login/", "/accounts/signup/", "/healthz")
ROUNDS = 5
LEFT_OUT = (".git", ".venv", "var", "__pycache__", "*.mo", "test-results", ".*_cache")


def memory() -> Figure:
    """Shared pages count once (PSS), so this is what the machine has less while it runs."""
    with tempfile.TemporaryDirectory(prefix="hearback-memory-") as var:
        port = own_port()
        command = [sys.executable, "-m", "devserver", "--port", str(port), "--demo", "1"]
        with _started(command, {"HEARBACK_VAR": var}) as process:
            for path in PAGES * ROUNDS:
                urlopen(f"http://localhost:{port}{path}", timeout=30).close()
            kilobytes = sum(_proportional(pid) for pid in _family(process.pid))
    return Figure(
        name="make run: memory",
        value=round(kilobytes / 1024),
        unit="MB",
        yardstick="all its processes, with the demo, after some pages",
        target=300,
        is_most=True,
    )


def first_start() -> Figure:
    """With warm caches of uv and pip."""
    with tempfile.TemporaryDirectory(prefix="hearback-first-") as folder:
        checkout = Path(folder) / "hearback"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*LEFT_OUT))
        began = perf_counter()
        with _started(["make", "-C", str(checkout), "run", f"PORT={own_port()}"], {}):
            took = perf_counter() - began
    return Figure(
        name="make run: first start",
        value=round(took, 1),
        unit="s",
        yardstick="of a checkout, with nothing installed, until it can be opened",
        target=15,
        is_most=True,
    )


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Wait until it prints its URL."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME")}
    with subprocess.Popen(
        command, env=kept | environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        if not any(line.startswith("Open ") for line in iter(process.stdout.readline, "")):
            raise RuntimeError("make run did not start; what it said is above.")
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _family(pid: int) -> list[int]:
    """Return the process and its descendants."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for each in listed for child in each.read_text().split()]
    return [pid, *(one for child in children for one in _family(child))]


def _proportional(pid: int) -> int:
    """In kilobytes."""
    found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])
