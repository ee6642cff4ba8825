"""What the calendar parts of a mail say, by the importer of invitations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from integrations.content_lines_read import UnreadableError
from integrations.ical_attendees import Own
from integrations.invitations import Invitation, read_invitations

# No program writes such a calendar for one appointment.
PART_MAX = 100_000
LONG = re.compile(rb"^(?:DTSTART|DTEND|RECURRENCE-ID)[^\n]{400}", re.MULTILINE)
METHOD = re.compile(rb"(?im)^METHOD\s?:\s?(\w{3,20})")
UPDATED = re.compile(rb"(?im)^SEQUENCE\s?:\s?([1-9]\d{0,5})\b")


@dataclass(frozen=True, slots=True)
class Calendar:
    """`emails` are those of organiser and attendees, `titles` the names of the events."""

    is_cancelled: bool
    is_answer: bool
    is_update: bool
    starts: tuple[datetime, ...]
    titles: tuple[str, ...]
    emails: tuple[str, ...]


def read_calendars(
    parts: Sequence[bytes], zone: ZoneInfo, emails: Sequence[str], name: str
) -> Calendar:
    """Return what all calendar parts say together; what cannot be read is left out."""
    events: list[Invitation] = []
    own = Own(emails=list(emails), name=name)
    for part in parts:
        if len(part) > PART_MAX or LONG.search(part):
            continue
        try:
            events += read_invitations(BytesIO(part), zone=zone, own=own)
        except (UnreadableError, ValueError, LookupError, ArithmeticError, RecursionError):
            continue
    methods = {found.upper() for part in parts for found in METHOD.findall(part)}
    kept = [each for each in events if not each.is_cancelled]
    return Calendar(
        is_cancelled=bool(events) and not kept,
        is_answer=bool(methods & {b"REPLY", b"COUNTER", b"REFRESH"}),
        is_update=any(UPDATED.search(part) for part in parts),
        starts=tuple(sorted({each.starts_at for each in kept if each.starts_at is not None})),
        titles=tuple(each.title for each in events),
        emails=tuple(person.email for each in events for person in each.people),
    )
