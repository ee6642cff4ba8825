"""Choosing a time zone from all there are, grouped by continent.

The zone database also keeps names of old, as aliases: one that a browser or an older row still
uses is taken for the zone it stands for. Zones that are no country's, such as Etc/GMT+5, are not
offered but taken, since a browser may be set to one.
"""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

DEFAULT_ZONE = "UTC"
NO_ZONES = {DEFAULT_ZONE, "Factory", "localtime"}
# What the database itself calls it, and its other names link to.
UTC_NAMES = ("Etc/UTC", "Etc/GMT")


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups for a select: the continent, then its cities, as the zone database names them."""
    groups = [
        (area, [(name, _city(name)) for name in names])
        for area, names in groupby(sorted(_listed()), key=lambda name: name.split("/")[0])
    ]
    return [(DEFAULT_ZONE, [(DEFAULT_ZONE, DEFAULT_ZONE)]), *groups]


@cache
def _listed() -> frozenset[str]:
    """The names that the zone database lists for today's countries, without its aliases."""
    return frozenset(fields[2] for fields in _lines("zone.tab", separator="\t"))


@cache
def _aliases() -> dict[str, str]:
    """The listed zone that each old name stands for."""
    links = [fields for fields in _lines("tzdata.zi", separator=" ") if fields[0] == "L"]
    stand_for = {name: name for name in _listed()} | dict.fromkeys(UTC_NAMES, DEFAULT_ZONE)
    aliases = {alias: stand_for[target] for _kind, target, alias in links if target in stand_for}
    found = dict.fromkeys(UTC_NAMES, DEFAULT_ZONE) | aliases
    return {alias: zone for alias, zone in found.items() if alias not in _listed()}


@cache
def _unlisted() -> frozenset[str]:
    """Those of no country: of ships, and of who wants the same clock all the year."""
    return frozenset(available_timezones() - _listed() - _aliases().keys() - NO_ZONES)


def _lines(name: str, *, separator: str) -> Iterator[list[str]]:
    for line in files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(separator)


def listed_name(name: Any) -> Any:
    """What the list calls this zone; whatever is no alias stays as it is."""
    return _aliases().get(name, name) if isinstance(name, str) else name


def _city(name: str) -> str:
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")


class ZoneSelect(forms.Select):
    """The browser's own zone is proposed by static/js/page.js while the default stands."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-propose-zone": DEFAULT_ZONE})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """With the one that was chosen, though it is not offered."""
        groups = super().optgroups(name, value, attrs)
        for index, zone in enumerate(filter(_unlisted().__contains__, value), start=len(groups)):
            option = self.create_option(name, zone, zone, selected=True, index=index)
            groups.append((None, [option], index))
        return groups


class ZoneField(forms.ChoiceField):
    widget = ZoneSelect

    def __init__(self, *, help_text: Any = "") -> None:
        super().__init__(
            label=_("Time zone"),
            choices=zone_choices,
            initial=DEFAULT_ZONE,
            error_messages={
                "invalid_choice": _("Choose a zone from the list; one is “Europe/Berlin”."),
            },
            help_text=help_text,
        )

    def prepare_value(self, value: Any) -> Any:
        return listed_name(value)

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or value in _unlisted()

    def to_python(self, value: Any) -> str:
        return str(listed_name(super().to_python(value)))


def zone_of(user: User) -> tzinfo:
    """Of her job search, if she has one: accounts know of no other."""
    candidate = getattr(user, "candidate", None)
    return candidate.zone if candidate is not None else UTC
