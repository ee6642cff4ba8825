"""Read an invitation (.ics) as its recipient would: when, how long, where, with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from integrations.content_lines_read import UnreadableError, Upload, read_lines
from integrations.ical_attendees import Invited, Own, people_of
from integrations.ical_links import (
    hides_a_link,
    is_web_link,
    link_of,
    links_in,
    overlong_link,
    without_entities,
)
from integrations.ical_times import Times, stamped_at, zones_of
from integrations.ical_zones_read import Component, parse_rule
from integrations.vcard import shortened
from interviews.rules import limits
from interviews.rules.facts import MINUTES_DEFAULT
from interviews.text import dates

EVENTS_MAX = 50
DEPTH_MAX = 5
PEOPLE_MAX = 5
UID_MAX = 255
SEQUENCE_MAX = 2**31 - 1
TITLE_MAX, PLACE_MAX = 200, 300
# Attachments and images.
DROPPED = frozenset({"ATTACH", "IMAGE", "X-APPLE-STRUCTURED-LOCATION"})
SHOWN = {"SUMMARY", "LOCATION", "ORGANIZER", "ATTENDEE"}
ANSWERS = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}
# Earlier than any time, for sorting.
EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`sequence` is None if it is missing, `starts_at` if a cancellation does not repeat it.
    `remarks` are sentences about what could not be taken over as written."""

    uid: str
    sequence: int | None
    stamped_at: datetime | None
    is_cancelled: bool
    starts_at: datetime | None
    minutes: int
    title: str
    place: str
    link: str
    people: tuple[Invited, ...]
    company: str
    remarks: tuple[str, ...]


def read_invitations(
    upload: Upload, *, zone: ZoneInfo, own: Own, country: str = ""
) -> list[Invitation]:
    """Return all events of the file in the order of time; each one's remarks name events that
    cannot be read. `zone` is the candidate's, for times without a zone.

    Raise UnreadableError if none can be read.
    """
    calendars, is_whole = _calendars(upload, country)
    zones, found, faults = zones_of(calendars), [], []
    for calendar, event in _events(calendars):
        times = Times(event, calendar, zone, zones=zones)
        try:
            found.append(_invitation(times, own))
        except UnreadableError as error:
            faults.append((_title(event), error))
    if not found and not is_whole:
        raise UnreadableError(_("This file is incomplete. Save the invitation again."))
    if not found:
        raise faults[0][1]
    more = [] if is_whole else [_("This file is incomplete. Check what’s missing.")]
    more += [_unread(title, str(error)) for title, error in faults]
    ordered = sorted(found, key=lambda each: each.starts_at or EVER)
    return [replace(each, remarks=(*each.remarks, *more)) for each in ordered]


def _invitation(times: Times, own: Own) -> Invitation:
    event = times.event
    is_cancelled = _is_cancelled(times.calendar, event)
    starts_at = _starts_at(times, is_needed=not is_cancelled)
    minutes = _minutes(times, starts_at)
    if not is_cancelled:
        for sentence in _repetition(event):
            times.remark(sentence)
    people, company = people_of(event, own)
    link = link_of(event)
    for sentence in (*_occurrence(times), *_further(event, people, link)):
        times.remark(sentence)
    place = without_entities(event.value("LOCATION"))
    is_link = is_web_link(place) or [place] == list(links_in(place)) or link == f"https://{place}"
    return Invitation(
        uid=_uid(event),
        sequence=_sequence(event),
        stamped_at=stamped_at(event),
        is_cancelled=is_cancelled,
        starts_at=starts_at,
        minutes=minutes,
        title=_title(event),
        place="" if is_link and link else shortened(" ".join(place.split()), PLACE_MAX),
        link=link,
        people=tuple(people[:PEOPLE_MAX]),
        company=company,
        remarks=tuple(times.remarks),
    )


def _further(event: Component, people: Sequence[Invited], link: str) -> Iterator[str]:
    """Add remarks about what else to check."""
    if len(people) > PEOPLE_MAX:
        yield _("More than %(count)d people are invited. We show the first %(count)d.") % {
            "count": PEOPLE_MAX
        }
    also = next(links_in(event.value("URL")), link)
    if also != link:
        yield _("The invitation also links to %(link)s.") % {"link": shortened(also, PLACE_MAX)}
    if not link and overlong_link(event):
        yield _("The call link is too long to save. Open it from the invitation.")
    if hides_a_link(event):
        yield _("We left out a link that hides where it leads.")
    if any(line.is_guessed for line in event.lines if line.name in SHOWN):
        yield _("We had to guess some letters in this file. Check names and places.")


def _unread(title: str, why: str) -> str:
    if not title:
        return _("We left out another event in this file. %(why)s") % {"why": why}
    said = _("We left out “%(title)s”, also in this file. %(why)s")
    return said % {"title": title, "why": why}


# --- which events -------------------------------------------------------------------------------


def _calendars(upload: Upload, country: str) -> tuple[list[Component], bool]:
    """Return every calendar of the file, and whether the last one is complete."""
    root = Component("")
    open_parts, events = [root], 0
    lines = read_lines(upload, kind="VCALENDAR", dropped=DROPPED, country=country)
    for line in lines:
        name = line.value.strip().upper()
        if line.name == "BEGIN":
            if name in ("VCALENDAR", "VEVENT") and _open(open_parts, name) is not None:
                del open_parts[_open(open_parts, name) :]  # its END is missing
            part = Component(name)
            events += part.name == "VEVENT"
            if events > EVENTS_MAX or len(open_parts) > DEPTH_MAX:
                raise UnreadableError(
                    _("This file is a whole calendar. Choose a single invitation.")
                )
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif line.name == "END":
            if (place := _open(open_parts, name)) is not None:
                del open_parts[place:]
        else:
            open_parts[-1].lines.append(line)
    if not root.parts:
        raise UnreadableError(_("This file is empty."))
    return root.called("VCALENDAR"), len(open_parts) == 1


def _open(parts: Sequence[Component], name: str) -> int | None:
    """Return the index of the innermost open component of this name."""
    places = (number for number in range(len(parts) - 1, 0, -1) if parts[number].name == name)
    return next(places, None)


def _events(calendars: Sequence[Component]) -> list[tuple[Component, Component]]:
    """Return each event once with its calendar: the newest version, and of a series the series
    itself rather than an exception."""
    events = [(each, event) for each in calendars for event in each.called("VEVENT")]
    if not events:
        raise UnreadableError(_("There’s no event in this file. Choose another file."))
    asking = [(each, event) for each, event in events if _method(each) not in ANSWERS]
    if not asking:
        raise UnreadableError(
            _("This is a reply to an invitation. Choose the original invitation.")
        )
    found: dict[str, tuple[Component, Component]] = {}
    for number, (calendar, event) in enumerate(asking):
        key = event.value("UID") or str(number)
        before = found.setdefault(key, (calendar, event))
        if _version(*before) < _version(calendar, event):
            found[key] = calendar, event
    return list(found.values())


def _version(calendar: Component, event: Component) -> tuple[bool, bool, int, datetime]:
    is_exception = event.line("RECURRENCE-ID") is not None
    is_gone = is_exception and _is_cancelled(calendar, event)
    return not is_exception, not is_gone, _sequence(event) or 0, stamped_at(event) or EVER


def _method(calendar: Component) -> str:
    return calendar.value("METHOD").upper()


def _is_cancelled(calendar: Component, event: Component) -> bool:
    return _method(calendar) == "CANCEL" or event.value("STATUS").upper() == "CANCELLED"


def _uid(event: Component) -> str:
    """Return the UID, or a hash of it if it is longer than programs make it."""
    uid = event.value("UID")
    if len(uid) <= UID_MAX:
        return uid
    return f"sha256:{sha256(uid.encode()).hexdigest()}"


def _sequence(event: Component) -> int | None:
    said = event.value("SEQUENCE")[:11]
    return min(int(said), SEQUENCE_MAX) if said.isascii() and said.isdecimal() else None


def _title(event: Component) -> str:
    return shortened(" ".join(without_entities(event.value("SUMMARY")).split()), TITLE_MAX)


# --- when ---------------------------------------------------------------------------------------


def _starts_at(times: Times, *, is_needed: bool) -> datetime | None:
    if times.is_whole_day():
        if not is_needed:
            return None
        raise UnreadableError(
            _("This is an all-day event with no time. Add the interview yourself.")
        )
    found = times.moment("DTSTART")
    if found is not None and limits.is_in_range(found.date()):
        return found
    if not is_needed:
        return None
    raise UnreadableError(_("We couldn’t read the event’s time. Add the interview yourself."))


def _minutes(times: Times, starts_at: datetime | None) -> int:
    length = None if starts_at is None else times.length(starts_at)
    if length is None:
        return MINUTES_DEFAULT
    minutes = round(length / timedelta(minutes=1))
    taken = max(limits.MINUTES_MIN, min(minutes, limits.MINUTES_MAX))
    if taken != minutes:
        times.remark(
            _(
                "The invitation lasts %(said)d minutes, which looks like a mistake. "
                "Check the length."
            )
            % {"said": minutes}
        )
    return taken


def _occurrence(times: Times) -> Iterator[str]:
    """An exception without its series: the interview may be another of its dates."""
    at = times.moment("RECURRENCE-ID")
    if at is not None:
        said = dates.short_moment(at.astimezone(times.own))
        yield _("This event is one of a series, on %(when)s. Check that it’s your interview.") % {
            "when": said
        }


def _repetition(event: Component) -> Iterator[str]:
    line = event.line("RRULE")
    rule = {"COUNT": "1"} if line is None else parse_rule(line.value)
    if rule.get("COUNT") == "1" and event.line("RDATE") is None:
        return
    if "UNTIL" not in rule and "COUNT" not in rule:
        raise UnreadableError(_("This event repeats with no end. Add the interview yourself."))
    yield _("This event repeats. We used the first date.")
