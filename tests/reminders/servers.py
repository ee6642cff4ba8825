"""Real SMTP servers that do not simply take what they are given."""

import socket

from aiosmtpd.smtp import SMTP, Envelope, Session

from devserver.mailbox.smtp import SmtpServer
from devserver.mailbox.store import parsed

HANG_UP = "hang up"


class Answering:
    """Answers each message with the next of `answers`, and with 250 when they are used up.

    `seen` holds every message, taken or not; `connections` the addresses they came from. After
    HANG_UP the message was read whole, and no answer to it arrives.
    """

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.seen: list[object] = []
        self.connections: list[object] = []
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._server = SmtpServer(listening, lambda content, recipients: None)
        self._server._handler = self  # the same server, with other answers

    def __enter__(self) -> "Answering":
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.seen.append(parsed(content))
        self.connections.append(session.peer)
        answer = self.answers.pop(0) if self.answers else "250 kept"
        if answer == HANG_UP:
            assert server.transport is not None
            server.transport.abort()
        return answer if answer != HANG_UP else "250 never heard"
