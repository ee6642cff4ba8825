"""The link in the notice of a changed address: where it waits, and what a look leaves behind."""

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.doors import signed_in
from tests.accounts.test_address_change import BACK, NEW, change, link_in


@pytest.fixture
def taken(alice: User, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """A thief has changed the address a moment ago."""
    change(signed_in(alice), mailoutbox, NEW)
    alice.refresh_from_db()
    return mailoutbox


@pytest.mark.parametrize("token", ["nonsense", "0" * 300, "a:b:c"])
def test_nobody_writes_a_row_by_looking(db: None, token: str) -> None:
    client = Client()
    assert client.get(f"{BACK}{token}/")["Location"] == BACK
    assert client.get(BACK).status_code == 410
    assert not Session.objects.exists()
    assert not {"sessionid", "way-back"} & client.cookies.keys()


def test_a_true_link_waits_in_a_cookie_of_its_path(taken: list[EmailMessage]) -> None:
    before = Session.objects.count()
    client = Client()
    answer = client.get(link_in(taken))
    (cookie,) = answer.cookies.values()
    assert (cookie.key, cookie["path"], cookie["samesite"]) == ("way-back", BACK, "Lax")
    assert cookie["httponly"]
    assert client.get(BACK).status_code == 200
    assert Session.objects.count() == before
    client.cookies["way-back"] = link_in(taken).split("/")[-2]
    assert client.get(BACK).status_code == 410
