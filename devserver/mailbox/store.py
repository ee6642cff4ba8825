"""Received messages, one file each."""

import email
import email.policy
import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

KEY = re.compile(r"^[0-9]{8}T[0-9]{12}-[0-9]+$")
ENVELOPE_TO = "X-Envelope-To"


@dataclass(frozen=True)
class StoredMail:
    """One message and when it was received."""

    key: str
    message: EmailMessage

    @property
    def received_at(self) -> datetime:
        return datetime.strptime(self.key.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def recipients(self) -> str:
        """The envelope's recipients; the headers may differ."""
        return str(self.message.get(ENVELOPE_TO, self.message.get("To", "")))

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return "" if part is None else str(part.get_content())


class Store:
    """The folder of messages. One process writes to it, and files appear complete."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._count = itertools.count()

    def keep(self, content: bytes, recipients: list[str], *, now: datetime) -> str:
        key = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}-{next(self._count)}"
        envelope = f"{ENVELOPE_TO}: {', '.join(recipients)}\r\n".encode()
        unfinished = self._folder / f"{key}.new"
        unfinished.write_bytes(envelope + content)
        unfinished.replace(self._path(key))
        return key

    def newest(self, limit: int = 200) -> list[StoredMail]:
        paths = sorted(self._folder.glob("*.eml"), reverse=True)[:limit]
        return [self._read(path) for path in paths]

    def find(self, key: str) -> StoredMail | None:
        path = self._path(key)
        return self._read(path) if KEY.match(key) and path.is_file() else None

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.eml"

    def _read(self, path: Path) -> StoredMail:
        return StoredMail(path.stem, parsed(path.read_bytes()))


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)
