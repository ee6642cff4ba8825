"""Coaches and operators need a second factor for the admin; nobody else gets in."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import (
    code_of,
    confirm,
    give_password,
    make_passkey,
    make_recovery_codes,
    set_up_app,
    signed_in,
)
from tests.support import people

AUTHENTICATE = "/accounts/signing-in/authenticate/"
CONFIRM_CODE = "/accounts/signing-in/confirm/"


@pytest.fixture(autouse=True)
def _as_on_the_site(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def bob(db: None) -> User:
    return people.make_user("Bob", is_staff=True)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def led_to(client: Client) -> str:
    """Where whoever asks for the admin ends."""
    return client.get("/admin/", follow=True).redirect_chain[-1][0]


def test_without_a_second_factor_one_is_led_to_set_it_up(bob: User) -> None:
    client = signed_in(bob)
    assert not is_in(client)
    assert led_to(client) == "/accounts/signing-in/"
    page = client.get("/accounts/signing-in/").content
    assert b"the admin needs two-step sign-in" in page


def test_signed_in_with_one_the_admin_is_open(bob: User) -> None:
    app = set_up_app(bob)
    client = Client()
    assert give_password(client, bob)["Location"] == AUTHENTICATE
    assert not is_in(client)
    assert client.post(AUTHENTICATE, {"code": code_of(app)}).status_code == 302
    assert is_in(client)


def test_a_session_from_before_it_was_set_up_is_asked_for_it(bob: User) -> None:
    client = signed_in(bob)
    app = set_up_app(bob)
    assert not is_in(client)
    assert led_to(client).startswith(CONFIRM_CODE)
    done = client.post(f"{CONFIRM_CODE}?next=/admin/", {"code": code_of(app)})
    assert done["Location"] == "/admin/"
    assert is_in(client)


def test_one_with_a_passkey_alone_is_asked_for_that(bob: User) -> None:
    client = signed_in(bob)
    make_passkey(bob)
    path = client.get("/admin/", follow=False)["Location"]
    assert "/accounts/signing-in/passkeys/confirm/" in client.get(path)["Location"]


def test_a_code_from_a_mail_is_no_second_factor(bob: User, mailoutbox: list[EmailMessage]) -> None:
    app = set_up_app(bob)
    client = Client()
    client.post("/accounts/login/code/", {"email": bob.email})
    code = code_in(mailoutbox[0])
    done = client.post("/accounts/login/code/confirm/", {"code": code})
    assert done["Location"] == AUTHENTICATE
    assert client.get("/today/").status_code == 302
    assert not is_in(client)
    client.post(AUTHENTICATE, {"code": code_of(app)})
    assert is_in(client)


def test_a_new_password_does_not_spare_it(bob: User, mailoutbox: list[EmailMessage]) -> None:
    set_up_app(bob)
    client = Client()
    client.post("/accounts/password/reset/", {"email": bob.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = {"password1": "quite another word", "password2": "quite another word"}
    client.post("/accounts/password/reset/complete/", new)
    assert give_password(client, bob, "quite another word")["Location"] == AUTHENTICATE


def test_a_new_password_ends_a_sign_in_that_waits_for_it(
    bob: User, mailoutbox: list[EmailMessage]
) -> None:
    by_password, by_code = Client(), Client()
    by_code.post("/accounts/login/code/", {"email": bob.email})
    other = signed_in(bob)
    app = set_up_app(bob)
    give_password(by_password, bob)
    by_code.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    new = "quite another word"
    data = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    assert other.post("/accounts/password/change/", data).status_code == 302
    recovery = make_recovery_codes(bob)
    for client, code in ((by_password, code_of(app)), (by_code, recovery[0])):
        answer = client.post(AUTHENTICATE, {"code": code}, follow=True)
        assert answer.redirect_chain == [("/accounts/login/", 302)]
        assert b"Your password has changed. Sign in again." in answer.content
        assert not is_in(client)
    assert give_password(by_password, bob, new)["Location"] == AUTHENTICATE
    by_password.post(AUTHENTICATE, {"code": recovery[1]})
    assert is_in(by_password)


def test_confirming_with_the_password_is_no_second_factor(bob: User) -> None:
    client = signed_in(bob)
    set_up_app(bob)
    confirm(client)
    assert not is_in(client)


def test_a_recovery_code_is_one_and_opens_once(bob: User) -> None:
    set_up_app(bob)
    code = make_recovery_codes(bob)[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, bob)
        client.post(AUTHENTICATE, {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_a_code_of_the_app_opens_once(bob: User) -> None:
    app = set_up_app(bob)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, bob)
        client.post(AUTHENTICATE, {"code": code_of(app)})
    assert is_in(first)
    assert not is_in(second)


def test_a_candidate_with_one_stays_out_of_the_admin(alice: User) -> None:
    app = set_up_app(alice)
    client = Client()
    give_password(client, alice)
    client.post(AUTHENTICATE, {"code": code_of(app)})
    assert client.get("/today/").status_code == 200
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_candidate_needs_none(alice: User) -> None:
    assert signed_in(alice).get("/today/").status_code == 200


def test_nobody_is_asked_to_sign_in_and_comes_back(bob: User) -> None:
    app = set_up_app(bob)
    client = Client()
    at_the_door = client.get("/admin/interviews/candidate/", follow=True)
    assert at_the_door.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    path = at_the_door.redirect_chain[-1][0]
    client.post(path, {"login": bob.email, "password": people.PASSWORD})
    done = client.post(AUTHENTICATE, {"code": code_of(app)})
    assert client.get(done["Location"]).status_code == 200
    assert "/admin/" in done["Location"]


def test_djangos_own_sign_in_is_never_shown(bob: User, db: None) -> None:
    for client in (Client(), signed_in(bob)):
        answer = client.post("/admin/login/", {"username": bob.email, "password": people.PASSWORD})
        assert answer.status_code == 302
        assert b"id_username" not in client.get("/admin/login/", follow=True).content


def test_the_password_is_changed_at_the_one_place(bob: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client = signed_in(bob)
    answer = client.get("/admin/password_change/")
    assert answer["Location"] == "/accounts/password/change/"


def test_the_admin_shows_no_secrets_of_factors(db: None, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    operator = User.objects.create_superuser("olga@example.org", people.PASSWORD)
    client = Client()
    client.force_login(operator)
    for path in ("/admin/mfa/authenticator/", "/admin/usersessions/usersession/"):
        assert client.get(path).status_code == 404


def test_the_demo_may_be_without(bob: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert is_in(signed_in(bob))
