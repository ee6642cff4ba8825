"""Signing in with the configured OpenID Connect provider: what opens an account, and what does
not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.keys import opaque_key
from accounts.models import AuditEntry, DeletionRequest, User
from accounts.openid_connect.identities import PROVED
from accounts.services import note_email_change, undo_email_change
from tests.accounts.codes import code_in
from tests.accounts.openid_provider import (
    ADDRESS,
    ALICE,
    BEGIN,
    CALLBACK,
    CODE,
    OVERVIEW,
    ZONE,
    OpenIDProvider,
    come_back,
    join_to,
    leave,
    subjects_of,
    who,
)
from tests.accounts.sign_in_helpers import code_of, confirm, give_password, set_up_app, signed_in

JOIN = "/accounts/oidc/join/"
Execute = Callable[..., Any]


def prove(client: Client, mails: list[EmailMessage]) -> None:
    """The page that asks whether the address is right, and the code that comes there."""
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, ZONE)["Location"] == CODE
    client.post(CODE, {"code": code_in(mails[-1])})


def test_without_the_variables_nothing_is_there(alice: User) -> None:
    client = signed_in(alice)
    key = opaque_key(SocialAccount.objects.create(user=alice, provider="https://old.example"))
    for path in (BEGIN, JOIN, CALLBACK, ADDRESS, f"/accounts/oidc/{key}/remove/"):
        assert {client.get(path).status_code, client.post(path).status_code} == {404}
    assert "oidc" not in client.get(OVERVIEW).content.decode()
    assert "oidc" not in Client().get("/accounts/login/").content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_the_way_is_offered(db: None, provider: OpenIDProvider, path: str) -> None:
    page = Client().get(path).content.decode()
    assert "Sign in with Example" in page
    assert f'action="{BEGIN}"' in page


@pytest.mark.parametrize("is_verified", [True, False])
def test_somebody_new_proves_the_address_and_has_an_account(
    db: None, provider: OpenIDProvider, mailoutbox: list[EmailMessage], is_verified: bool
) -> None:
    client = Client()
    back = come_back(client, provider, "n1", email="New@Example.org", email_verified=is_verified)
    assert back["Location"] == ADDRESS
    assert not User.objects.exists()
    prove(client, mailoutbox)
    user = User.objects.get()
    assert (user.email, who(client)) == ("new@example.org", "new@example.org")
    assert not user.has_usable_password()
    assert user.candidate.timezone == "Europe/Berlin"
    assert EmailAddress.objects.filter(user=user, verified=True).exists()
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid, kept.provider, kept.extra_data) == (user, "n1", provider.url, {})
    again = Client()
    come_back(again, provider, "n1", email="other@example.org")
    assert who(again) == "new@example.org"


def test_an_account_is_joined_after_the_code_alone(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    come_back(client, provider, "a1", email="ALICE@example.org", email_verified=True)
    assert client.post(ADDRESS, ZONE)["Location"] == CODE
    assert client.post(CODE, {"code": "XXXX-XXXX"}).status_code == 422
    assert (who(client), subjects_of(ALICE)) == ("", [])
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (who(client), subjects_of(ALICE)) == (ALICE, ["a1"])
    assert [mail.subject for mail in mailoutbox[1:]] == ["Sign-in with Example was added"]
    assert mailoutbox[1].to == [ALICE]
    newest = AuditEntry.objects.about(alice)[0]
    assert (newest.kind, newest.detail) == ("factor_added", "Example")


def test_who_signs_in_otherwise_in_that_browser_joins_nothing(
    alice: User, provider: OpenIDProvider
) -> None:
    """Somebody else may have left there what is said of somebody else."""
    client = Client()
    come_back(client, provider, "m1", email=ALICE)
    give_password(client, alice)
    assert (who(client), subjects_of(ALICE)) == (ALICE, [])


def test_a_code_that_was_asked_for_otherwise_joins_nothing(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    come_back(client, provider, "m1", email=ALICE)
    client.post("/accounts/login/code/", {"email": ALICE})
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (who(client), subjects_of(ALICE)) == (ALICE, [])


def test_what_was_proved_of_one_is_not_joined_to_another(
    alice: User, charlie: User, provider: OpenIDProvider
) -> None:
    """alice's code was right; the second factor was never given, and charlie signs in there."""
    client = Client()
    session = client.session
    session[PROVED] = {"subject": "a1", "user": str(alice.pk)}
    session.save()
    give_password(client, charlie)
    assert who(client) == charlie.email
    assert not SocialAccount.objects.exists()
    assert PROVED not in client.session


def test_where_there_is_an_account_no_other_is_made(alice: User, provider: OpenIDProvider) -> None:
    client = Client()
    come_back(client, provider, "a1", email=ALICE)
    client.post(ADDRESS, ZONE)
    assert User.objects.get() == alice
    assert EmailAddress.objects.get().user == alice


def test_the_password_of_who_signed_up_with_the_address_is_void(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    EmailAddress.objects.update(verified=False)
    client = Client()
    come_back(client, provider, "a1", email=ALICE)
    prove(client, mailoutbox)
    alice.refresh_from_db()
    assert not alice.has_usable_password()
    assert subjects_of(ALICE) == ["a1"]


def test_the_second_factor_comes_before_anything_is_joined(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    app = set_up_app(alice)
    client = Client()
    come_back(client, provider, "a1", email=ALICE)
    prove(client, mailoutbox)
    assert (who(client), subjects_of(ALICE)) == ("", [])
    client.post("/accounts/signing-in/authenticate/", {"code": code_of(app)})
    assert (who(client), subjects_of(ALICE)) == (ALICE, ["a1"])


def test_the_second_factor_is_asked_for_after_the_provider_too(
    alice: User, provider: OpenIDProvider
) -> None:
    set_up_app(alice)
    join_to(alice, provider)
    client = Client()
    back = come_back(client, provider, "a1")
    assert back["Location"] == "/accounts/signing-in/authenticate/"
    assert who(client) == ""


def test_the_provider_is_no_second_factor(
    alice: User, provider: OpenIDProvider, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    User.objects.update(is_staff=True, is_superuser=True)
    join_to(alice, provider)
    client = Client()
    come_back(client, provider, "a1")
    assert who(client) == ALICE
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/")["Location"] == OVERVIEW


def test_the_sign_in_is_in_the_record(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    client = Client(REMOTE_ADDR="192.0.2.7")
    come_back(client, provider, "a1")
    newest = AuditEntry.objects.about(alice)[0]
    assert (newest.kind, newest.detail) == ("signed_in", "with Example")
    assert newest.address == "192.0.2.7"


def test_it_leads_to_the_page_that_was_asked_for(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    client = Client()
    url = leave(client, next="/people/")
    assert client.get(provider.sign_in(url, subject="a1"))["Location"] == "/people/"
    url = leave(Client(), next="https://elsewhere.example/")
    assert "elsewhere" not in url


def test_somebody_new_comes_to_the_page_that_was_asked_for(
    db: None, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.get(provider.sign_in(leave(client, next="/people/"), subject="n1", email=ALICE))
    there = client.post(ADDRESS, ZONE)["Location"]
    assert there == f"{CODE}?next=%2Fpeople%2F"
    assert client.post(there, {"code": code_in(mailoutbox[0])})["Location"] == "/people/"


def test_a_closed_account_is_not_opened(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    """It is answered as an address that has none; its own mailbox is told so."""
    join_to(alice, provider)
    User.objects.update(is_active=False)
    client = Client()
    assert come_back(client, provider, "a1", email=ALICE)["Location"] == ADDRESS
    assert client.post(ADDRESS, ZONE)["Location"] == CODE
    assert [mail.subject for mail in mailoutbox] == ["No account with this email address"]
    assert User.objects.count() == 1
    assert who(client) == ""


def test_an_account_that_is_leaving_is_opened_and_may_stay(
    alice: User, provider: OpenIDProvider
) -> None:
    now = timezone.now()
    DeletionRequest.objects.create(user=alice, asked_at=now, due_at=now + timedelta(days=7))
    join_to(alice, provider)
    client = Client()
    come_back(client, provider, "a1")
    assert who(client) == ALICE
    assert DeletionRequest.objects.exists()


def test_with_the_account_goes_what_was_joined(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    alice.delete()
    assert not SocialAccount.objects.exists()


def test_the_same_key_at_another_provider_is_somebody_else(
    alice: User, provider: OpenIDProvider
) -> None:
    SocialAccount.objects.create(user=alice, provider="https://old.example", uid="a1")
    client = Client()
    assert come_back(client, provider, "a1", email=ALICE)["Location"] == ADDRESS
    assert who(client) == ""


# --- signed in ----------------------------------------------------------------------------------


def test_it_is_joined_to_an_open_account_after_a_confirmation(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    """Whatever address the provider knows."""
    client = signed_in(alice)
    assert client.post(JOIN)["Location"].startswith("/accounts/reauthenticate/")
    confirm(client)
    back = come_back(client, provider, "a1", JOIN, email="alice@work.example")
    assert (back["Location"], subjects_of(ALICE)) == (OVERVIEW, ["a1"])
    assert [mail.subject for mail in mailoutbox] == ["Sign-in with Example was added"]


def test_a_password_that_changes_meanwhile_stays(alice: User, provider: OpenIDProvider) -> None:
    """Allauth writes the whole user, whom the request has read before it asked the provider."""
    client = signed_in(alice)
    confirm(client)
    back = provider.sign_in(leave(client, JOIN), subject="a1")

    changes = iter([lambda: User.objects.update(password="new")])

    def answers_late(execute: Execute, sql: str, *args: Any) -> Any:
        # Who is known there is looked up once it has answered.
        if "socialaccount" in sql:
            for change in changes:
                change()
        return execute(sql, *args)

    with connection.execute_wrapper(answers_late):
        client.get(back)
    assert (User.objects.get().password, subjects_of(ALICE)) == ("new", ["a1"])


def test_who_is_known_already_is_not_taken_from_another_account(
    alice: User, charlie: User, provider: OpenIDProvider
) -> None:
    join_to(charlie, provider, "c1")
    client = signed_in(alice)
    confirm(client)
    come_back(client, provider, "c1", JOIN)
    assert (subjects_of(ALICE), subjects_of(charlie.email)) == ([], ["c1"])
    assert "opens another account here" in client.get(OVERVIEW).content.decode()


def test_it_is_removed_after_a_confirmation(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    path = f"/accounts/oidc/{opaque_key(join_to(alice, provider))}/remove/"
    client = signed_in(alice)
    assert path in client.get(OVERVIEW).content.decode()
    assert client.post(path)["Location"].startswith("/accounts/reauthenticate/")
    confirm(client)
    assert "Remove “Example”?" in client.get(path).content.decode()
    assert client.post(path)["Location"] == OVERVIEW
    assert subjects_of(ALICE) == []
    assert [mail.subject for mail in mailoutbox] == ["Sign-in with Example was removed"]
    newest = AuditEntry.objects.about(alice)[0]
    assert (newest.kind, newest.detail) == ("factor_removed", "Example")


def test_anothers_is_not_there(alice: User, charlie: User, provider: OpenIDProvider) -> None:
    path = f"/accounts/oidc/{opaque_key(join_to(charlie, provider))}/remove/"
    client = signed_in(alice)
    confirm(client)
    assert {client.get(path).status_code, client.post(path).status_code} == {404}


def test_who_could_confirm_by_nothing_chooses_a_password_first(
    alice: User, provider: OpenIDProvider
) -> None:
    path = f"/accounts/oidc/{opaque_key(join_to(alice, provider))}/remove/"
    alice.set_unusable_password()
    alice.save()
    client = Client()
    come_back(client, provider, "a1")
    for each in (path, JOIN):
        assert client.post(each)["Location"] == "/accounts/password/reset/"
    assert subjects_of(ALICE) == ["a1"]


def test_the_way_back_removes_what_was_joined_since(alice: User, provider: OpenIDProvider) -> None:
    """As a thief could have done; what is older stays."""
    now = timezone.now()
    join_to(alice, provider, "old")
    SocialAccount.objects.update(date_joined=now - timedelta(days=3))
    join_to(alice, provider, "new")
    change = note_email_change(user=alice, old="a@example.org", new=ALICE, now=now)
    undo_email_change(change=change, now=now)
    assert subjects_of("a@example.org") == ["old"]
