"""An account that somebody else made with an address belongs to the address's reader once a code
proves it."""

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import AuditEntry, User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import give_password

ADDRESS = "alice@example.org"
HIS = "a word that he chose"


@pytest.fixture
def user(db: None) -> User:
    """As the present employer left it, who knew only the address."""
    data = {"email": ADDRESS, "password1": HIS, "timezone": "UTC"}
    assert Client().post("/accounts/signup/", data).status_code == 302
    return User.objects.get()


@pytest.fixture
def his(user: User) -> Client:
    """His browser; as if it had been let in, too."""
    cache.clear()  # a confirmation was mailed a moment ago
    client = Client()
    assert give_password(client, user, HIS)["Location"] == "/accounts/confirm-email/"
    client.force_login(user)
    return client


def ask(client: Client, path: str, mails: list[EmailMessage]) -> str:
    client.post(path, {"email": ADDRESS})
    return code_in(mails[-1])


def test_a_code_to_sign_in_ends_what_he_had(
    user: User, his: Client, mailoutbox: list[EmailMessage]
) -> None:
    of_owner = Client()
    code = ask(of_owner, "/accounts/login/code/", mailoutbox)
    answer = of_owner.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
    assert b"The sign-up password may not be yours" in answer.content
    assert of_owner.get("/today/").status_code == 200
    assert give_password(Client(), user, HIS).status_code == 422
    assert his.get("/today/").status_code == 302
    entry = AuditEntry.objects.about(user).get(kind="password_changed")
    assert entry.actor_id is None


def test_so_does_a_code_to_reset_the_password_before_one_is_chosen(
    user: User, his: Client, mailoutbox: list[EmailMessage]
) -> None:
    of_owner = Client()
    code = ask(of_owner, "/accounts/password/reset/", mailoutbox)
    answer = of_owner.post("/accounts/password/reset/confirm/", {"code": code})
    assert answer["Location"] == "/accounts/password/reset/complete/"
    assert give_password(Client(), user, HIS).status_code == 422
    assert his.get("/today/").status_code == 302
    new = {"password1": "quite another word", "password2": "quite another word"}
    of_owner.post("/accounts/password/reset/complete/", new)
    assert give_password(Client(), user, "quite another word")["Location"] == "/today/"


def test_a_wrong_code_leaves_it(user: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    ask(client, "/accounts/login/code/", mailoutbox)
    client.post("/accounts/login/code/confirm/", {"code": "XXXX-XXXX"})
    assert User.objects.get().has_usable_password()


def test_whoever_has_proved_the_address_keeps_the_password(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    code = ask(client, "/accounts/login/code/", mailoutbox)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.get("/today/").status_code == 200
    assert give_password(Client(), alice).status_code == 302
