"""The server that takes forwarded mails, by SMTP and LMTP.

A mail is a committed row before its 250, so that nothing is lost if the process dies, and nothing
is bounced later: what is refused is refused while the sender's server waits.
"""

import asyncio
import logging
import ssl
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from socket import socket
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from integrations.forwarding import health, intake
from integrations.forwarding.intake import Reply
from integrations.inbound.reading import SIZE_MAX

logger = logging.getLogger(__name__)

# Each may hold a mail in memory, twice while it is stored.
SESSIONS_MAX = 20
SESSIONS_OF_PEER_MAX = 10
RECIPIENTS_MAX = 20
THREADS = 4
IDLE_SECONDS = 120.0
# /healthz misses it after five minutes.
HEARTBEAT_SECONDS = 60.0
# A sender that goes on with a mail that is too large is listened to so long.
HEARD_MAX = 3 * SIZE_MAX


class _Session(SMTP):
    """The library's, with bounds on what one peer may take."""

    # Employers' programs write longer lines than RFC 5321 allows.
    line_length_limit = 2**20

    def __init__(self, *given: Any, server: "InboundServer", **named: Any) -> None:
        super().__init__(*given, **named)
        self._inbound, self._peer, self._heard = server, "", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        is_new = self.transport is None  # not the same one after STARTTLS
        super().connection_made(transport)
        if is_new:
            self._peer = _peer_of(self.session)
            if not self._inbound.admit(self._peer):
                self._hang_up(b"421 4.7.0 Too many connections\r\n")

    def connection_lost(self, error: Exception | None) -> None:
        self._inbound.dismiss(self._peer)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        # The library keeps what it hears of a line that does not end.
        self._heard += len(data)
        if self._heard > HEARD_MAX:
            self._hang_up(b"552 5.3.4 Too much mail data\r\n")
            return
        super().data_received(data)

    async def push(self, status: Any) -> None:
        self._heard = 0
        await super().push(status)

    def _hang_up(self, said: bytes) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.write(said)
            self.transport.close()


class _LmtpSession(_Session, LMTP):
    pass


class _Handler:
    """The library's hooks. Each reply is made in a thread, since it needs the database."""

    def __init__(self, pool: ThreadPoolExecutor, on_kept: Callable[[], None]) -> None:
        self._pool, self._on_kept = pool, on_kept

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= RECIPIENTS_MAX:
            return Reply.CROWD
        reply = await self._ask(partial(intake.check_recipient, address, _peer_of(session)))
        if reply == Reply.RECIPIENT:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw, now = envelope.original_content or b"", timezone.now()
        replies = [
            await self._ask(partial(intake.keep, raw, recipient, now=now))
            for recipient in envelope.rcpt_tos
        ]
        if Reply.KEPT in replies:
            self._on_kept()
        if isinstance(server, LMTP):  # one reply for each recipient
            return "\r\n".join(replies)
        return next((each for each in replies if each.startswith("4")), max(replies, key=_is_kept))

    async def handle_exception(self, error: Exception) -> str:
        logger.error("A session failed", exc_info=error)
        return Reply.AWAY

    async def _ask(self, work: Callable[[], Reply]) -> Reply:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _with_database, work)


def _is_kept(reply: Reply) -> bool:
    return reply == Reply.KEPT


def _with_database(work: Callable[[], Reply]) -> Reply:
    """Each time by a new connection: one that was kept may have died with the database."""
    try:
        return work()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("The database cannot be reached: %s", type(error).__name__)
        return Reply.AWAY
    finally:
        connections.close_all()


async def _tell_that_it_listens(pool: ThreadPoolExecutor) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await loop.run_in_executor(pool, _with_database, _note_listening)
        await asyncio.sleep(HEARTBEAT_SECONDS)


def _note_listening() -> Reply:
    health.note_listening(now=timezone.now())
    return Reply.KEPT


def _peer_of(session: Session | None) -> str:
    peer = session.peer if session else None
    return str(peer[0]) if isinstance(peer, tuple) else ""


class InboundServer:
    """Serve on listening sockets until `stop` is set; `wake` tells the readers, in a thread."""

    def __init__(
        self, *, hostname: str, wake: Callable[[], None], tls: ssl.SSLContext | None = None
    ) -> None:
        self.sessions: Counter[str] = Counter()
        self._hostname, self._wake, self._tls = hostname, wake, tls

    def admit(self, peer: str) -> bool:
        self.sessions[peer] += 1
        has_room = self.sessions[peer] <= SESSIONS_OF_PEER_MAX
        return has_room and self.sessions.total() <= SESSIONS_MAX

    def dismiss(self, peer: str) -> None:
        self.sessions[peer] -= 1
        if not self.sessions[peer]:
            del self.sessions[peer]

    async def run(self, listening: list[tuple[socket, bool]], stop: asyncio.Event) -> None:
        """`listening` are the sockets, each with whether LMTP is spoken there."""
        kept = asyncio.Event()
        with ThreadPoolExecutor(THREADS) as pool:
            tasks = [
                asyncio.create_task(self._wake_readers(kept)),
                asyncio.create_task(_tell_that_it_listens(pool)),
            ]
            handler = _Handler(pool, kept.set)
            loop = asyncio.get_running_loop()
            servers = [
                await loop.create_server(partial(self._session, handler, is_lmtp), sock=each)
                for each, is_lmtp in listening
            ]
            await stop.wait()
            for server in servers:
                server.close()
            for task in tasks:
                task.cancel()

    def _session(self, handler: _Handler, is_lmtp: bool) -> SMTP:
        kind = _LmtpSession if is_lmtp else _Session
        return kind(
            handler,
            server=self,
            data_size_limit=SIZE_MAX,
            enable_SMTPUTF8=True,
            hostname=self._hostname,
            ident="Hearback",
            timeout=IDLE_SECONDS,
            tls_context=self._tls,
            loop=asyncio.get_running_loop(),
        )

    async def _wake_readers(self, kept: asyncio.Event) -> None:
        """After the answer, and once for many: a broker that is away must not delay a sender."""
        while True:
            await kept.wait()
            kept.clear()
            await asyncio.to_thread(self._wake)
