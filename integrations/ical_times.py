"""When an event takes place, with remarks if its zone is not certain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar.prop import vDuration

from integrations.content_lines_read import ContentLine
from integrations.ical_zones_read import (
    Component,
    defined_instant,
    instant,
    is_day,
    parse_local,
    parse_zone,
    zone_key,
)
from integrations.vcard import shortened
from integrations.zone_names import from_database, zone_named
from interviews.rules import limits

ZONE_MAX = 60
DAY = timedelta(days=1)
# Names the zone of times without one.
OF_CALENDARS = ("X-WR-TIMEZONE", "TIMEZONE-ID", "TZ")
WHOLE_DAY = re.compile(r"^X-(?:MICROSOFT-(?:CDO|MSNCALENDAR)-ALLDAYEVENT|FUNAMBOL-ALLDAY)$")


@dataclass(slots=True)
class Times:
    """The times of one event in its calendar; `own` is the candidate's zone. `remarks` are unique
    sentences."""

    event: Component
    calendar: Component
    own: ZoneInfo
    remarks: dict[str, None] = field(default_factory=dict)
    # All zones that the file defines, in any of its calendars.
    zones: dict[str, Component] = field(default_factory=dict)

    def is_whole_day(self) -> bool:
        """By a date without time, by a program's own property, or from midnight to midnight."""
        line = self.event.line("DTSTART")
        if line is None:
            return False
        starts = parse_local(line.value)
        if is_day(line.value) or starts is None or starts.time() != time():
            return is_day(line.value)
        marked = (each for each in self.event.lines if WHOLE_DAY.match(each.name))
        is_marked = any(each.text.strip().upper() in ("TRUE", "1") for each in marked)
        length = self._written_length(starts)
        return is_marked or (length is not None and length >= DAY and length % DAY == timedelta())

    def moment(self, name: str) -> datetime | None:
        line = self.event.line(name)
        return None if line is None else self._moment(line)

    def length(self, starts_at: datetime) -> timedelta | None:
        """Return None without a length; add a remark if there is one that cannot be used."""
        duration = self.event.value("DURATION")
        if self.event.line("DTEND") is None and not duration:
            return None
        ends_at = self.moment("DTEND")
        length = _duration(duration) if ends_at is None else ends_at - starts_at
        if length is None or length <= timedelta():
            self.remark(_("We couldn’t read how long it lasts. Check the length."))
            return None
        return length

    def remark(self, sentence: str) -> None:
        self.remarks[sentence] = None

    def _written_length(self, starts: datetime) -> timedelta | None:
        if end := self.event.line("DTEND"):
            ends = parse_local(end.value)
            return None if ends is None else ends - starts
        return _duration(self.event.value("DURATION"))

    def _moment(self, line: ContentLine) -> datetime | None:
        local = parse_local(line.value)
        if local is None or not limits.is_in_range(local.date()):
            return None
        if zone := parse_zone(line.value):
            return instant(local, zone)
        start = self.event.line("DTSTART") or line  # an end without a zone has the start's
        name = (line.param("TZID") or start.param("TZID")).strip().strip('"')
        found = self._in_zone(local, name) if name else self._of_calendar(local)
        return found or instant(local, self.own)

    def _in_zone(self, local: datetime, name: str) -> datetime | None:
        if "/" in name and (known := from_database(name)):
            return instant(local, known)
        defined = self.zones.get(zone_key(name))
        if defined and (moment := defined_instant(local, defined, own=self.own)):
            return moment
        if found := zone_named(name, own=self.own):
            if not found.is_certain:
                said = _(
                    "“%(zone)s” can mean several time zones. We used %(read)s. Check the time."
                )
                self._say(said, name, read=str(found))
            return instant(local, found.zone)
        if moment := self._of_only_zone(local):
            return moment
        self._say(
            _("We don’t know the time zone “%(zone)s”, so we used yours. Check the time."), name
        )
        return None

    def _say(self, sentence: str, zone: str, **also: str) -> None:
        self.remark(sentence % {"zone": shortened(zone, ZONE_MAX), **also})

    def _of_only_zone(self, local: datetime) -> datetime | None:
        """If the file defines a single zone, it is meant even under another name."""
        if len(self.zones) != 1:
            return None
        (only,) = self.zones.values()
        moment = defined_instant(local, only, own=self.own)
        if moment is not None:
            self._say(
                _("We used the only time zone in this file, %(zone)s. Check the time."),
                only.value("TZID"),
            )
        return moment

    def _of_calendar(self, local: datetime) -> datetime | None:
        name = next(filter(None, map(self.calendar.value, OF_CALENDARS)), "")
        if not name:
            self.remark(_("The invitation has no time zone, so we used yours. Check the time."))
            return None
        moment = self._in_zone(local, name)
        if moment is not None:
            self._say(_("We used the time zone of its calendar, %(zone)s."), name)
        return moment


def zones_of(calendars: Iterable[Component]) -> dict[str, Component]:
    """Return the defined zones by key; the first definition of a name counts."""
    found: dict[str, Component] = {}
    for calendar in calendars:
        for zone in calendar.called("VTIMEZONE"):
            found.setdefault(zone_key(zone.value("TZID")), zone)
    return found


def stamped_at(event: Component) -> datetime | None:
    """Return when this version was written; RFC 5545 requires UTC."""
    said = event.value("DTSTAMP")
    moment = parse_local(said)
    if moment is None or not limits.is_in_range(moment.date()):
        return None
    return instant(moment, parse_zone(said) or UTC)


def _duration(said: str) -> timedelta | None:
    try:
        length = vDuration.from_ical(said.strip())
    except (ValueError, OverflowError):
        return None
    return length if isinstance(length, timedelta) else None
