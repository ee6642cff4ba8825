"""The SMTP server. The tests' inbox is the same server with another storage."""

import asyncio
import socket
import threading
from collections.abc import Callable

from aiosmtpd.smtp import SMTP, Envelope, Session

Keep = Callable[[bytes, list[str]], object]


class _Handler:
    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        self._keep(content if isinstance(content, bytes) else content.encode(), envelope.rcpt_tos)
        return "250 kept"


class SmtpServer:
    """Pass each message and its recipients to `keep`, in a thread.

    It takes a listening socket, so that nobody else can take the port.
    """

    def __init__(self, listening: socket.socket, keep: Keep) -> None:
        self._listening = listening
        self._handler = _Handler(keep)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        serving = self._loop.create_server(self._session, sock=self._listening)
        server = self._loop.run_until_complete(serving)
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    def _session(self) -> SMTP:
        return SMTP(self._handler, enable_SMTPUTF8=True, loop=self._loop)
