"""Real SMTP servers that do not simply take what they are given."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.local.mailbox.store import parsed
from config.local.ports import free_port

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
        self.port = free_port(34000)
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True
        )

    def __enter__(self) -> "Answering":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

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
