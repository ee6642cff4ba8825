"""Time zones as calendars write them: defined for those who read, understood from those who write.

Both are done here and not by icalendar. What it generates (7.3) puts the change to summer time an
hour late; and what it reads it keeps for the whole process, so that a zone of one person's file
would be taken for another's.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDatetime


@lru_cache(maxsize=64)
def defined(name: str, first_year: int, last_year: int) -> Timezone:
    """A VTIMEZONE with every change of its clocks from `first_year` to the end of `last_year`."""
    zone = ZoneInfo(name)
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", name)
    timezone.add_component(_observance(zone, begin, begin))
    for change in _changes(zone, begin, end):
        timezone.add_component(_observance(zone, change - timedelta(seconds=1), change))
    return timezone


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """The moments at which the offset becomes another: looked for by the day, then halved."""
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
    """The clocks from `change` on. It is named by the clock that ended then, as RFC 5545 has it."""
    local = change.astimezone(zone)
    is_summer = bool(local.dst()) and (local.dst() or timedelta()) > timedelta()
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    was = _offset(zone, before)
    part.add("dtstart", vDatetime((change + was).replace(tzinfo=None)))
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", _offset(zone, change))
    part.add("tzname", local.tzname() or zone.key)
    return part
