"""How soon `make run` answers, in a folder that an earlier start prepared."""

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

from benchmarks.figure import Figure
from tests.support.ports import own_port

TIMES = 3


def starts_again() -> Figure:
    with tempfile.TemporaryDirectory(prefix="hearback-start-") as var:
        _start(var)
        taken = [_start(var) for _ in range(TIMES)]
    return Figure(
        name="make run starts again",
        value=round(median(taken), 2),
        unit="s",
        yardstick=f"from the command to the line that says where to open it, median of {TIMES}",
        target=5,
        is_most=True,
    )


def _start(var: str) -> float:
    """Return the seconds until it answers, and stop it."""
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "devserver", "--port", str(own_port()), "--demo", "0"],
        env={**{name: os.environ[name] for name in ("PATH", "HOME")}, "HEARBACK_VAR": var},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = perf_counter() - began
        process.terminate()
    if not said.startswith("Open "):
        raise RuntimeError("make run did not start; what it said is above.")
    return took
