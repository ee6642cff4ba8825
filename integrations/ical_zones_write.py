"""Write the definition of a time zone as a VTIMEZONE.

icalendar is not used for this: its generator (7.3) puts the change to summer time an hour late, and
its parser keeps zones for the whole process, so that a zone of one user's file would be used for
another's.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDatetime


def defined(name: str, first_year: int, last_year: int) -> Timezone:
    """Return a VTIMEZONE with every change from `first_year` to the end of `last_year`."""
    zone = ZoneInfo(name)
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", name)
    timezone.add_component(_observance(zone, begin, begin))
    for change in _changes(zone, begin, end):
        timezone.add_component(_observance(zone, change - timedelta(seconds=1), change))
    return timezone


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Find the moments at which the offset changes: search by day, then by bisection."""
    found, before = [], begin
    while before < end:
        after = before + timedelta(days=1)
        if _offset(zone, before) != _offset(zone, after):
            low, high = before, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if _offset(zone, middle) == _offset(zone, low):
                    low = middle
                else:
                    high = middle
            found.append(high)
        before = after
    return found


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _observance(
    zone: ZoneInfo, before: datetime, change: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """Return the clock that begins at `change`. Its DTSTART uses the clock that ends then (RFC
    5545)."""
    local = change.astimezone(zone)
    is_summer = bool(local.dst()) and (local.dst() or timedelta()) > timedelta()
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    was = _offset(zone, before)
    part.add("dtstart", vDatetime((change + was).replace(tzinfo=None)))
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", _offset(zone, change))
    part.add("tzname", local.tzname() or zone.key)
    return part
