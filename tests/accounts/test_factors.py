"""Passkeys, an authenticator app and recovery codes: setting up, removing, and the notices."""

import json

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts import passkeys
from accounts.forms.second_factor import PASSKEYS_MAX, AddPasskeyForm
from accounts.keys import opaque_key
from accounts.models import AuditEntry, User
from tests.accounts.sign_in_helpers import (
    code_of,
    confirm,
    give_password,
    make_passkey,
    make_recovery_codes,
    set_up_app,
    signed_in,
)
from tests.support.queries import count_queries

URL = "/accounts/signing-in/"


@pytest.fixture
def as_alice(alice: User) -> Client:
    client = signed_in(alice, HTTP_HOST="localhost:8000")
    confirm(client)
    return client


def kinds_about(user: User) -> list[str]:
    return [entry.kind for entry in AuditEntry.objects.about(user)]


def page_of(client: Client, path: str = URL) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_app_is_set_up_with_a_code_it_shows(
    transactional_db: None, as_alice: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    path = f"{URL}app/activate/"
    page = page_of(as_alice, path)
    assert "<svg" in page
    assert "data:" not in page
    secret = get_adapter().encrypt(as_alice.session["mfa.totp.secret"])
    app = Authenticator(data={"secret": secret})
    assert as_alice.post(path, {"code": "000"}).status_code == 422
    done = as_alice.post(path, {"code": code_of(app)})
    assert done["Location"] == f"{URL}recovery-codes/"
    assert [mail.subject for mail in mailoutbox] == ["Authenticator app added"]
    assert "factor_added" in kinds_about(alice)
    codes = page_of(as_alice, f"{URL}recovery-codes/")
    file = as_alice.get(f"{URL}recovery-codes/download/").content.decode()
    assert alice.email in file.splitlines()[0]  # else nobody knows in a year what they are for
    saved = [line for line in file.splitlines() if line.isdigit()]
    assert len(saved) == 10
    assert all(code in codes for code in saved)


@pytest.mark.parametrize("spelt", ["{0}", " {0} ", "{1} {2}"])
def test_the_code_that_set_an_app_up_opens_nothing_more(
    transactional_db: None, as_alice: Client, alice: User, spelt: str
) -> None:
    """Whoever looked over the shoulder has as long as the code is shown."""
    path = f"{URL}app/activate/"
    as_alice.get(path)
    secret = get_adapter().encrypt(as_alice.session["mfa.totp.secret"])
    code = code_of(Authenticator(data={"secret": secret}))
    assert as_alice.post(path, {"code": code}).status_code == 302
    again = spelt.format(code, code[:3], code[3:])
    elsewhere = Client()
    give_password(elsewhere, alice)
    assert elsewhere.post(f"{URL}authenticate/", {"code": again}).status_code == 422
    assert as_alice.post(f"{URL}confirm/", {"code": again}).status_code == 422


def test_it_is_removed_and_the_owner_told(
    as_alice: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    set_up_app(alice)
    make_recovery_codes(alice)
    assert as_alice.post(f"{URL}app/deactivate/")["Location"] == URL
    assert not Authenticator.objects.exists()
    assert [mail.subject for mail in mailoutbox] == ["Authenticator app removed"]
    assert "factor_removed" in kinds_about(alice)


def test_new_recovery_codes_make_the_old_worthless(
    transactional_db: None, as_alice: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    set_up_app(alice)
    old = make_recovery_codes(alice)
    as_alice.post(f"{URL}recovery-codes/generate/")
    saved = as_alice.get(f"{URL}recovery-codes/download/").content.decode().split()
    assert not set(old) & set(saved)
    assert [mail.subject for mail in mailoutbox] == ["You have new recovery codes"]


def test_a_passkey_is_renamed_and_removed(
    as_alice: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    key = opaque_key(make_passkey(alice))
    assert "my phone" in page_of(as_alice)
    renamed = as_alice.post(f"{URL}passkeys/{key}/name/", {"name": "<b>my laptop</b>"})
    assert renamed["Location"] == URL
    assert "&lt;b&gt;my laptop&lt;/b&gt;" in page_of(as_alice)
    assert as_alice.post(f"{URL}passkeys/{key}/name/", {"name": ""}).status_code == 422
    assert as_alice.post(f"{URL}passkeys/{key}/remove/")["Location"] == URL
    assert not Authenticator.objects.exists()
    assert [mail.subject for mail in mailoutbox] == ["Passkey removed"]
    assert "factor_removed" in kinds_about(alice)


def test_anothers_passkey_is_not_there(as_alice: Client, charlie: User) -> None:
    row = make_passkey(charlie)
    for key in (opaque_key(row), str(row.pk), "guessed"):
        for act in ("name", "remove"):
            path = f"{URL}passkeys/{key}/{act}/"
            assert as_alice.get(path).status_code == 404
            assert as_alice.post(path, {"name": "mine"}).status_code == 404
    assert Authenticator.objects.get().wrap().name == "my phone"


def test_addresses_do_not_count_passkeys(as_alice: Client, alice: User) -> None:
    row = make_passkey(alice)
    page = page_of(as_alice)
    assert f"/passkeys/{opaque_key(row)}/remove/" in page
    assert f"/{row.pk}/" not in page


@pytest.mark.parametrize(
    "path",
    [
        "app/activate/",
        "app/deactivate/",
        "passkeys/add/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
    ],
)
def test_each_asks_first_who_it_is(alice: User, path: str) -> None:
    client = signed_in(alice, HTTP_HOST="localhost:8000")
    set_up_app(alice)
    make_recovery_codes(alice)
    assert client.get(URL + path)["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "1", "null", '{"id": "\\u0000"}', json.dumps({"id": "x" * 20_000}), "{"],
)
def test_what_is_no_passkey_is_refused(as_alice: Client, credential: str) -> None:
    page_of(as_alice, f"{URL}passkeys/add/")
    answer = as_alice.post(f"{URL}passkeys/add/", {"credential": credential, "name": "mine"})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_no_more_than_twenty(alice: User) -> None:
    for number in range(PASSKEYS_MAX):
        make_passkey(alice, f"key {number}")
    form = AddPasskeyForm({"credential": "{}", "name": "mine"}, user=alice)
    assert form.non_field_errors() == [
        "You have 20 passkeys, the most you can have. Remove one to add another."
    ]


@pytest.mark.parametrize(
    ("base", "host", "may"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("http://192.0.2.7:8000", "192.0.2.7:8000", False),
        ("https://hearback.example", "hearback.example", True),
        ("https://hearback.example", "localhost", False),
        ("http://hearback.example", "hearback.example", False),
    ],
)
def test_passkeys_are_offered_where_browsers_have_them(
    alice: User,
    settings: Settings,
    base: str,
    host: str,
    may: bool,
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = base
    client = signed_in(alice)
    page = client.get(URL, HTTP_HOST=host).content.decode()
    assert ("Add passkey" in page) is may
    assert (
        "passkey-button" in Client().get("/accounts/login/", HTTP_HOST=host).content.decode()
    ) is may


def test_the_page_of_an_ip_address_says_where_to_go(alice: User) -> None:
    client = signed_in(alice)
    page = client.get(URL, HTTP_HOST="127.0.0.1:8000").content.decode()
    assert 'href="http://localhost:8000/"' in page
    answer = client.get(f"{URL}passkeys/add/", HTTP_HOST="127.0.0.1:8000")
    assert answer["Location"] == URL


def test_the_overview_takes_few_queries(as_alice: Client, alice: User) -> None:
    set_up_app(alice)
    make_recovery_codes(alice)
    for number in range(5):
        make_passkey(alice, f"key {number}")
    assert count_queries(lambda: as_alice.get(URL)) <= 8


def test_it_is_there_for_who_is_no_candidate(charlie: User) -> None:
    page = page_of(signed_in(charlie))
    assert "charlie@example.org" in page


def test_passkeys_belong_to_the_sites_name() -> None:
    assert passkeys.name() == "localhost"
