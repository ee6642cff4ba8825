"""Each zone is offered once, by its present name; old names are understood."""

from zoneinfo import available_timezones

import pytest
from django import forms

from accounts.time_zones import DEFAULT_ZONE, ZoneField, spoken, zone_choices


def offered() -> list[str]:
    return [name for _area, zones in zone_choices() for name, _city in zones]


def test_every_zone_is_offered_once_and_known() -> None:
    names = offered()
    assert len(names) == len(set(names))
    assert set(names) <= available_timezones()
    assert {DEFAULT_ZONE, "Europe/Berlin", "Europe/Oslo", "Asia/Kolkata"} <= set(names)


@pytest.mark.parametrize(
    "alias", ["Asia/Calcutta", "Europe/Kiev", "America/Buenos_Aires", "Europe/Belfast"]
)
def test_no_alias_is_offered(alias: str) -> None:
    assert alias in available_timezones()
    assert alias not in offered()


def test_continents_and_their_cities_are_in_order() -> None:
    areas = [area for area, _zones in zone_choices()]
    assert areas == [DEFAULT_ZONE, *sorted(areas[1:])]


class Form(forms.Form):
    zone = ZoneField()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("Europe/Berlin", "Europe/Berlin"), ("Europe/Kiev", "Europe/Kyiv"), ("UTC", "UTC")),
        *(("Etc/UTC", "UTC"), ("GMT", "UTC"), ("Etc/GMT", "UTC"), ("Etc/GMT+0", "UTC")),
        *(("Zulu", "UTC"), ("UCT", "UTC"), ("Greenwich", "UTC")),
    ],
)
def test_an_alias_is_taken_for_its_zone(typed: str, kept: str) -> None:
    form = Form({"zone": typed})
    assert form.is_valid()
    assert form.cleaned_data["zone"] == kept


def test_a_row_with_an_old_name_shows_its_zone() -> None:
    shown = str(Form(initial={"zone": "Asia/Calcutta"})["zone"])
    assert '<option value="Asia/Kolkata" selected>' in shown


@pytest.mark.parametrize("typed", ["Etc/GMT+5", "Etc/GMT-14"])
def test_a_zone_of_no_country_is_taken_and_shown_again(typed: str) -> None:
    form = Form({"zone": typed})
    assert form.is_valid()
    assert form.cleaned_data["zone"] == typed
    for shown in (str(form["zone"]), str(Form(initial={"zone": typed})["zone"])):
        assert f'<option value="{typed}" selected>' in shown
    assert typed not in offered()


@pytest.mark.parametrize("typed", ["", "Europe/Atlantis", "x", "Factory", "localtime"])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    assert not Form({"zone": typed}).is_valid()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Europe/Berlin", "Berlin time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("Asia/Calcutta", "Kolkata time"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_zone_is_named_as_people_say(name: str, said: str) -> None:
    assert spoken(name) == said
