"""Changing the email address: confirmed at the new one, announced at the old one, and undoable for
a week."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.email_change_undo import SALT
from accounts.models import AuditEntry, DeletionRequest, EmailChange, User
from personal_data.retention import apply_retention
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import (
    confirm,
    give_password,
    make_passkey,
    set_up_app,
    signed_in,
)
from tests.support import people

OLD, NEW, NEWER = "alice@example.org", "alice@example.com", "alice@example.net"
BACK = "/accounts/email/back/"
LINK = re.compile(r"http://localhost:8000(/accounts/email/back/\S+/)")


@pytest.fixture
def mails(mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    return mailoutbox


def change(client: Client, mails: list[EmailMessage], to: str) -> None:
    confirm(client)
    client.post("/accounts/email/", {"action_add": "1", "email": to})
    code = code_in(next(mail for mail in reversed(mails) if mail.to == [to]))
    assert client.post("/accounts/confirm-email/", {"code": code}).status_code == 302


def link_in(mails: list[EmailMessage]) -> str:
    """The one in the latest notice."""
    found = [match for mail in mails if (match := LINK.search(str(mail.body)))]
    return found[-1].group(1)


def open_link(path: str) -> Client:
    client = Client()
    assert client.get(path)["Location"] == BACK
    return client


def address_of(user: User) -> str:
    user.refresh_from_db()
    assert EmailAddress.objects.get(user=user, primary=True, verified=True).email == user.email
    return user.email


def test_it_changes_once_the_code_is_entered(alice: User, mails: list[EmailMessage]) -> None:
    client = signed_in(alice)
    confirm(client)
    client.post("/accounts/email/", {"action_add": "1", "email": NEW})
    assert address_of(alice) == OLD
    to_new, to_old = (next(mail for mail in mails if mail.to == [to]) for to in (NEW, OLD))
    assert NEW in to_old.body
    client.post("/accounts/confirm-email/", {"code": code_in(to_new)})
    assert address_of(alice) == NEW


def test_a_wrong_code_changes_nothing(alice: User, mails: list[EmailMessage]) -> None:
    client = signed_in(alice)
    confirm(client)
    client.post("/accounts/email/", {"action_add": "1", "email": NEW})
    assert client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}).status_code == 422
    assert address_of(alice) == OLD


@pytest.mark.parametrize("is_verified", [True, False])
def test_an_address_that_is_taken_is_refused_to_its_reader_alone(
    alice: User, mails: list[EmailMessage], is_verified: bool
) -> None:
    other = people.make_user("Charlie", is_verified=is_verified)
    client = signed_in(alice)
    confirm(client)
    client.post("/accounts/email/", {"action_add": "1", "email": other.email})
    code = code_in(next(mail for mail in mails if mail.to == [other.email]))
    answer = client.post("/accounts/confirm-email/", {"code": code})
    assert answer.status_code == 422
    assert b"This email address belongs to another account." in answer.content
    assert address_of(alice) == OLD


def test_the_notice_has_the_way_back(alice: User, mails: list[EmailMessage]) -> None:
    thief = signed_in(alice)
    change(thief, mails, NEW)
    assert mails[-1].to == [OLD]
    owner = open_link(link_in(mails))
    page = owner.get(BACK).content.decode()
    assert OLD in page
    assert address_of(alice) == NEW  # a look changes nothing
    done = owner.post(BACK)
    assert done["Location"] == "/accounts/password/reset/complete/"
    assert address_of(alice) == OLD
    assert thief.get("/today/").status_code == 302
    assert give_password(Client(), alice).status_code == 422
    assert mails[-1].to == [NEW]

    new = {"password1": "quite another word", "password2": "quite another word"}
    owner.post("/accounts/password/reset/complete/", new)
    assert give_password(Client(), alice, "quite another word").status_code == 302
    assert AuditEntry.objects.about(alice).filter(kind="email_changed").count() == 2


def test_it_removes_what_was_set_up_since_and_nothing_older(
    alice: User, mails: list[EmailMessage]
) -> None:
    client = signed_in(alice)
    own = make_passkey(alice, "own")
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=30))
    set_up_app(alice)  # by whoever took the account over
    change(client, mails, NEW)
    open_link(link_in(mails)).post(BACK)
    assert [*Authenticator.objects.filter(user=alice)] == [own]


def test_it_works_once(alice: User, mails: list[EmailMessage]) -> None:
    change(signed_in(alice), mails, NEW)
    path = link_in(mails)
    open_link(path).post(BACK)
    User.objects.update(email=NEWER)
    assert Client().get(path).status_code == 410
    alice.refresh_from_db()
    assert alice.email == NEWER


def test_a_second_change_does_not_cut_it_off(alice: User, mails: list[EmailMessage]) -> None:
    client = signed_in(alice)
    change(client, mails, NEW)
    first = link_in(mails)
    change(client, mails, NEWER)
    second = link_in(mails)
    open_link(first).post(BACK)
    assert address_of(alice) == OLD
    # The notice of the second went to the thief's own mailbox.
    assert Client().get(second).status_code == 410


def test_it_ends_after_a_week(alice: User, mails: list[EmailMessage]) -> None:
    change(signed_in(alice), mails, NEW)
    owner = open_link(link_in(mails))
    EmailChange.objects.update(at=timezone.now() - timedelta(days=7, minutes=1))
    assert owner.post(BACK).status_code == 410
    assert owner.get(link_in(mails)).status_code == 410
    assert address_of(alice) == NEW


def test_then_the_old_address_is_forgotten(alice: User, mails: list[EmailMessage]) -> None:
    client = signed_in(alice)
    change(client, mails, NEW)
    EmailChange.objects.update(at=timezone.now() - timedelta(days=7, minutes=1))
    change(client, mails, NEWER)
    apply_retention(now=timezone.now())
    assert [row.old for row in EmailChange.objects.all()] == [NEW]


def by_another(*, is_verified: bool) -> User:
    """An account at the old address, created without the sign-up, which would refuse it."""
    other = people.make_user("Charlie", is_verified=is_verified)
    people.make_candidate(other)
    User.objects.filter(pk=other.pk).update(email=OLD)
    EmailAddress.objects.filter(user=other).update(email=OLD)
    return other


def test_the_old_address_may_be_anothers_by_then(alice: User, mails: list[EmailMessage]) -> None:
    change(signed_in(alice), mails, NEW)
    by_another(is_verified=True)
    answer = open_link(link_in(mails)).post(BACK)
    assert answer.status_code == 410
    assert b"belongs to another account" in answer.content
    assert address_of(alice) == NEW


def test_whoever_never_proved_it_does_not_stand_in_the_way(
    alice: User, mails: list[EmailMessage]
) -> None:
    change(signed_in(alice), mails, NEW)
    other = by_another(is_verified=False)
    give_password(Client(), other, "wrong and wrong")
    open_link(link_in(mails)).post(BACK)
    assert address_of(alice) == OLD
    assert not User.objects.filter(pk=other.pk).exists()
    assert not AuditEntry.objects.about(other).exists()


def test_an_operators_account_is_not_deleted_for_it(alice: User, mails: list[EmailMessage]) -> None:
    change(signed_in(alice), mails, NEW)
    other = by_another(is_verified=False)
    User.objects.filter(pk=other.pk).update(is_staff=True)
    assert open_link(link_in(mails)).post(BACK).status_code == 410
    assert User.objects.filter(pk=other.pk).exists()


def test_nobody_signs_up_with_an_address_that_can_be_put_back(
    alice: User, mails: list[EmailMessage]
) -> None:
    change(signed_in(alice), mails, NEW)
    data = {"email": OLD, "password1": "a word of the thief", "timezone": "UTC"}
    answer = Client().post("/accounts/signup/", data)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert [user.email for user in User.objects.all()] == [NEW]
    open_link(link_in(mails)).post(BACK)
    assert address_of(alice) == OLD


def test_nobody_else_changes_to_it(alice: User, charlie: User, mails: list[EmailMessage]) -> None:
    change(signed_in(alice), mails, NEW)
    client = signed_in(charlie)
    confirm(client)
    cache.clear()  # the notice went there a moment ago
    client.post("/accounts/email/", {"action_add": "1", "email": OLD})
    code = code_in(next(mail for mail in reversed(mails) if mail.to == [OLD]))
    answer = client.post("/accounts/confirm-email/", {"code": code})
    assert b"This email address belongs to another account." in answer.content
    assert address_of(charlie) == charlie.email


def test_its_own_account_may_change_back_to_it(alice: User, mails: list[EmailMessage]) -> None:
    client = signed_in(alice)
    change(client, mails, NEW)
    change(client, mails, OLD)
    assert address_of(alice) == OLD


@pytest.mark.parametrize(("before", "stays"), [(timedelta(hours=1), False), (timedelta(2), True)])
def test_a_deletion_that_the_thief_asked_for_is_off(
    alice: User, mails: list[EmailMessage], before: timedelta, stays: bool
) -> None:
    change(signed_in(alice), mails, NEW)
    asked_at = EmailChange.objects.get().at - before
    DeletionRequest.objects.create(
        user=alice, asked_at=asked_at, due_at=asked_at + timedelta(days=7)
    )
    open_link(link_in(mails)).post(BACK)
    assert DeletionRequest.objects.exists() is stays
    entries = AuditEntry.objects.about(alice).filter(kind="departure_withdrawn", actor_id=None)
    assert entries.exists() is not stays


@pytest.mark.parametrize("salt", [SALT, "interviews.action", "accounts.other"])
def test_nothing_else_that_is_signed_is_one(alice: User, salt: str) -> None:
    token = signing.dumps("nonsense", salt=salt)
    for path in (f"{BACK}{token}/", f"{BACK}nonsense/"):
        assert Client().get(path).status_code == 410


def test_without_a_link_there_is_nothing_to_see(db: None) -> None:
    assert Client().get(BACK).status_code == 410


@pytest.mark.parametrize("address", ["al\u0131ce@example.com", "\u017falice@example.com"])
def test_an_address_that_cannot_be_mailed_is_refused(
    alice: User, mails: list[EmailMessage], address: str
) -> None:
    client = signed_in(alice)
    confirm(client)
    response = client.post("/accounts/email/", {"action_add": "1", "email": address})
    assert "plain letters before the @" in response.content.decode()
    assert not mails
