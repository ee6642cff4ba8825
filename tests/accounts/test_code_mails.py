"""A code is only in the text of its mail: subjects appear on locked screens."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import confirm, signed_in

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


HOSTS = ["localhost:9999", "127.0.0.1", "127.0.0.1:8000"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/accounts/signup/", {"email": "alice@example.org"}),
        ("/accounts/login/code/", {"email": NEW}),
        ("/accounts/password/reset/", {"email": NEW}),
    ],
)
def test_links_lead_to_the_sites_own_address(
    alice: User, mailoutbox: list[EmailMessage], path: str, typed: dict[str, str], host: str
) -> None:
    """Whatever host or port a request has named, whoever reads the mail is led home."""
    typed |= {"password1": "an even longer word", "timezone": "UTC"}
    assert Client(HTTP_HOST=host).post(path, typed).status_code == 302
    (mail,) = mailoutbox
    links = re.findall(r"https?://[^/\s]+", str(mail.body))
    assert links
    assert set(links) == {"http://localhost:8000"}


@pytest.mark.parametrize("ask", [sign_up, sign_in, forget_password, change_address])
def test_the_subject_holds_no_code(
    alice: User, mailoutbox: list[EmailMessage], ask: Callable[[User], None]
) -> None:
    ask(alice)
    (mail,) = (each for each in mailoutbox if "Enter this code" in str(each.body))
    assert code_in(mail) not in str(mail.subject)
    assert str(mail.subject).startswith("Your code ")
