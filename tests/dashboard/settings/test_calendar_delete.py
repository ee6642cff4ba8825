from django.test import Client

from interviews.models import CalendarFeed, Candidate
from tests.accounts.sign_in_helpers import confirm

URL = "/settings/calendar/delete/"


def test_whose_post_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_bob.post(URL).status_code == 404
    assert Client().post(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert as_alice.get(URL).status_code == 405
    assert as_alice.post(URL)["Location"] == "/settings/calendar/"


def test_ended(as_alice: Client, as_charlie: Client, charlie: Candidate) -> None:
    for client in (as_alice, as_charlie):
        confirm(client)
        client.post("/settings/calendar/create/")
    page = as_alice.post(URL, follow=True).content.decode()
    assert "Calendar link deleted. It no longer works." in page
    assert "Create calendar link" in page
    assert CalendarFeed.objects.get().candidate == charlie
