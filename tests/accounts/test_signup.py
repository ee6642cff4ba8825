import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from interviews.models import Candidate
from tests.accounts.codes import code_in

URL = "/accounts/signup/"
DATA = {"email": "Alice@Example.org", "password1": "a long enough word", "timezone": "Asia/Tokyo"}


@pytest.fixture
def outbox(db: None, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    return mailoutbox


def test_an_address_a_password_and_a_zone(outbox: list[EmailMessage]) -> None:
    client = Client()
    assert client.post(URL, DATA)["Location"] == "/accounts/confirm-email/"
    user = User.objects.get()
    assert user.email == "alice@example.org"
    assert Candidate.objects.get(user=user).timezone == "Asia/Tokyo"
    assert client.get("/today/").status_code == 302

    done = client.post("/accounts/confirm-email/", {"code": code_in(outbox[0])})
    assert done["Location"] == "/today/"
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/today/").status_code == 200


def test_without_javascript_there_is_a_zone_to_begin_with(db: None) -> None:
    page = Client().get(URL).content.decode()
    assert '<option value="UTC" selected>' in page
    assert '<option value="America/Argentina/Ushuaia">Argentina, Ushuaia</option>' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "alice"}, "Enter an email address, such as anna@example.org."),
        ({"email": "al\u0131ce@example.org"}, "plain letters before the @"),
        ({"email": "\u017falice@example.org"}, "plain letters before the @"),
        ({"email": ""}, "Enter your email address."),
        ({"password1": ""}, "Choose a password."),
        ({"password1": "short"}, "too short"),
        ({"timezone": "Mars/Olympus"}, "Choose a time zone from the list"),
    ],
)
def test_what_would_be_right_is_said(db: None, changes: dict[str, str], said: str) -> None:
    response = Client().post(URL, DATA | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not User.objects.exists()


def test_a_wrong_code_is_said_and_another_may_be_sent(outbox: list[EmailMessage]) -> None:
    client = Client()
    client.post(URL, DATA)
    response = client.post("/accounts/confirm-email/", {"code": "AAAAAA"})
    assert response.status_code == 422
    assert b"Send a new code" in response.content
    cache.clear()  # not twice within three minutes
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert len(outbox) == 2


def test_with_a_mistyped_address_one_begins_again(outbox: list[EmailMessage]) -> None:
    client = Client()
    client.post(URL, DATA)
    page = client.get("/accounts/confirm-email/").content
    assert b"Use a different address" in page
    assert client.post("/accounts/logout/", {"next": URL})["Location"] == URL
    client.post(URL, DATA | {"email": "alice@example.com"})
    assert outbox[-1].to == ["alice@example.com"]
    done = client.post("/accounts/confirm-email/", {"code": code_in(outbox[-1])})
    assert done["Location"] == "/today/"


def test_the_answer_does_not_tell_whether_an_account_exists(
    outbox: list[EmailMessage],
) -> None:
    User.objects.create_user("alice@example.org", "a long enough word")
    response = Client().post(URL, DATA)
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert "already" in outbox[0].subject
