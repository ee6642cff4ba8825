from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.services import end_sessions
from interviews.models import Candidate
from tests.support.people import PASSWORD

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_who_is_signed_in_is_told_by_an_opaque_key(
    as_alice: Client, as_charlie: Client, client: Client, alice: Candidate
) -> None:
    told = as_alice.get("/device/").json()
    assert told["reader"] == as_alice.get("/device/").json()["reader"]
    assert told["reader"] != as_charlie.get("/device/").json()["reader"]
    assert str(alice.user.pk) not in told["reader"]
    assert client.get("/device/").json()["reader"] is None


def test_every_page_says_whose_it_is(as_alice: Client, client: Client) -> None:
    key = as_alice.get("/device/").json()["reader"]
    assert as_alice.get("/today/")["Hearback-Reader"] == key
    assert as_alice.get("/nowhere/")["Hearback-Reader"] == key
    assert client.get("/")["Hearback-Reader"] == "none"
    assert "Hearback-Reader" not in client.get("/today/")  # a redirect is no page


def test_its_token_lets_a_post_through(alice: Candidate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice.user)
    assert strict.post("/reminders/resume/").status_code == 403
    token = strict.get("/device/").json()["token"]
    answer = strict.post("/reminders/resume/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_it_is_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/device/")["Cache-Control"]


def test_signing_out_clears_what_the_browser_keeps(as_alice: Client) -> None:
    assert "Clear-Site-Data" not in as_alice.get("/accounts/logout/")
    assert "Clear-Site-Data" not in Client().get("/accounts/logout/")
    assert "Clear-Site-Data" not in as_alice.post("/reminders/resume/")
    answer = as_alice.post("/accounts/logout/")
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def owner_of(reader: str) -> str:
    return reader.partition(".")[0]


def _another_password(user: User) -> None:
    user.set_password("another long enough word")
    user.save()


def _ended_from_elsewhere(user: User) -> None:
    end_sessions(UserSession.objects.filter(user=user).select_related("user"), now=NOW)


def _closed_by_an_operator(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def test_of_an_account_that_was_closed_too(alice: Candidate, as_alice: Client) -> None:
    reader = as_alice.get("/device/").json()["reader"]
    _closed_by_an_operator(alice.user)
    assert Client().get("/device/", {"reader": reader}).json()["isOver"]


@pytest.mark.parametrize("end", [_another_password, _ended_from_elsewhere])
def test_what_a_device_reads_under_is_over(
    alice: Candidate, client: Client, end: Callable[[User], None]
) -> None:
    client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    reader = client.get("/device/").json()["reader"]
    assert not client.get("/device/", {"reader": reader}).json()["isOver"]
    assert not Client().get("/device/", {"reader": reader}).json()["isOver"]  # it merely lapsed
    end(alice.user)
    assert Client().get("/device/", {"reader": reader}).json()["isOver"]
    client.force_login(User.objects.get(pk=alice.user.pk))
    renewed = client.get("/device/").json()["reader"]
    assert renewed != reader
    assert owner_of(renewed) == owner_of(reader)


@pytest.mark.parametrize("reader", ["", "0", "4f5e.", "4f5e.nonsense", f"4f5e.{0:032x}", "." * 99])
def test_a_key_of_nobody_is_over(client: Client, db: None, reader: str) -> None:
    assert client.get("/device/", {"reader": reader}).json()["isOver"]


def test_what_waits_is_known_under_a_former_secret(as_alice: Client, settings: Any) -> None:
    before = owner_of(as_alice.get("/device/").json()["reader"])
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of the same server" * 2
    settings.SECRET_KEY_FALLBACKS = [former]
    told = as_alice.get("/device/").json()
    assert owner_of(told["reader"]) != before
    assert told["former"] == [before]
