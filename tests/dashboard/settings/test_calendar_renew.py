from django.test import Client

from interviews.models import CalendarFeed, Candidate
from tests.accounts.sign_in_helpers import confirm

URL = "/settings/calendar/renew/"


def test_whose_post_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_bob.post(URL).status_code == 404
    assert Client().post(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert as_alice.get(URL).status_code == 405
    confirm(as_alice)
    assert as_alice.post(URL)["Location"] == "/settings/calendar/link/"


def test_another_address(as_alice: Client, as_charlie: Client, alice: Candidate) -> None:
    for client in (as_alice, as_charlie):
        confirm(client)
        client.post("/settings/calendar/create/")
    tokens = dict(CalendarFeed.objects.values_list("candidate", "token"))
    as_alice.post(URL)
    after = dict(CalendarFeed.objects.values_list("candidate", "token"))
    assert after.pop(alice.pk) != tokens.pop(alice.pk)
    assert after == tokens
