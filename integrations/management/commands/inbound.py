"""Take forwarded mails by SMTP or LMTP until stopped (docs/inbound.md)."""

import asyncio
import logging
import signal
import socket
import ssl
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from integrations.forwarding.server import InboundServer
from integrations.tasks import wake_readers


class Command(BaseCommand):
    help = "Take the mails that candidates forward, on the addresses of INBOUND_LISTEN."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--socket", type=int, help="a listening socket's descriptor, for SMTP")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.INBOUND_DOMAIN:
            raise CommandError("Set INBOUND_DOMAIN: without it nobody has an address.")
        # The library tells who connects, and at a finer level what they say.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        if options["socket"] is not None:
            listening = [(socket.socket(fileno=options["socket"]), False)]
        else:
            listening = [_listen(each) for each in settings.INBOUND_LISTEN]
        self.stdout.write(f"Listening for mails to {settings.INBOUND_DOMAIN}.")
        self.stdout.flush()
        server = InboundServer(hostname=settings.INBOUND_DOMAIN, wake=wake_readers, tls=_tls())
        asyncio.run(_serve(server, listening))


async def _serve(server: InboundServer, listening: list[tuple[socket.socket, bool]]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await server.run(listening, stop)


def _listen(url: str) -> tuple[socket.socket, bool]:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "lmtp") or not parts.hostname or not parts.port:
        raise CommandError(f"INBOUND_LISTEN: {url} is not smtp://HOST:PORT or lmtp://HOST:PORT.")
    family = socket.AF_INET6 if ":" in parts.hostname else socket.AF_INET
    try:
        listening = socket.create_server((parts.hostname, parts.port), family=family)
    except OSError as error:
        raise CommandError(f"{url}: {error.strerror}") from error
    return listening, parts.scheme == "lmtp"


def _tls() -> ssl.SSLContext | None:
    """For STARTTLS, where this server is the MX itself."""
    if not settings.INBOUND_TLS_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.INBOUND_TLS_CERTIFICATE, settings.INBOUND_TLS_KEY or None)
    return context
