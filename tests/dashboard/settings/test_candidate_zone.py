from django.test import Client

from interviews.models import Candidate, Interview

URL = "/settings/zone/"


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/settings/zone/"


def test_another_zone_decides_open_waits_anew(
    as_alice: Client, alice: Candidate, interview: Interview
) -> None:
    interview.refresh_from_db()
    expires = interview.step_expires_at
    assert as_alice.post(URL, {"timezone": "America/New_York"})["Location"] == "/settings/"
    interview.refresh_from_db()
    assert (interview.step, interview.step_expires_at) != ("", expires)
    alice.refresh_from_db()
    assert (alice.timezone, alice.contact_opens.hour) == ("America/New_York", 10)


def test_an_unknown_zone(as_alice: Client, alice: Candidate) -> None:
    response = as_alice.post(URL, {"timezone": "Mars/Olympus"})
    assert response.status_code == 422
    assert "Choose a time zone from the list" in response.content.decode()
    alice.refresh_from_db()
    assert alice.timezone == "Europe/Berlin"
