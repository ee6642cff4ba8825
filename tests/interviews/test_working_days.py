"""Weekends and holidays by country, and the names for the form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from interviews import working_days
from interviews.working_days import calendar_for, is_known


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "is_working"),
    [
        (None, None, "2026-12-25", True),
        ("", "", "2026-12-25", True),
        (None, None, "2026-11-21", False),
        ("DE", None, "2026-12-25", False),
        ("DE", None, "2027-01-06", True),
        ("DE", "BY", "2027-01-06", False),
        ("US", None, "2026-11-26", False),
        ("US", None, "2027-12-31", False),  # New Year's Day, observed
        ("GB", "ENG", "2026-12-28", False),  # Boxing Day, in lieu
        ("EG", None, "2026-11-20", False),
        ("EG", None, "2026-11-22", True),
        ("MY", None, "2026-11-20", True),
        ("MY", "03", "2026-11-20", False),  # Kelantan rests on Fridays
        ("CN", None, "2026-10-10", False),  # a Saturday worked to make up for a holiday
    ],
)
def test_working_day(
    country: str | None, subdivision: str | None, day: str, is_working: bool
) -> None:
    calendar = calendar_for(country, subdivision)
    assert calendar.is_working_day(date.fromisoformat(day)) is is_working


def test_a_calendar_is_made_once() -> None:
    assert calendar_for("FR", None) is calendar_for("FR")
    assert calendar_for(None, None) is calendar_for("", "")


@pytest.mark.parametrize(
    ("country", "subdivision"), [("XX", None), ("de", None), ("DE", "XX"), (None, "BY"), ("", "BY")]
)
def test_what_is_not_known(country: str | None, subdivision: str | None) -> None:
    assert not is_known(country, subdivision)
    with pytest.raises(LookupError):
        calendar_for(country, subdivision)


def test_a_year_beyond_the_librarys_has_no_holidays() -> None:
    assert calendar_for("DE").is_working_day(date(2199, 12, 25))


def test_every_choice_is_known() -> None:
    for country, name in working_days.country_choices():
        assert name
        assert is_known(country)
        for subdivision, _name in working_days.subdivision_choices(country):
            assert is_known(country, subdivision)


def test_names_for_the_form() -> None:
    assert ("DE", "Germany") in working_days.country_choices()
    assert ("DE", "Allemagne") in working_days.country_choices("fr")
    assert ("DE", "Germany") in working_days.country_choices("xx")
    assert ("BY", "Bayern") in working_days.subdivision_choices("DE")
    assert working_days.subdivision_choices("XX") == ()


def test_countries_are_sorted_as_people_look_for_them() -> None:
    english = [name for _code, name in working_days.country_choices()]
    assert english.index("Åland Islands") < english.index("Albania")
    french = [name for _code, name in working_days.country_choices("fr")]
    assert french.index("Égypte") < french.index("Espagne") < french.index("Zambie")


def test_regions_have_names_and_are_those_of_public_holidays() -> None:
    regions = dict(working_days.subdivision_choices("FR"))
    assert regions["971"] == "Guadeloupe"
    assert regions["57"] == "Moselle"
    # Zones of school holidays are no regions; a city with a holiday of its own is one.
    assert not any(code.startswith("Zone") for code in regions)
    assert working_days.subdivision_choices("NL") == ()
    assert ("Augsburg", "Augsburg") in working_days.subdivision_choices("DE")
    names = [name for _code, name in working_days.subdivision_choices("ES")]
    assert names.index("Aragón") < names.index("Asturias") < names.index("Canarias")


def test_no_region_is_a_bare_code() -> None:
    bare = [
        (country, code)
        for country, _name in working_days.country_choices()
        for code, name in working_days.subdivision_choices(country)
        if name.isupper() or name.isdecimal()
    ]
    assert bare == []


def test_threads_get_the_same_answers() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 4000, 7)]

    def ask(_n: int) -> list[bool]:
        calendar = calendar_for("JP")
        return [calendar.is_working_day(day) for day in days]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer == answers[0] for answer in answers)


def test_the_librarys_version_is_told() -> None:
    assert working_days.library_version().count(".") >= 1
