"""What the counting SMTP server did, one line each in a file that outlives its process."""

from collections import Counter
from enum import StrEnum
from pathlib import Path


class Event(StrEnum):
    TAKEN = "taken"
    CUT = "cut"  # accepted, and the answer lost
    LATER = "later"
    HUNG = "hung"
    REFUSED = "refused"


class DeliveryCount:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def note(self, event: Event, recipient: str, message_id: str = "-") -> None:
        """Flushed at once: the process may be killed at any moment."""
        with self.path.open("ab", buffering=0) as file:
            file.write(f"{event} {recipient} {message_id}\n".encode())

    def taken(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of each accepted mail, with repetitions."""
        rows = self._rows()
        return [(to, key) for event, to, key in rows if event in (Event.TAKEN, Event.CUT)]

    def taken_count(self) -> int:
        """Their number, without parsing."""
        text = self.path.read_bytes()
        return sum(text.count(b"%s " % event.encode()) for event in (Event.TAKEN, Event.CUT))

    def events(self) -> Counter[Event]:
        return Counter(event for event, _to, _key in self._rows())

    def _rows(self) -> list[tuple[Event, str, str]]:
        lines = self.path.read_text().splitlines()
        split = [line.split(" ", 2) for line in lines]
        return [(Event(event), to, key) for event, to, key in split]
