"""Interpret names of time zones that a file does not define."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from interviews.rules import limits

WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
# Prefixes that some programs write before a usual name.
PREFIX = re.compile(r"(?i)^(?:tzone://microsoft/|microsoft/)")
UTC_NAMES = {"utc", "z", "zulu", "uct", "gmt", "coordinated universal time"}
OTHERS = {"western/central europe": "Europe/Berlin", "greenwich mean time": "Europe/London"}
# Abbreviations that several zones share, with the usual meaning.
LETTERS = {
    "bst": "Europe/London",
    "wez": "Europe/Lisbon",
    "wesz": "Europe/Lisbon",
    **dict.fromkeys(("cest", "mez", "mesz", "hnec", "heec"), "Europe/Berlin"),
    **dict.fromkeys(("eest", "oez", "oesz"), "Europe/Athens"),
    "msk": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "sgt": "Asia/Singapore",
    **dict.fromkeys(("est", "edt", "et"), "America/New_York"),
    **dict.fromkeys(("cst", "cdt", "ct"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mt"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pt"), "America/Los_Angeles"),
    **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
}
# "(UTC+01:00) Amsterdam, Berlin", "GMT +01.00", "+0100": an offset, and what follows.
DISTANCE = re.compile(
    r"^\(?\s*(?:(?:utc|gmt)\s*(?:([+\-−])\s*(\d{1,2})(?:[:.]?(\d{2}))?)?|([+\-−])(\d{2}):?(\d{2})?)"
    r"\s*(?:\)|(?=[\s(]|$))(.*)$",
    re.IGNORECASE | re.DOTALL,
)
SUMMER = re.compile(r"(?i)\(standard\).*(?:gmt|utc)\s*([+-]\d{2})(\d{2})")
PLACES = re.compile(r"[,;/:|()&]+")
# Zones that change their clocks on the days of Europe or of North America.
CHANGING = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "America/New_York", "America/Chicago"),
    *("America/Denver", "America/Los_Angeles", "America/Halifax", "America/Anchorage"),
)
LONGEST = timedelta(hours=15)


@dataclass(frozen=True, slots=True)
class Named:
    """`is_certain` if the name means this zone and no other."""

    zone: tzinfo
    is_certain: bool = True

    def __str__(self) -> str:
        return str(self.zone)


def from_database(name: str) -> ZoneInfo | None:
    """Some programs write a prefix: /example.org/20260101/Europe/Berlin."""
    parts = name.split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    sought = (tail for tail in tails if "/" in tail or tail == name or name.startswith("/"))
    found = (_known().get(tail.strip().replace(" ", "_").casefold()) for tail in sought)
    known = next((zone for zone in found if zone), None)
    return ZoneInfo(known) if known else None


@cache
def _known() -> dict[str, str]:
    return {zone.casefold(): zone for zone in limits.known_zones()}


def zone_named(name: str, *, own: ZoneInfo) -> Named | None:
    """`own` is the candidate's zone, which is preferred among zones with the same clocks."""
    plain = PREFIX.sub("", name.strip().strip("\"'").strip())
    if plain.casefold() in UTC_NAMES:
        return Named(UTC)
    if letters := LETTERS.get(plain.casefold()):
        return Named(ZoneInfo(letters), is_certain=False)
    if zone := from_database(plain) or _from_windows(plain):
        return Named(zone)
    distance, rest = _distance(plain)
    if zone := next(_of_places(rest, distance), None):
        return Named(zone)
    return None if distance is None else _distant(distance, rest, own)


def _from_windows(name: str) -> ZoneInfo | None:
    """“W. Europe Standard Time”, “W. Europe”, “Eastern Time (US & Canada)”."""
    bare = re.sub(r"\(.*?\)", "", name).strip().casefold()
    stem = re.sub(r"(?: (?:standard|daylight|summer))?(?: time)?$", "", bare)
    known = (WINDOWS.get(name.casefold()), WINDOWS.get(f"{stem} standard time"), OTHERS.get(bare))
    found = next(filter(None, known), None)
    return ZoneInfo(found) if found else None


def _distance(name: str) -> tuple[timedelta | None, str]:
    found = DISTANCE.match(name)
    if found is None:
        return None, name
    sign, hours, minutes = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    length = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if length > LONGEST:
        return None, name
    return (length if sign in (None, "+") else -length), found[7].strip()


def _of_places(said: str, distance: timedelta | None) -> Iterator[ZoneInfo]:
    """Find a zone by the places that the name lists, as Windows does, and by their offset in
    winter."""
    whole = _from_windows(said) if said else None
    places = (_cities().get(_city(place)) for place in PLACES.split(said))
    for zone in (whole, *(ZoneInfo(place) for place in places if place)):
        if zone is not None and distance in (None, _winter(zone)):
            yield zone


@cache
def _cities() -> dict[str, str]:
    return {
        _city(zone.rpartition("/")[2]): zone for zone in sorted(limits.known_zones()) if "/" in zone
    }


def _city(name: str) -> str:
    return name.strip().replace("_", " ").casefold()


def _winter(zone: ZoneInfo) -> timedelta:
    """Return the offset without summer time."""
    return min(_distances(zone))


def _distant(distance: timedelta, rest: str, own: ZoneInfo) -> Named:
    """Find a zone by the offset alone. “GMT +0100 (Standard) / GMT +0200 (Daylight)” tells that it
    changes, but not when."""
    if SUMMER.search(rest):
        zones = (own, *map(ZoneInfo, CHANGING))
        alike = (each for each in zones if _winter(each) == distance)
        changing = next((each for each in alike if _summer(each) != distance), None)
        return Named(changing or timezone(distance), is_certain=False)
    is_utc = distance == timedelta() and rest.casefold() in ("", "coordinated universal time")
    return Named(UTC if is_utc else timezone(distance), is_certain=is_utc)


def _summer(zone: ZoneInfo) -> timedelta:
    return max(_distances(zone))


def _distances(zone: ZoneInfo) -> list[timedelta]:
    """Return the offsets in January and in July by this decade's rules."""
    moments = (datetime(2026, month, 1, tzinfo=zone) for month in (1, 7))
    return [moment.utcoffset() or timedelta() for moment in moments]
