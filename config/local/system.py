"""The processes of one running Hearback, started and stopped in order.

`make run` and the tests' `running` fixture both start it here.
"""

import http.client
import logging
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from config.local import commands
from config.local.broker import Broker
from config.local.processes import Child

logger = logging.getLogger("hearback.run")

# Who makes work stops before who does it, and the broker after all who talk to it.
STOP_ORDER = ("beat", "worker", "web", "mailbox", "broker")


class System:
    """What runs now. Each start_… returns at once; wait_for_web waits for an answer."""

    def __init__(self, var: Path, env: Mapping[str, str] | None = None) -> None:
        self.var = var
        self.env = dict(os.environ if env is None else env)
        self.children: dict[str, Child] = {}
        self._broker: Broker | None = None

    def start_broker(self) -> str:
        """Start the embedded broker and return its URL, which all later starts are given."""
        self._broker = Broker(self.var / "broker", log=self._log("broker"))
        self._add("broker", self._broker.child)
        self._broker.wait()
        self.env["CELERY_BROKER_URL"] = self._broker.url
        self.env.setdefault("CACHE_URL", self._broker.cache_url)
        return self._broker.url

    def start_mailbox(self, smtp: socket.socket, web: socket.socket) -> None:
        """Start it on two sockets that listen already."""
        with smtp, web:
            command = commands.mailbox(smtp.fileno(), web.fileno(), self.var / "mailbox")
            self._start("mailbox", command, [smtp.fileno(), web.fileno()])

    def start_web(self, port: int) -> None:
        self._start("web", commands.web(port))

    def start_worker(self) -> None:
        self._start("worker", commands.worker())

    def start_beat(self) -> None:
        self._start("beat", commands.beat(self.var / "beat-schedule"))

    def wait_for_web(self, port: int, *, seconds: float = 30) -> None:
        self.children["web"].wait_until(lambda: answers_http(port), seconds=seconds)

    def ended(self) -> Child | None:
        """The first process that is no longer running, though nobody stopped it."""
        return next((one for one in self.children.values() if not one.is_running()), None)

    def stop(self) -> None:
        """Stop what runs, in order; whatever it is asked twice is stopped once."""
        for name in STOP_ORDER:
            child = self.children.pop(name, None)
            if child is None:
                continue
            if name == "broker" and self._broker is not None:
                self._broker.stop()
            else:
                child.stop()
            logger.info("%s stopped", name)

    def _start(self, name: str, command: list[str], sockets: Sequence[int] = ()) -> None:
        log = self._log(name)
        self._add(name, Child(name, command, env=self.env, log=log, sockets=sockets))

    def _add(self, name: str, child: Child) -> None:
        self.children[name] = child
        logger.info("%s started as process %d", name, child.pid)

    def _log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"


def answers_http(port: int) -> bool:
    """Whether any answer to a request comes, an error's included."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
            return True
    except (OSError, http.client.HTTPException):
        return False
