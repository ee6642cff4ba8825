"""An operator helps a user who lost every second factor; changing the key loses none."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEntry, User
from accounts.services import remove_factors
from tests.accounts.sign_in_helpers import (
    code_of,
    give_password,
    make_passkey,
    make_recovery_codes,
    set_up_app,
)
from tests.support import people

AUTHENTICATE = "/accounts/signing-in/authenticate/"


def test_an_operator_removes_all_and_the_owner_is_told(
    alice: User, charlie: User, mailoutbox: list[EmailMessage]
) -> None:
    olga = people.make_user("Olga", is_staff=True)
    for user in (alice, charlie):
        set_up_app(user)
        make_recovery_codes(user)
    make_passkey(alice)
    assert remove_factors(alice, actor=olga, now=timezone.now()) == 3
    assert give_password(Client(), alice)["Location"] == "/today/"
    assert give_password(Client(), charlie)["Location"] == AUTHENTICATE
    entry = AuditEntry.objects.about(alice).get(kind="factor_removed")
    assert (entry.actor_id, entry.address) == (olga.pk, None)
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([alice.email], "Two-step sign-in was turned off")
    assert "An administrator removed all passkeys" in mail.body


def test_the_last_operator_does_it_on_the_command_line(
    db: None, mailoutbox: list[EmailMessage]
) -> None:
    olga = people.make_user("Olga", is_staff=True)
    set_up_app(olga)
    call_command("remove_factors", "Olga@example.org", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.about(olga).get().actor_id is None
    assert mailoutbox[0].to == [olga.email]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("nobody@example.org", "There is no account"),
        ("alice@example.org", "use two-step sign-in"),
    ],
)
def test_the_command_says_what_is_wrong(
    alice: User, mailoutbox: list[EmailMessage], email: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("remove_factors", email)
    assert not mailoutbox
    assert not AuditEntry.objects.exists()


def change_key(settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"


def test_sealed_anew_they_outlast_the_former_key(alice: User, settings: Settings) -> None:
    set_up_app(alice)
    codes = make_recovery_codes(alice)
    passkey = make_passkey(alice)
    change_key(settings)
    call_command("reencrypt_factors", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    app = Authenticator.objects.get(type="totp")
    for code in (code_of(app), codes[0]):
        client = Client()
        give_password(client, alice)
        assert client.post(AUTHENTICATE, {"code": code})["Location"] == "/today/"
    assert Authenticator.objects.get(pk=passkey.pk).data == passkey.data


def test_what_no_key_opens_is_said_and_left(alice: User, settings: Settings) -> None:
    app = set_up_app(alice)
    settings.SECRET_KEY = "another"
    with pytest.raises(CommandError, match="1 can be opened by neither"):
        call_command("reencrypt_factors", stdout=StringIO())
    assert Authenticator.objects.get(pk=app.pk).data == app.data
