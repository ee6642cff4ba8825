"""Child processes of the benchmarks: each reports ready, starts on a word, and prints its
result."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.support.running import database_url

Result = dict[str, Any]


class Child:
    def __init__(self, module: str, *arguments: object, **settings: str) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only-for-the-bench",
            "DATABASE_URL": database_url(),
            **settings,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def read(self) -> Result:
        """Wait for its next line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()}")
        told: Result = json.loads(line)
        return told

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


@contextmanager
def children(*made: Callable[[], Child]) -> Iterator[list[Child]]:
    """Start all, and wait until each is ready."""
    with ExitStack() as stack:
        started = []
        for make in made:
            child = make()
            stack.callback(child.stop)
            started.append(child)
        for child in started:
            child.read()
        yield started


def seconds_together(started: Sequence[Child]) -> float:
    """Return the time from the start signal to the end of the last child."""
    for child in started:
        child.go()
    results = [child.read() for child in started]
    first: float = min(result["began"] for result in results)
    last: float = max(result["ended"] for result in results)
    return last - first


def say(**told: object) -> None:
    """In a child: print one line to the parent."""
    print(json.dumps(told), flush=True)


def wait_for_the_word() -> None:
    say(is_ready=True)
    sys.stdin.readline()
