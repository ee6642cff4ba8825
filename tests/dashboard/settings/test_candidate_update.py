from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Candidate, Interview
from interviews.services import interviews
from tests.support.people import refuse_address

URL = "/settings/"


def filled(**changes: str | list[str]) -> dict[str, str | list[str]]:
    data: dict[str, str | list[str]] = {
        "name": "Alice A.",
        "notice_days": "30",
        "contact_opens": "09:00",
        "contact_closes": "16:30",
        "country": "DE",
        "subdivision": "BE",
        "counting": "working",
        "mailed_steps": ["call", "write"],
        "has_discreet_subjects": "on",
    }
    return data | changes


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/settings/"


def test_a_refused_address_is_said(as_alice: Client, alice: Candidate, now: datetime) -> None:
    assert "deliver email to" not in as_alice.get(URL).content.decode()
    refuse_address(alice, now=now)
    page = as_alice.get(URL).content.decode()
    assert "deliver email to alice@example.org" in page
    assert "550 5.1.1 No such user" in page
    assert '<input type="hidden" name="next" value="/settings/">' in page


def test_everything_at_once(as_alice: Client, alice: Candidate) -> None:
    assert as_alice.post(URL, filled())["Location"] == URL
    alice.refresh_from_db()
    assert User.objects.get(pk=alice.user.pk).name == "Alice A."
    assert (alice.country, alice.subdivision, alice.counting) == ("DE", "BE", "working")
    assert (f"{alice.contact_opens:%H:%M}", f"{alice.contact_closes:%H:%M}") == ("09:00", "16:30")
    assert "call" not in alice.muted_steps
    assert {"prepare", "weigh", "close"} <= set(alice.muted_steps)
    assert alice.has_discreet_subjects


def test_other_hours_decide_open_waits_anew(as_alice: Client, interview: Interview) -> None:
    interviews.note_nothing_agreed(interview=interview, now=interview.created_at)
    interview.refresh_from_db()
    due = interview.step_due_at
    as_alice.post(URL, filled(contact_opens="08:00", counting="calendar"))
    interview.refresh_from_db()
    assert interview.step_due_at != due


def test_the_zone_is_shown_and_has_a_page_of_its_own(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert "Europe/Berlin" in page
    assert 'href="/settings/zone/"' in page


def test_a_region_of_another_country_is_forgotten(as_alice: Client, alice: Candidate) -> None:
    as_alice.post(URL, filled())
    as_alice.post(URL, filled(country="FR", subdivision="BE"))
    alice.refresh_from_db()
    assert (alice.country, alice.subdivision) == ("FR", "")


def test_the_regions_of_a_country_are_offered_before_it_is_saved(as_alice: Client) -> None:
    page = as_alice.get(URL, {"country": "ES"}).content.decode()
    assert '<option value="CT">' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact_closes": "09:10"}, "Choose calling hours of at least 30 minutes."),
        ({"contact_closes": "08:00"}, "Choose an end time after the start time."),
        ({"contact_opens": "early"}, "Enter a time, such as 14:30."),
        ({"country": "XX"}, "Choose one of the options listed."),
    ],
)
def test_what_would_be_right_is_said_and_what_was_typed_stays(
    as_alice: Client, alice: Candidate, changes: dict[str, str], said: str
) -> None:
    response = as_alice.post(URL, filled(**changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert b'value="Alice A."' in response.content
    alice.refresh_from_db()
    assert alice.country == ""
    assert User.objects.get(pk=alice.user.pk).name == "Alice"
