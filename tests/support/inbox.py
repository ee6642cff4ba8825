"""An SMTP server in the test's own process, whose mail the test can wait for."""

import re
import socket
import threading
import time
from email.message import EmailMessage

from devserver.mailbox.smtp import SmtpServer
from devserver.mailbox.store import parsed

LINK = re.compile(r"https?://\S+[^\s.,;:)>]")


class Inbox:
    """Start it with `with Inbox() as inbox`; `inbox.url` is an EMAIL_URL."""

    def __init__(self) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.messages: list[EmailMessage] = []
        self._untaken: list[tuple[list[str], EmailMessage]] = []
        self._came = threading.Condition()
        self._server = SmtpServer(listening, self._keep)

    def __enter__(self) -> "Inbox":
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    def take(self, *, to: str = "", subject: str = "", seconds: float = 30) -> EmailMessage:
        """Return the oldest new message with recipient `to` and with `subject` in its subject; wait
        for it that long."""
        deadline = time.monotonic() + seconds
        with self._came:
            while (found := self._find(to, subject)) is None:
                if not self._came.wait(timeout=deadline - time.monotonic()):
                    raise AssertionError(self._missed(to, subject, seconds))
            self._untaken.remove(found)
            return found[1]

    def drop(self) -> None:
        """Drop all messages, taken or not."""
        with self._came:
            self.messages.clear()
            self._untaken.clear()

    def _keep(self, content: bytes, recipients: list[str]) -> None:
        message = parsed(content)
        with self._came:
            self.messages.append(message)
            self._untaken.append((recipients, message))
            self._came.notify_all()

    def _find(self, to: str, subject: str) -> tuple[list[str], EmailMessage] | None:
        return next(
            (
                one
                for one in self._untaken
                if (not to or to in one[0]) and subject in str(one[1]["Subject"])
            ),
            None,
        )

    def _missed(self, to: str, subject: str, seconds: float) -> str:
        got = [f"{one['To']}: {one['Subject']}" for one in self.messages]
        return f"No mail to {to!r} with {subject!r} in its subject within {seconds} s; came: {got}"


def text_of(message: EmailMessage) -> str:
    """The message's plain text."""
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content())


def links_of(message: EmailMessage) -> list[str]:
    """Every URL in the message's plain text, in order."""
    return LINK.findall(text_of(message))
