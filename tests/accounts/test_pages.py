"""Each page of the sign-in that can be reached: one heading, our design, and good behaviour."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import confirm, signed_in
from tests.support import people

PASSWORD = people.PASSWORD


def assert_is_ours(response: object) -> str:
    page: str = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 200  # type: ignore[attr-defined]
    assert len(re.findall("<h1", page)) == 1
    assert "css/tokens.css" in page
    return page


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/inactive/",
    ],
)
def test_for_whoever_comes(db: None, url: str) -> None:
    assert_is_ours(Client().get(url))


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
    ],
)
def test_for_whoever_is_signed_in(alice: User, url: str) -> None:
    client = Client()
    client.force_login(alice)
    assert_is_ours(client.get(url))


def test_a_wrong_password(alice: User) -> None:
    response = Client().post(
        "/accounts/login/", {"login": alice.email, "password": "wrong and wrong"}
    )
    assert response.status_code == 422
    assert f'value="{alice.email}"' in response.content.decode()


def test_in_and_out_again(alice: User) -> None:
    client = Client()
    data = {"login": alice.email, "password": PASSWORD}
    assert client.post("/accounts/login/", data)["Location"] == "/today/"
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/today/").status_code == 302


def test_a_code_instead_of_a_password(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": alice.email})
    assert_is_ours(client.get("/accounts/login/code/confirm/"))
    done = client.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert done["Location"] == "/today/"


def test_a_forgotten_password(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.email})
    assert_is_ours(client.get("/accounts/password/reset/confirm/"))
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    assert_is_ours(client.get("/accounts/password/reset/complete/"))
    new = {"password1": "quite another word", "password2": "quite another word"}
    client.post("/accounts/password/reset/complete/", new)
    alice.refresh_from_db()
    assert alice.check_password("quite another word")


def test_another_address(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.force_login(alice)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "alice@example.com"})
    assert mailoutbox[0].to == ["alice@example.com"]
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert EmailAddress.objects.get(user=alice, primary=True).email == "alice@example.com"


def test_the_admins_sign_in_is_the_same_door(db: None) -> None:
    assert "/accounts/login/" in Client().get("/admin/", follow=True).redirect_chain[-1][0]


def tokens_of(page: str) -> dict[str, str]:
    """What a browser or a password manager is told of each field."""
    inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in INPUT.findall(page)]
    return {
        each["name"]: each["autocomplete"]
        for each in inputs
        if {"name", "autocomplete"} <= each.keys()
    }


INPUT = re.compile("<input[^>]*>")
NEW = {"password1": "new-password", "password2": "new-password"}


@pytest.mark.parametrize(
    ("url", "host", "tokens"),
    [
        (
            *("login/", "localhost"),
            {"login": "username webauthn", "password": "current-password"},
        ),
        # Where no browser offers passkeys.
        ("login/", "127.0.0.1", {"login": "username", "password": "current-password"}),
        ("login/code/", "localhost", {"email": "username"}),
        ("signup/", "localhost", {"email": "email", "password1": "new-password"}),
        ("password/reset/", "localhost", {"email": "email"}),
    ],
)
def test_password_managers_know_the_fields_of_whoever_comes(
    db: None, settings: Settings, url: str, host: str, tokens: dict[str, str]
) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = "http://localhost:8000", ["*"]
    page = Client(HTTP_HOST=f"{host}:8000").get(f"/accounts/{url}").content.decode()
    assert tokens_of(page) == tokens


@pytest.mark.parametrize(
    ("url", "tokens"),
    [
        ("password/change/", {"oldpassword": "current-password", **NEW}),
        ("reauthenticate/", {"password": "current-password"}),
        ("email/", {"email": "email"}),
        ("signing-in/app/activate/", {"code": "one-time-code"}),
        ("signing-in/passkeys/add/", {"name": "off"}),
    ],
)
def test_password_managers_know_the_fields_of_whoever_is_signed_in(
    alice: User, url: str, tokens: dict[str, str]
) -> None:
    client = signed_in(alice, HTTP_HOST="localhost:8000")
    confirm(client)
    page = client.get(f"/accounts/{url}").content.decode()
    assert tokens.items() <= tokens_of(page).items()


def test_password_managers_know_the_fields_of_codes(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": alice.email})
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert tokens_of(page) == {"code": "one-time-code"}
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.email})
    page = client.get("/accounts/password/reset/confirm/").content.decode()
    assert tokens_of(page) == {"code": "one-time-code"}
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[-1])})
    page = client.get("/accounts/password/reset/complete/").content.decode()
    assert tokens_of(page) == NEW
