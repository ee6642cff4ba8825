"""A running Hearback for one test: web, worker and beat as real processes, real SMTP."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis
from django.db import connection
from environ import Env

from config.cache import VERSION
from devserver.instance import System
from tests.support.inbox import Inbox
from tests.support.ports import own_port
from tests.support.relay import Relay


@dataclass
class Running:
    """`url` has no trailing slash; all its mail arrives in `inbox`; `database` is the NAME of its
    database."""

    url: str
    port: int
    database: str
    inbox: Inbox
    system: System
    relay: Relay | None

    def take_mail(self) -> int:
        """Take forwarded mails from now on; return the port."""
        listening = socket.create_server(("127.0.0.1", 0))
        self.system.start_inbound(listening)
        return int(listening.getsockname()[1])

    def fall_silent(self) -> None:
        """From now on nothing answers at its URL, as if the network were down."""
        assert self.relay is not None
        self.relay.fall_silent()

    def answer(self) -> None:
        """Answer again at the same URL."""
        assert self.relay is not None
        self.relay.answer()

    def stop(self) -> None:
        try:
            if self.relay is not None:
                self.relay.stop()
        finally:
            self.system.stop()

    def forget_limits(self) -> None:
        """Delete the rate limits' counts; the broker's own keys stay."""
        location = Env.cache_url_config(self.system.env["CACHE_URL"])["LOCATION"]
        with redis.Redis.from_url(location) as cache:
            counted = list(cache.scan_iter(f":{VERSION}:*"))
            if counted:
                cache.delete(*counted)

    def logs(self) -> dict[str, str]:
        """The last lines of each process."""
        return {name: child.last_lines(40) for name, child in self.system.children.items()}


def start(
    var: Path,
    inbox: Inbox,
    *,
    broker_url: str,
    works: bool = True,
    is_relayed: bool = False,
    **settings: str,
) -> Running:
    """Start it on the test's own database; `settings` are environment variables. With a relay it
    can fall silent."""
    web_port = own_port()
    port = own_port() if is_relayed else web_port
    url = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "CACHE_URL": broker_url.replace("redis+socket://", "redis://"),
        "EMAIL_URL": inbox.url,
        "BASE_URL": url,
        "HEARBACK_VAR": str(var),
        "SWEEP_SECONDS": "1",
        **settings,
    }
    system = System(var, environment)
    try:
        system.start_web(web_port)
        if works:
            system.start_worker()
            system.start_beat()
        system.wait_for_web(web_port, seconds=60)
        relay = Relay(port, to=web_port) if is_relayed else None
    except BaseException:
        system.stop()
        raise
    return Running(url, port, str(connection.settings_dict["NAME"]), inbox, system, relay)


def database_url() -> str:
    """The URL of the database that the test's own ORM uses."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = quote(told["USER"]) + (f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else "")
    return f"postgres://{user}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"
