"""Which passwords are accepted."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import give_password


@pytest.mark.parametrize(
    "password",
    [
        "a long enough word",
        "x7!kQ2mz",
        "ひらがなのことばたち",
        "correct horse battery staple " * 3,
        "my interview on monday",
    ],
)
def test_these_are(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["short", "12345678901", "password1", "qwertyuiop", "Hearback1", "interview!", "jobcoach12"],
)
def test_these_are_not(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_not_what_one_signs_in_with(alice: User) -> None:
    with pytest.raises(ValidationError):
        validate_password("alice@example.org", alice)


def test_each_letter_counts_as_it_was_typed(alice: User) -> None:
    password = " Long Enough, with a space before and after; and longer than 64 letters in all "
    alice.set_password(password)
    alice.save()
    for other in (password.strip(), password.lower(), password[:64]):
        assert give_password(Client(), alice, other).status_code == 422
    assert give_password(Client(), alice, password).status_code == 302


@pytest.fixture
def as_alice_without(alice: User) -> Client:
    """Signed in, and without a password, a passkey or an app by which to confirm anything."""
    alice.set_unusable_password()
    alice.save()
    client = Client(HTTP_HOST="localhost:8000")  # where passkeys can be had
    client.force_login(alice)
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/accounts/signing-in/app/activate/",
        "/accounts/signing-in/passkeys/add/",
        "/settings/delete/",
        "/settings/export/",
    ],
)
def test_whoever_has_none_chooses_one_before_what_matters(
    as_alice_without: Client, path: str
) -> None:
    """An open session is not enough, nor is it to choose the password."""
    change = {"action_add": "", "email": "b@example.org"}
    answer = as_alice_without.post(path, change, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/password/reset/"


def test_it_is_chosen_by_a_code_from_a_mail(
    as_alice_without: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    reset = "/accounts/password/reset/"
    as_alice_without.post(reset, {"email": alice.email})
    as_alice_without.post(f"{reset}confirm/", {"code": code_in(mailoutbox[-1])})
    new = "quite another one"
    as_alice_without.post(f"{reset}complete/", {"password1": new, "password2": new})
    assert give_password(Client(), alice, new).status_code == 302
