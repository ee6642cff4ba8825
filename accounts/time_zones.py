"""Choose a time zone: from a list grouped by continent, or by typing part of its name.

Old names are aliases; one that a browser or an older row still uses stands for its zone. Zones of
no country, such as Etc/GMT+5, are not offered but accepted, since a browser may be set to one.
"""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User

DEFAULT_ZONE = "UTC"
NO_ZONES = {DEFAULT_ZONE, "Factory", "localtime"}
# The zone database's own name; its other names link to it.
UTC_NAMES = ("Etc/UTC", "Etc/GMT")


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups of a select: the continent, then its cities."""
    groups = [
        (area, [(name, _city(name)) for name in names])
        for area, names in groupby(sorted(_listed()), key=lambda name: name.split("/")[0])
    ]
    return [(DEFAULT_ZONE, [(DEFAULT_ZONE, DEFAULT_ZONE)]), *groups]


@cache
def _listed() -> frozenset[str]:
    """Return the names that the zone database lists for today's countries, without aliases."""
    return frozenset(fields[2] for fields in _lines("zone.tab", separator="\t"))


@cache
def _aliases() -> dict[str, str]:
    """Return the listed zone for each old name."""
    links = [fields for fields in _lines("tzdata.zi", separator=" ") if fields[0] == "L"]
    stand_for = {name: name for name in _listed()} | dict.fromkeys(UTC_NAMES, DEFAULT_ZONE)
    aliases = {alias: stand_for[target] for _kind, target, alias in links if target in stand_for}
    found = dict.fromkeys(UTC_NAMES, DEFAULT_ZONE) | aliases
    return {alias: zone for alias, zone in found.items() if alias not in _listed()}


@cache
def _unlisted() -> frozenset[str]:
    """Return the zones of no country, such as those of ships."""
    return frozenset(available_timezones() - _listed() - _aliases().keys() - NO_ZONES)


def _lines(name: str, *, separator: str) -> Iterator[list[str]]:
    for line in files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(separator)


def listed_name(name: Any) -> Any:
    """Return the listed name of this zone; anything but an alias stays as it is."""
    return _aliases().get(name, name) if isinstance(name, str) else name


def spoken(name: str) -> str:
    """How people call a zone: Berlin time"""
    listed = listed_name(name)
    if listed not in _listed():
        return str(listed)
    return _("%(city)s time") % {"city": _city(listed).split(", ")[-1]}


def _city(name: str) -> str:
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")


class ZoneSelect(forms.Select):
    """static/js/page.js selects the browser's own zone while the default is selected."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-propose-zone": DEFAULT_ZONE})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """Include the current value even if it is not offered."""
        groups = super().optgroups(name, value, attrs)
        for index, zone in enumerate(filter(_unlisted().__contains__, value), start=len(groups)):
            option = self.create_option(name, zone, zone, selected=True, index=index)
            groups.append((None, [option], index))
        return groups


class ZoneField(forms.ChoiceField):
    widget: type[forms.Widget] = ZoneSelect

    def __init__(self, *, help_text: Any = "") -> None:
        super().__init__(
            label=_("Time zone"),
            choices=zone_choices,
            initial=DEFAULT_ZONE,
            error_messages={
                "invalid_choice": _("Choose a time zone from the list, such as “Europe/Berlin”."),
            },
            help_text=help_text,
        )

    def prepare_value(self, value: Any) -> Any:
        return listed_name(value)

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or value in _unlisted()

    def to_python(self, value: Any) -> str:
        return str(listed_name(super().to_python(value)))


class ZoneInput(forms.TextInput):
    """A text field with all zones as suggestions: shorter to search than a list of 400 names."""

    choices: Any = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = f"{(attrs or {}).get('id', name)}_zones"
        field = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        zones = sorted(_listed() | {DEFAULT_ZONE})
        options = format_html_join("", '<option value="{}"></option>', ((zone,) for zone in zones))
        return format_html('{}<datalist id="{}">{}</datalist>', field, listed, options)


@cache
def _typed_names() -> dict[str, str]:
    """Return the zone for each name as people type it: "new york" for America/New_York."""
    zones = sorted(_listed() | {DEFAULT_ZONE})
    whole = {_typed(zone): zone for zone in zones}
    cities = [_typed(zone.rsplit("/", 1)[-1]) for zone in zones]
    alone = {city: zone for city, zone in zip(cities, zones, strict=True) if cities.count(city) < 2}
    return alone | whole


def _typed(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


class TypedZoneField(ZoneField):
    """A city alone is understood too."""

    widget = ZoneInput

    def to_python(self, value: Any) -> str:
        said = super().to_python(value)
        return _typed_names().get(_typed(said), said)


def zone_of(user: User) -> tzinfo:
    """Return the zone of the user's job search, or the default without one."""
    candidate = getattr(user, "candidate", None)
    return candidate.zone if candidate is not None else UTC
