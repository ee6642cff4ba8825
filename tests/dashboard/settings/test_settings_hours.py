from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate, Interview
from interviews.services import interviews

URL = "/settings/hours/"
FILLED = {
    "timezone": "Europe/Berlin",
    "country": "DE",
    "subdivision": "BE",
    "contact_opens": "09:00",
    "contact_closes": "16:30",
    "counting": "working",
}


def example(client: Client, **query: str) -> str:
    """The sentences below the form."""
    page = client.get(URL, query).content.decode()
    return " ".join(page.partition('id="follow-up-example"')[2].partition("</div>")[0].split())


def test_everything_at_once(as_alice: Client, alice: Candidate) -> None:
    assert as_alice.post(URL, FILLED)["Location"] == URL
    alice.refresh_from_db()
    assert (alice.country, alice.subdivision, alice.counting) == ("DE", "BE", "working")
    assert (f"{alice.contact_opens:%H:%M}", f"{alice.contact_closes:%H:%M}") == ("09:00", "16:30")


def test_other_hours_decide_open_waits_anew(as_alice: Client, interview: Interview) -> None:
    interviews.note_nothing_agreed(interview=interview, now=interview.created_at)
    interview.refresh_from_db()
    due = interview.step_due_at
    as_alice.post(URL, FILLED | {"contact_opens": "08:00", "counting": "calendar"})
    interview.refresh_from_db()
    assert interview.step_due_at != due


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("new york", "America/New_York"),
        (" asia/tokyo ", "Asia/Tokyo"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("UTC", "UTC"),
    ],
)
def test_a_time_zone_is_typed(as_alice: Client, alice: Candidate, typed: str, zone: str) -> None:
    as_alice.post(URL, FILLED | {"timezone": typed})
    alice.refresh_from_db()
    assert alice.timezone == zone


def test_time_zones_are_suggested_and_the_time_there_is_said(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert '<option value="America/New_York"></option>' in page
    assert 'value="Europe/Berlin"' in page
    assert " there now." in page


def test_a_region_of_another_country_is_forgotten(as_alice: Client, alice: Candidate) -> None:
    as_alice.post(URL, FILLED)
    as_alice.post(URL, FILLED | {"country": "FR"})
    alice.refresh_from_db()
    assert (alice.country, alice.subdivision) == ("FR", "")


def test_the_regions_of_a_country_are_offered_before_it_is_saved(as_alice: Client) -> None:
    page = as_alice.get(URL, {"country": "ES"}).content.decode()
    assert '<option value="CT">' in page


def test_an_example_of_what_follows(as_alice: Client, alice: Candidate) -> None:
    assert "hear nothing, follow up on Monday" in example(as_alice)
    assert "at 10:00." in example(as_alice)
    typed = example(as_alice, **FILLED)
    assert "at 09:00." in typed
    assert "at 10:00." not in typed
    assert example(as_alice, **FILLED | {"contact_opens": "x"}) == example(as_alice)
    alice.refresh_from_db()
    assert alice.country == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact_closes": "09:10"}, "Choose calling hours of at least 30 minutes."),
        ({"contact_closes": "08:00"}, "Choose an end time after the start time."),
        ({"contact_opens": "early"}, "Enter a time, such as 14:30."),
        ({"country": "XX"}, "Choose one of the options listed."),
        ({"timezone": "Mars/Olympus"}, "Choose a time zone from the list"),
    ],
)
def test_what_would_be_right_is_said_and_what_was_typed_stays(
    as_alice: Client, alice: Candidate, now: datetime, changes: dict[str, str], said: str
) -> None:
    data = FILLED | {"contact_closes": "16:31"} | changes
    answer = as_alice.post(URL, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    for name in ("timezone", "contact_opens", "contact_closes"):
        assert f'value="{data[name]}"' in page
    alice.refresh_from_db()
    assert (alice.country, alice.timezone) == ("", "Europe/Berlin")
