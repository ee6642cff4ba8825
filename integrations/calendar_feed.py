"""A candidate's calendar as programs subscribe to it (RFC 5545; docs/calendar.md)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone
from icalendar.prop import vDuration, vText

from accounts.absolute_url import absolute_url
from integrations.calendar_events import KEPT_FOR, CalendarEntry, entries_of
from integrations.content_lines_read import escape
from integrations.feed_address import EventState, is_settled, settle_events, told, unnumbered
from integrations.ical_zones_write import defined
from interviews.models import CalendarEvent, CalendarFeed, Candidate, Interview

REFRESH = timedelta(hours=1)
# Earlier than any modification time.
EVER = datetime(1971, 1, 1, tzinfo=UTC)
CALENDAR_END = b"END:VCALENDAR\r\n"
# Raise it when the same events are formatted differently.
FORMAT = 2


class Text(vText):
    """Any text, so that it round-trips."""

    def to_ical(self) -> bytes:
        return escape(self).encode()


def address(feed: CalendarFeed) -> str:
    return absolute_url("dashboard:calendar-feed", feed.token)


def subscription(feed: CalendarFeed) -> str:
    """The same as `address`, in the scheme that opens a calendar program."""
    return f"webcal://{address(feed).partition('://')[2]}"


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """An event as calendar programs receive it."""

    feed: CalendarFeed
    entries: Mapping[str, CalendarEntry]
    rows: Mapping[str, CalendarEvent]

    @property
    def etag(self) -> str:
        """Return a tag that changes with the content, without formatting it."""
        frame = f"{FORMAT} {self.feed.candidate.timezone} {settings.LANGUAGE_CODE}"
        rows = sorted(
            (uid, row.fingerprint, row.sequence, row.changed_at.timestamp(), row.gone_at is None)
            for uid, row in self.rows.items()
        )
        return f'"{sha256(f"{frame} {rows}".encode()).hexdigest()[:32]}"'

    def body(self) -> bytes:
        with translation.override(settings.LANGUAGE_CODE):
            return _written(self.feed, self.entries, self.rows)


def told_by(feed: CalendarFeed, *, now: datetime) -> PublishedEvent:
    """Return the feed, after numbering what changed since the last request.

    It is in the site's language, not the visitor's: otherwise two programs with different languages
    would see each other's responses as changes.
    """
    with translation.override(settings.LANGUAGE_CODE):
        entries = entries_of(feed.candidate, now=now)
        rows = told(feed)
        if not is_settled(rows, _states(entries), now=now):
            entries, rows = _settle(feed, now)
        return PublishedEvent(feed, entries, rows)


def whole_calendar(
    candidate: Candidate, *, now: datetime, only: Interview | None = None
) -> Iterator[bytes]:
    """Yield the whole calendar, or that of one interview, as a file for one import, event by event.
    Nothing is numbered or stored, because nobody is told of later changes."""
    entries = entries_of(candidate, now=now, since=EVER, only=only)
    rows = unnumbered(_states(entries), now=now)
    calendar = _calendar(candidate)
    calendar.add_component(_zone(candidate, _moments(rows.values())))
    yield bytes(calendar.to_ical()).removesuffix(CALENDAR_END)
    for uid, entry in entries.items():
        yield bytes(_event(entry, rows[uid]).to_ical())
    yield CALENDAR_END


def _states(entries: Mapping[str, CalendarEntry]) -> dict[str, EventState]:
    return {uid: entry.state for uid, entry in entries.items()}


def _settle(
    feed: CalendarFeed, now: datetime
) -> tuple[dict[str, CalendarEntry], dict[str, CalendarEvent]]:
    entries: dict[str, CalendarEntry] = {}

    def states() -> dict[str, EventState]:
        entries.update(entries_of(feed.candidate, now=now))
        return _states(entries)

    rows = settle_events(feed=feed, states=states, since=now - KEPT_FOR, now=now)
    return entries, rows


def _written(
    feed: CalendarFeed, entries: Mapping[str, CalendarEntry], rows: Mapping[str, CalendarEvent]
) -> bytes:
    calendar = _calendar(feed.candidate)
    ordered = sorted(rows.values(), key=lambda row: (row.starts_at, row.uid))
    events = [_event(entries[row.uid], row) for row in ordered if row.gone_at is None]
    events += [_cancelled(row, feed) for row in ordered if row.gone_at is not None]
    calendar.add_component(_zone(feed.candidate, _moments(ordered)))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(candidate: Candidate) -> Calendar:
    name, calendar = Text(_("Interviews")), Calendar()
    calendar.add("prodid", "-//Hearback//Hearback//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", candidate.timezone)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _moments(rows: Iterable[CalendarEvent]) -> list[datetime]:
    timed = [row for row in rows if not row.is_all_day]
    return [moment for row in timed for moment in (row.starts_at, row.ends_at)]


def _zone(candidate: Candidate, moments: list[datetime]) -> Timezone:
    """Return the time zone's component; a calendar needs one component even without events (RFC
    5545, 3.6)."""
    timed = moments or [candidate.created_at]
    local = [moment.astimezone(candidate.zone).year for moment in timed]
    return defined(candidate.timezone, min(local), max(local))


def _event(entry: CalendarEntry, row: CalendarEvent) -> Event:
    event = _numbered(row)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", Text(entry.title))
    for name, value in (("description", entry.text), ("location", entry.place)):
        if value:
            event.add(name, Text(value))
    event.add("url", entry.url)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "BUSY" if entry.is_busy else "FREE")
    if entry.alarm is not None:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -(entry.alarm or timedelta()))
    alarm.add("description", Text(entry.title))
    return alarm


def _cancelled(row: CalendarEvent, feed: CalendarFeed) -> Event:
    """Return a cancelled event without its texts, which are not kept."""
    event = _numbered(row)
    zone = feed.candidate.zone
    for name, moment in (("dtstart", row.starts_at), ("dtend", row.ends_at)):
        event.add(name, moment.date() if row.is_all_day else moment.astimezone(zone))
    event.add("summary", Text(_("Cancelled")))
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _numbered(row: CalendarEvent) -> Event:
    changed = row.changed_at.astimezone(UTC)
    event = Event()
    event.add("uid", row.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", row.sequence)
    return event
