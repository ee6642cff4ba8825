"""An invitation (.ics) as its recipient would read it: when, how long, where, with whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar.prop import vDuration

from interviews.exchange.cards import shortened
from interviews.exchange.invited_people import Invited, company_of, link_of, people_of
from interviews.exchange.invited_zones import Component, instant, parse_local, parse_rule
from interviews.exchange.lines import Line, UnreadableError, Upload, read_lines
from interviews.rules import limits
from interviews.rules.facts import MINUTES_DEFAULT

EVENTS_MAX = 50
DEPTH_MAX = 5
PEOPLE_MAX = 5
UID_MAX = 255
SEQUENCE_MAX = 2**31 - 1
TITLE_MAX, PLACE_MAX = 200, 300
# Copies of the text as HTML, files, pictures.
DROPPED = frozenset({"ATTACH", "X-ALT-DESC", "IMAGE", "X-APPLE-STRUCTURED-LOCATION"})
ANSWERS = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """`starts_at` is None for a cancelled one that does not repeat it. `remarks` are sentences
    about what could not be taken over as it was written."""

    uid: str
    sequence: int
    is_cancelled: bool
    starts_at: datetime | None
    minutes: int
    title: str
    place: str
    link: str
    people: tuple[Invited, ...]
    company: str
    remarks: tuple[str, ...]


def read_invitation(upload: Upload, *, zone: ZoneInfo, own: str) -> Invitation:
    """`zone` is hers, for a time without one; `own` her address, since she is no interlocutor.

    Raises UnreadableError.
    """
    calendar = _tree(upload)
    method = calendar.value("METHOD").upper()
    if method in ANSWERS:
        raise UnreadableError(
            _("This is an answer to an invitation; choose the invitation itself.")
        )
    event = _event(calendar)
    is_cancelled = method == "CANCEL" or _is_cancelled(event)
    remarks: list[str] = []
    starts_at = _starts_at(event, calendar, zone, remarks, is_needed=not is_cancelled)
    if not is_cancelled:
        remarks += _repetition(event)
    people, organiser = people_of(event, own)
    if len(people) > PEOPLE_MAX:
        remarks.append(
            _("More than %(count)d people are invited; these are the first.")
            % {"count": PEOPLE_MAX}
        )
    link = link_of(event)
    place = event.value("LOCATION")
    return Invitation(
        uid=_uid(event),
        sequence=_sequence(event),
        is_cancelled=is_cancelled,
        starts_at=starts_at,
        minutes=_minutes(event, starts_at, calendar, zone),
        title=shortened(" ".join(event.value("SUMMARY").split()), TITLE_MAX),
        place="" if place == link else shortened(" ".join(place.split()), PLACE_MAX),
        link=link,
        people=tuple(people[:PEOPLE_MAX]),
        company=company_of(organiser),
        remarks=tuple(remarks),
    )


# --- which event --------------------------------------------------------------------------------


def _tree(upload: Upload) -> Component:
    root = Component("")
    open_parts, events = [root], 0
    for line in read_lines(upload, kind="VCALENDAR", dropped=DROPPED):
        if line.name == "BEGIN":
            part = Component(line.value.strip().upper())
            events += part.name == "VEVENT"
            if events > EVENTS_MAX or len(open_parts) > DEPTH_MAX:
                raise UnreadableError(
                    _("This file holds a whole calendar; choose a single invitation.")
                )
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif line.name == "END" and len(open_parts) > 1:
            open_parts.pop()
        else:
            open_parts[-1].lines.append(line)
    if len(open_parts) > 1:
        raise UnreadableError(_("This file ends in the middle; save the invitation anew."))
    if not root.parts:
        raise UnreadableError(_("This file is empty."))
    return root.parts[0]


def _event(calendar: Component) -> Component:
    """The first that is not cancelled; the series itself rather than one of its exceptions."""
    events = calendar.called("VEVENT")
    if not events:
        raise UnreadableError(_("There is no appointment in this file."))
    return min(
        events, key=lambda each: (_is_cancelled(each), each.line("RECURRENCE-ID") is not None)
    )


def _is_cancelled(event: Component) -> bool:
    return event.value("STATUS").upper() == "CANCELLED"


def _uid(event: Component) -> str:
    """Its key, or, where that is longer than any program makes it, a fingerprint of it."""
    uid = event.value("UID")
    if len(uid) <= UID_MAX:
        return uid
    return f"sha256:{sha256(uid.encode()).hexdigest()}"


def _sequence(event: Component) -> int:
    said = event.value("SEQUENCE")[:11]
    return min(int(said), SEQUENCE_MAX) if said.isascii() and said.isdecimal() else 0


# --- when ---------------------------------------------------------------------------------------


def _starts_at(
    event: Component, calendar: Component, zone: ZoneInfo, remarks: list[str], *, is_needed: bool
) -> datetime | None:
    line = event.line("DTSTART")
    if line is None and not is_needed:
        return None
    if line is not None and re.fullmatch(r"\d{8}", line.value.strip()):
        if not is_needed:
            return None
        raise UnreadableError(
            _("This appointment takes the whole day and names no time; add it by hand.")
        )
    found = None if line is None else _moment(line, calendar, zone, remarks)
    if found is None or not limits.is_in_range(found.date()):
        raise UnreadableError(_("The time of this appointment cannot be read; add it by hand."))
    return found


def _moment(line: Line, calendar: Component, zone: ZoneInfo, remarks: list[str]) -> datetime | None:
    said = line.value.strip()
    local = parse_local(said)
    if local is None or not limits.is_in_range(local.date()):
        return None
    if said.endswith("Z"):
        return local.replace(tzinfo=UTC)
    hers = local.replace(tzinfo=zone).astimezone(UTC)
    tzid = next(iter(line.params.get("TZID", ())), "")
    if not tzid:
        remarks.append(_("The invitation names no time zone; the time is taken as yours."))
        return hers
    zones = {part.value("TZID").strip('"'): part for part in calendar.called("VTIMEZONE")}
    found = instant(local, tzid, zones)
    if found is None:
        remarks.append(
            _("The time zone “%(zone)s” is not known; the time is taken as yours. Check it.")
            % {"zone": shortened(tzid, 60)}
        )
    return found or hers


def _minutes(
    event: Component, starts_at: datetime | None, calendar: Component, zone: ZoneInfo
) -> int:
    length = _length(event, starts_at, calendar, zone)
    if length is None or length <= timedelta():
        return MINUTES_DEFAULT
    minutes = round(length.total_seconds() / 60)
    return max(limits.MINUTES_MIN, min(minutes, limits.MINUTES_MAX))


def _length(
    event: Component, starts_at: datetime | None, calendar: Component, zone: ZoneInfo
) -> timedelta | None:
    if end := event.line("DTEND"):
        ends_at = _moment(end, calendar, zone, [])
        return None if ends_at is None or starts_at is None else ends_at - starts_at
    try:
        length = vDuration.from_ical(event.value("DURATION"))
    except (ValueError, OverflowError):
        return None
    return length if isinstance(length, timedelta) else None


def _repetition(event: Component) -> Iterator[str]:
    line = event.line("RRULE")
    if line is None:
        return
    rule = parse_rule(line.value)
    if "UNTIL" not in rule and "COUNT" not in rule:
        raise UnreadableError(
            _("This appointment repeats without an end, as no interview does; add it by hand.")
        )
    yield _("The appointment repeats; this is its first time.")
