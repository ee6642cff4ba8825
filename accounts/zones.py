"""Choosing a time zone from all there are, grouped by continent."""

from functools import cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

DEFAULT_ZONE = "UTC"

# Without these prefixes a name is an alias that is only kept for old systems.
AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups for a select: the continent, then its cities, as the zone database names them."""
    named = sorted(name for name in available_timezones() if name.split("/")[0] in AREAS)
    groups = [
        (area, [(name, _city(name)) for name in names])
        for area, names in groupby(named, key=lambda name: name.split("/")[0])
    ]
    return [(DEFAULT_ZONE, [(DEFAULT_ZONE, DEFAULT_ZONE)]), *groups]


def _city(name: str) -> str:
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")


class ZoneSelect(forms.Select):
    """The browser's own zone is proposed by static/js/page.js while the default stands."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-propose-zone": DEFAULT_ZONE})


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
