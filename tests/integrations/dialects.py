"""Small files as other programs write them."""

import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from integrations.ical_attendees import Own
from integrations.invitations import Invitation, read_invitations

BERLIN = ZoneInfo("Europe/Berlin")
ALICE = Own(["alice@example.org", "a.adams@gmail.com", "alice@bäcker.example"], "Alice Adams")


def read_all(content: bytes) -> list[Invitation]:
    return read_invitations(io.BytesIO(content), zone=BERLIN, own=ALICE)


def calendar(*events: Sequence[str], head: Sequence[str] = (), end: str = "\r\n") -> str:
    body = [line for event in events for line in ["BEGIN:VEVENT", *event, "END:VEVENT"]]
    return end.join(["BEGIN:VCALENDAR", *head, *body, "END:VCALENDAR", ""])


def event(*lines: str, head: Sequence[str] = ()) -> Invitation:
    """Of one that begins at 14:00 in Berlin, where its lines do not say otherwise."""
    starts = [line for line in lines if line.startswith("DTSTART")] or ["DTSTART:20261208T130000Z"]
    others = [line for line in lines if not line.startswith("DTSTART")]
    (found,) = read_all(calendar(["UID:1@acme.example", *starts, *others], head=head).encode())
    return found


def zone(name: str, *lines: str) -> list[str]:
    """As Berlin's, by another name."""
    standard = ["DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"]
    summer = ["DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"]
    return [
        *("BEGIN:VTIMEZONE", f"TZID:{name}", *lines),
        *("BEGIN:STANDARD", *standard, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", *summer, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT"),
        "END:VTIMEZONE",
    ]
