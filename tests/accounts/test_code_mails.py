"""A code stands in its mail's text alone: a subject is shown on locked screens, and is listed."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.doors import confirm, signed_in

NEW = "new@example.org"


def sign_up(_alice: User) -> None:
    typed = {"email": NEW, "password1": "an even longer word", "timezone": "UTC"}
    assert Client().post("/accounts/signup/", typed).status_code == 302


def sign_in(alice: User) -> None:
    assert Client().post("/accounts/login/code/", {"email": alice.email}).status_code == 302


def forget_password(alice: User) -> None:
    assert Client().post("/accounts/password/reset/", {"email": alice.email}).status_code == 302


def change_address(alice: User) -> None:
    client = signed_in(alice)
    confirm(client)
    typed = {"email": NEW, "action_add": ""}
    assert client.post("/accounts/email/", typed).status_code == 302


@pytest.mark.parametrize("ask", [sign_up, sign_in, forget_password, change_address])
def test_the_subject_holds_no_code(
    alice: User, mailoutbox: list[EmailMessage], ask: Callable[[User], None]
) -> None:
    ask(alice)
    (mail,) = (each for each in mailoutbox if "Enter this code" in str(each.body))
    assert code_in(mail) not in str(mail.subject)
    assert str(mail.subject).startswith("Your code ")
