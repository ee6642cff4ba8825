from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, DeletionRequest, User
from interviews.models import Candidate
from personal_data.account_deletion import cancel_token
from tests.support.people import PASSWORD, make_user

URL = "/settings/delete/"


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    cache.clear()


def confirmed(client: Client, password: str = PASSWORD) -> None:
    """Press the button, and answer what is asked then."""
    asked = client.post(URL)
    assert asked.status_code == 302
    client.post(asked["Location"], {"password": password})


def test_looking_asks_for_nothing_and_does_nothing(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert "You have seven days to cancel the deletion here" in page
    assert not DeletionRequest.objects.exists()


def test_the_button_alone_is_not_enough(as_alice: Client) -> None:
    """Even right after the sign-in: a screen left open must not be enough."""
    answer = as_alice.post(URL)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not DeletionRequest.objects.exists()


def test_who_has_nothing_to_confirm_with_chooses_a_password_first(
    as_alice: Client, alice: Candidate
) -> None:
    User.objects.filter(pk=alice.user.pk).update(password="!")
    as_alice.force_login(User.objects.get(pk=alice.user.pk))
    assert as_alice.post(URL)["Location"] == "/accounts/password/reset/"
    assert not DeletionRequest.objects.exists()


def test_a_wrong_password_deletes_nothing(as_alice: Client) -> None:
    confirmed(as_alice, password="some other words")
    assert not DeletionRequest.objects.exists()


def test_with_the_password_it_waits_seven_days(as_alice: Client, alice: Candidate) -> None:
    confirmed(as_alice)
    deletion = DeletionRequest.objects.get()
    assert deletion.user == alice.user
    assert deletion.due_at - deletion.asked_at == timedelta(days=7)
    assert abs(deletion.asked_at - timezone.now()) < timedelta(minutes=1)
    page = as_alice.get(URL).content.decode()
    assert "Deletion scheduled for" in page


def test_every_page_says_so_until_it_is_taken_back(as_alice: Client) -> None:
    confirmed(as_alice)
    for path in ("/today/", "/people/", "/settings/", "/accounts/email/"):
        assert "Deletion scheduled for" in as_alice.get(path).content.decode(), path
    kept = as_alice.post("/settings/delete/keep/", follow=True).content.decode()
    assert "Deletion cancelled. Your account is safe." in kept
    assert not DeletionRequest.objects.exists()
    assert "Deletion scheduled" not in as_alice.get("/today/").content.decode()


def test_taken_back_twice_nothing_is_said(as_alice: Client) -> None:
    page = as_alice.post("/settings/delete/keep/", follow=True).content.decode()
    assert "Deletion cancelled. Your account is safe." not in page


def test_a_coach_or_an_operator_can_leave_too(client: Client, db: None) -> None:
    coach = make_user("Dora", is_staff=True)
    client.force_login(coach)
    confirmed(client)
    assert DeletionRequest.objects.get().user == coach
    assert "Cancel deletion" in client.get(URL).content.decode()


def test_nobody_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(URL)["Location"].startswith("/accounts/login/")
    assert not User.objects.exists()


@pytest.fixture
def link(as_alice: Client, alice: Candidate) -> str:
    """The one in the mail, as somebody who cannot sign in has it."""
    confirmed(as_alice)
    return f"/keep/{cancel_token(DeletionRequest.objects.get())}/"


def test_the_mails_link_keeps_the_account_without_a_sign_in(link: str, alice: Candidate) -> None:
    client = Client()
    opened = client.get(link)
    assert (opened.status_code, opened["Location"]) == (302, "/keep/")
    assert "Cancel deletion?" in client.get("/keep/").content.decode()
    assert DeletionRequest.objects.exists()  # looking changes nothing
    assert "Deletion cancelled" in client.post("/keep/").content.decode()
    assert not DeletionRequest.objects.exists()
    entry = AuditEntry.objects.about(alice.user)[0]
    assert (entry.kind, entry.actor_id) == (AuditEntry.Kind.DELETION_CANCELLED, None)
    assert client.get("/keep/").status_code == 410


def test_a_link_is_good_for_its_own_asking_alone(link: str) -> None:
    deletion = DeletionRequest.objects.get()
    DeletionRequest.objects.update(asked_at=deletion.asked_at + timedelta(hours=1))
    client = Client()
    client.get(link)
    assert client.post("/keep/").status_code == 410
    assert DeletionRequest.objects.exists()


@pytest.mark.parametrize("salt", ["hearback.unsubscribe", "hearback.action", "accounts.way_back"])
def test_no_other_signed_link_keeps_it(link: str, alice: Candidate, salt: str) -> None:
    asked = int(DeletionRequest.objects.get().asked_at.timestamp())
    client = Client()
    client.get(f"/keep/{signing.dumps([alice.user.pk.hex, asked], salt=salt)}/")
    assert client.post("/keep/").status_code == 410
