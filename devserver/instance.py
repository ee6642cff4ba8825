"""The processes of one running Hearback, started and stopped in order.

Used by `make run` and by the tests' `running` fixture.
"""

import http.client
import json
import logging
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from devserver import commands
from devserver.broker import Broker
from devserver.process import Child, StartError

logger = logging.getLogger("hearback.run")

# Producers stop before consumers, and the broker after all its clients.
STOP_ORDER = ("preparation", "collection", "inbound", "beat", "worker", "web", "mailbox", "broker")


class System:
    """The running processes. Each start_… returns at once; wait_for_web waits for a response."""

    def __init__(self, var: Path, env: Mapping[str, str] | None = None) -> None:
        self.var = var
        self.env = dict(os.environ if env is None else env)
        self.children: dict[str, Child] = {}
        self._broker: Broker | None = None
        self._listening: list[socket.socket] = []

    def start_broker(self) -> str:
        """Start the embedded broker and return its URL for the later starts."""
        self._broker = Broker(self.var / "broker", log=self._log("broker"))
        self._add(self._broker.child)
        self._broker.wait()
        self.env["CELERY_BROKER_URL"] = self._broker.url
        self.env.setdefault("CACHE_URL", self._broker.cache_url)
        return self._broker.url

    def start_mailbox(self, smtp: socket.socket, web: socket.socket) -> None:
        """Start it on two listening sockets, which stay open while it restarts."""
        self._listening += [smtp, web]
        command = commands.mailbox(smtp.fileno(), web.fileno(), self.var / "mailbox")
        self.start("mailbox", command, sockets=[smtp.fileno(), web.fileno()])

    def start_web(self, port: int) -> None:
        self.start("web", commands.web(port))

    def start_worker(self) -> None:
        self.start("worker", commands.worker())

    def start_worker_with_clock(self, inbound: socket.socket | None = None) -> None:
        """One process for both, and for forwarded mails: enough for one machine, and less
        memory."""
        taken = [] if inbound is None else [inbound.fileno()]
        self._listening += [] if inbound is None else [inbound]
        command = commands.worker(self.var / "beat-schedule", *taken)
        self.start("worker", command, sockets=taken)

    def start_beat(self) -> None:
        self.start("beat", commands.beat(self.var / "beat-schedule"))

    def start_inbound(self, listening: socket.socket) -> None:
        """A process of its own for forwarded mails, on a listening socket."""
        self._listening.append(listening)
        self.start("inbound", commands.inbound(listening.fileno()), sockets=[listening.fileno()])

    def prepare(self, *, is_demo_wanted: bool) -> str:
        """Update database and static files; return what there is to tell."""
        self.start("preparation", commands.prepare(is_demo_wanted=is_demo_wanted), is_heard=True)
        self.start("collection", commands.static_files(), is_heard=True)
        # The database's output appears only once, so nothing may fail after it.
        self.children["collection"].hear()
        said = self.children["preparation"].hear()
        del self.children["preparation"], self.children["collection"]
        return said

    def wait_for_web(self, port: int, *, seconds: float = 30) -> None:
        self.children["web"].wait_until(lambda: answers_http(port, self._host), seconds=seconds)

    def wait_for_sweep(self, port: int, *, seconds: float = 15) -> None:
        """Wait until the health check sees a sweep, but not longer: problems are for the
        watcher."""
        with suppress(StartError):
            has_looked = partial(has_swept, port, self._host)
            self.children["worker"].wait_until(has_looked, seconds=seconds)

    def ended(self) -> list[Child]:
        """Return the processes that ended without being stopped."""
        return [child for child in self.children.values() if not child.is_running()]

    def restart(self, name: str) -> None:
        """Restart one that ended, after ending its children."""
        child = self.children[name]
        child.stop()
        child.start()
        self._note_start(child)

    def stop(self) -> None:
        """Stop everything in order. It can be called twice."""
        for name in STOP_ORDER:
            child = self.children.pop(name, None)
            if child is None:
                continue
            if name == "broker" and self._broker is not None:
                self._broker.stop()
            else:
                child.stop()
            logger.info("%s stopped", name)
        for listening in self._listening:
            listening.close()

    def start(
        self,
        name: str,
        command: list[str],
        *,
        sockets: Sequence[int] = (),
        is_heard: bool = False,
    ) -> None:
        log, env = self._log(name), self.env
        self._add(Child(name, command, env=env, log=log, sockets=sockets, is_heard=is_heard))

    def _add(self, child: Child) -> None:
        self.children[child.name] = child
        self._note_start(child)

    def _note_start(self, child: Child) -> None:
        logger.info("%s started as process %d", child.name, child.pid)

    @property
    def _host(self) -> str:
        """Return the host that the site answers for."""
        return urlsplit(self.env.get("BASE_URL", "")).netloc

    def _log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"


def answers_http(port: int, host: str = "") -> bool:
    """Return whether any response arrives, errors included."""
    return bool(_health(port, host))


def has_swept(port: int, host: str = "") -> bool:
    told = _health(port, host)
    return told.startswith(b"{") and json.loads(told)["sweep"] == "ok"


def _health(port: int, host: str) -> bytes:
    """Return the content of /healthz, or None without a response."""
    # As a proxy asks: a deployment redirects plain HTTP.
    headers = {"Host": host or f"localhost:{port}", "X-Forwarded-Proto": "https"}
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/healthz", headers=headers)
            answer = connection.getresponse()
            return answer.read() or str(answer.status).encode()
    except (OSError, http.client.HTTPException):
        return b""
