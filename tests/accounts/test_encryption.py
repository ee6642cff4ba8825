"""The secrets of second factors are encrypted with a key that is not in the database."""

from django.test import Client
from pytest_django import Settings

from accounts.encryption import decrypt, encrypt
from accounts.models import User
from tests.accounts.sign_in_helpers import code_of, give_password, make_recovery_codes, set_up_app

AUTHENTICATE = "/accounts/signing-in/authenticate/"


def test_what_is_stored_shows_nothing(alice: User) -> None:
    app = set_up_app(alice)
    assert decrypt(app.data["secret"]).isalnum()
    assert decrypt(app.data["secret"]) not in app.data["secret"]
    assert encrypt("the same") != encrypt("the same")


def test_a_former_secret_opens_it_while_it_is_kept(settings: Settings) -> None:
    kept = encrypt("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert decrypt(kept) == "a secret"


def test_with_another_secret_no_code_is_right(alice: User, settings: Settings) -> None:
    app, codes = set_up_app(alice), make_recovery_codes(alice)
    shown = code_of(app)
    settings.SECRET_KEY = "another"
    client = Client()
    assert give_password(client, alice)["Location"] == AUTHENTICATE
    for code in (shown, codes[0]):
        assert client.post(AUTHENTICATE, {"code": code}).status_code == 422
