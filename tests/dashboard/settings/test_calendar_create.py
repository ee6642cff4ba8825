from django.test import Client

from interviews.models import CalendarFeed, Candidate
from tests.accounts.sign_in_helpers import confirm

URL = "/settings/calendar/create/"


def test_whose_post_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_bob.post(URL).status_code == 404
    assert Client().post(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert as_alice.get(URL).status_code == 405
    confirm(as_alice)
    assert as_alice.post(URL)["Location"] == "/settings/calendar/link/"


def test_made_once_and_shown_to_be_copied(
    as_alice: Client, as_charlie: Client, alice: Candidate
) -> None:
    confirm(as_alice)
    as_alice.post(URL)
    token = CalendarFeed.objects.get(candidate=alice).token
    page = as_alice.post(URL, follow=True).content.decode()
    assert CalendarFeed.objects.get(candidate=alice).token == token
    assert f'value="http://localhost:8000/calendar/{token}.ics"' in page
    assert f'href="webcal://localhost:8000/calendar/{token}.ics"' in page
    assert token not in as_charlie.get("/settings/").content.decode()
