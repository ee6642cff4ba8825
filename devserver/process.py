"""A child process: its log, its end, and its last output."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

DIE_WITH_PARENT = Path(__file__).with_name("die_with_parent.py")
LOG_LIMIT = 5_000_000


class StartError(Exception):
    """One line that says what did not start, with its last output."""


class Child:
    """A process in a session of its own, so that the terminal's Ctrl-C does not reach it.

    Its output goes into its log; `hear` reads its standard output instead.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        env: Mapping[str, str],
        log: Path,
        sockets: Sequence[int] = (),
        is_heard: bool = False,
    ) -> None:
        self.name = name
        self.log = log
        self._command = [
            sys.executable,
            "-I",
            "-S",
            str(DIE_WITH_PARENT),
            str(os.getpid()),
            *command,
        ]
        self._env = dict(env)
        self._sockets = sockets
        self._is_heard = is_heard
        self.start()

    def start(self) -> None:
        """Start it, again if it has ended."""
        with _opened_log(self.log) as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(
                self._command,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if self._is_heard else output,
                stderr=output,
                start_new_session=True,
                pass_fds=self._sockets,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def ending(self) -> str:
        """Describe how it ended, as the end of a sentence."""
        status = self._process.poll()
        if status is not None and status < 0:
            return f"was ended by {signal.Signals(-status).name}"
        return f"ended with status {status}"

    def hear(self) -> str:
        """Return its output after a successful exit; otherwise raise StartError."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise StartError(f"The {self.name} {self.ending()}:\n{self.last_lines()}")
        return str(said.decode())

    def last_lines(self, count: int = 10) -> str:
        """Return its last lines since it was started."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            text = log.read().decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-count:])

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Return once it is ready; raise StartError if it ends or takes longer."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if not self.is_running():
                raise StartError(f"The {self.name} did not start:\n{self.last_lines()}")
            if time.monotonic() > deadline:
                raise StartError(
                    f"The {self.name} did not answer within {seconds:.0f} s:\n{self.last_lines()}"
                )
            time.sleep(0.02)

    def stop(self, *, seconds: float = 10.0) -> None:
        """Ask it to end; after this many seconds kill it and its children."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=seconds)
        self._end_session()
        self._process.wait()

    def _end_session(self) -> None:
        """Kill the children, which share its process group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _opened_log(log: Path) -> BinaryIO:
    """Open the log to append; a large one is rotated (one old file is kept)."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")
