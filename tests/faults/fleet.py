"""Senders, sweepers and beats as processes, and a supervisor that restarts them."""

import os
import random
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from devserver import commands
from devserver.process import Child
from tests.support.waiting import wait_until

# The queues of each kind of worker (config/settings.py).
QUEUES = {"sender": "mail,notifications", "sweeper": "hearback"}
READY = {"sender": " ready.", "sweeper": " ready.", "beat": "beat: Starting"}
READY |= {"inbound": "Listening"}
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    senders: int = 2
    sweepers: int = 1
    beats: int = 1
    inbound: int = 0

    def names(self) -> list[str]:
        counts = {"sender": self.senders, "sweeper": self.sweepers, "beat": self.beats}
        counts |= {"inbound": self.inbound}
        return [f"{kind}-{n}" for kind, count in counts.items() for n in range(1, count + 1)]


class Fleet:
    def __init__(self, size: Size, *, env: Mapping[str, str], folder: Path) -> None:
        self._names = size.names()
        self._env = env
        self._folder = folder
        self._children: dict[str, Child] = {}
        # Processes that ended without being killed.
        self.ended: list[str] = []

    def start(self) -> None:
        for name in self._names:
            self._start(name)
        for name, child in self._children.items():
            child.wait_until(partial(self.is_ready, name), seconds=START_SECONDS)

    def stop(self) -> None:
        """Kill everything at once: the results are known."""
        for child in self._children.values():
            _kill(child)
        self._children.clear()

    def is_ready(self, name: str) -> bool:
        """Whether it has started and is running."""
        child = self._children[name]
        return child.is_running() and READY[_kind(name)] in child.last_lines(10_000)

    def kill(self, name: str) -> None:
        """kill -9 during its work; its supervisor starts another at once."""
        _kill(self._children[name])
        self._start(name)

    def freeze(self, name: str) -> None:
        """Stop it during its work, as on a suspended machine."""
        os.kill(self._children[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.kill(self._children[name].pid, signal.SIGCONT)

    def kill_one(self, kind: str, chance: random.Random) -> str:
        """Kill a running one of this kind; return its name."""
        wait_until(lambda: bool(self._up(kind)), seconds=START_SECONDS, what=f"a {kind} that is up")
        name = chance.choice(self._up(kind))
        self.kill(name)
        return name

    def _up(self, kind: str) -> list[str]:
        self.mend()
        return [name for name in self._names if _kind(name) == kind and self.is_ready(name)]

    def mend(self) -> None:
        """Restart those that ended by themselves."""
        for name, child in list(self._children.items()):
            if not child.is_running():
                self.ended.append(name)
                self._start(name)

    def _start(self, name: str) -> None:
        log = self._folder / f"{name}.log"
        self._children[name] = Child(name, self._command(name), env=self._env, log=log)

    def _command(self, name: str) -> list[str]:
        kind = _kind(name)
        if kind == "beat":
            return commands.beat(self._folder / f"{name}.schedule")
        if kind == "inbound":
            return [sys.executable, "manage.py", "inbound"]
        return [
            *(sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "INFO"),
            # The process that works is the one that is killed.
            *("--pool", "solo", "--queues", QUEUES[kind], "--hostname", f"{name}@%h"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]


def _kind(name: str) -> str:
    return name.partition("-")[0]


def _kill(child: Child) -> None:
    if child.is_running():
        os.kill(child.pid, signal.SIGKILL)
    child.stop()
