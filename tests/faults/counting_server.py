"""A counting server, controlled from outside: start, kill, restart, change its behaviour."""

import json
import os
import signal
import socket
import sys
from dataclasses import asdict
from pathlib import Path

from devserver.ports import answers
from devserver.process import Child
from tests.faults.behaviour import Behaviour
from tests.faults.delivery_count import DeliveryCount
from tests.support.ports import own_port


class CountingServer:
    """Its counts stay over restarts, and its port is the same. `kind` is "smtp" or "push"; both of
    a folder count in one file."""

    def __init__(
        self, kind: str, folder: Path, behaviour: Behaviour, *, port: int | None = None
    ) -> None:
        self.port, self._control = port or own_port(), own_port()
        self.behaviour = behaviour
        self.deliveries = DeliveryCount(folder / "tally.txt")
        self._kind, self._log = kind, folder / f"{kind}.log"
        self._child: Child | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", f"tests.faults.{self._kind}_process"),
            *(str(self.port), str(self._control), str(self.deliveries.path)),
            json.dumps(asdict(self.behaviour)),
        ]
        self._child = Child(f"{self._kind} server", command, env=os.environ, log=self._log)
        self._child.wait_until(lambda: answers(self.port), seconds=20)

    def behave(self, behaviour: Behaviour) -> None:
        """From the next mail on."""
        self.behaviour = behaviour
        with socket.create_connection(("127.0.0.1", self._control), timeout=10) as control:
            control.sendall(json.dumps(asdict(behaviour)).encode() + b"\n")
            if control.recv(3) != b"ok\n":
                raise ConnectionError("The server did not take its new behaviour.")

    def kill(self) -> None:
        if self._child is not None:
            if self._child.is_running():
                os.kill(self._child.pid, signal.SIGKILL)
            self._child.stop()
        self._child = None
