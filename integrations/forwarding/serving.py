"""The server in a thread, for one machine: a process of its own would need 100 MB."""

import asyncio
import logging
import threading
from collections.abc import Callable
from socket import socket

from integrations.forwarding.server import InboundServer


class InboundThread:
    def __init__(
        self,
        listening: socket,
        *,
        hostname: str,
        wake: Callable[[], None],
        is_lmtp: bool = False,
    ) -> None:
        self._loop, self._stop = asyncio.new_event_loop(), asyncio.Event()
        server = InboundServer(hostname=hostname, wake=wake)
        work = server.run([(listening, is_lmtp)], self._stop)
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(work,))

    def start(self) -> None:
        # The library tells who connects, and at a finer level what they say.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()
