"""Which passwords are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from tests.accounts.doors import give_password


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
