"""Input comes back if its form could not be accepted."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.models import Interlocutor
from tests.support.people import PASSWORD, make_candidate, make_user

TYPED = {
    "name": "Anna Petrova",
    "company_name": "Acme",
    "origin": "card",
    "notes": "First line\r\nsecond <b>line</b>",
}
AWAY = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1",
    }
}
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
NEW_PERSON = "/people/new/"


@pytest.fixture
def alice(db: None) -> User:
    return make_candidate(make_user("Alice")).user


def sign_in(client: Client, user: User, path: str = "/today/") -> str:
    """By the page; where it leads."""
    posted = {"login": user.email, "password": PASSWORD, "next": path}
    return client.post("/accounts/login/", posted)["Location"]


def lapsed(user: User) -> Client:
    """A browser in which this user was signed in, until the session ended."""
    client = Client()
    client.force_login(user)
    client.get("/today/")
    del client.cookies["sessionid"]
    Session.objects.all().delete()
    return client


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def fields_in(page: str) -> dict[str, str]:
    found = dict(FIELD.findall(main_of(page)))
    found.pop("csrfmiddlewaretoken", None)
    return {name: unescape(value) for name, value in found.items()}


def test_it_comes_back_after_the_sign_in_and_is_saved_once_more(alice: User) -> None:
    client = lapsed(alice)
    asked = client.post(NEW_PERSON, TYPED)
    assert asked.status_code == 302
    assert asked["Location"] == f"/accounts/login/?next={NEW_PERSON}"
    assert "bring back what you typed" in client.get(asked["Location"]).content.decode()
    assert sign_in(client, alice, NEW_PERSON) == NEW_PERSON
    page = client.get(NEW_PERSON).content.decode()
    assert "This isn’t saved yet" in page
    assert "second &lt;b&gt;line" in page
    assert fields_in(page) == TYPED
    assert client.post(NEW_PERSON, fields_in(page)).status_code == 302
    assert Interlocutor.objects.get().notes == "First line\nsecond <b>line</b>"
    assert "This isn’t saved yet" not in client.get(NEW_PERSON).content.decode()


def test_another_tab_has_signed_in_anew(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    old = {**TYPED, "csrfmiddlewaretoken": "a" * 64}
    refused = strict.post(NEW_PERSON, old, headers={"origin": "http://testserver"})
    assert refused.status_code == 403
    page = refused.content.decode()
    assert fields_in(page) == TYPED
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', main_of(page))
    assert token is not None
    again = {**fields_in(page), "csrfmiddlewaretoken": token[1]}
    assert strict.post(NEW_PERSON, again).status_code == 302
    assert Interlocutor.objects.get().name == "Anna Petrova"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://other.example"},
        {"origin": "null"},
        {"origin": "http://testserver:8000"},
        {"referer": "https://other.example/testserver"},
    ],
)
def test_a_form_of_another_site_is_never_given_a_token(
    alice: User, headers: dict[str, str]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    refused = strict.post(NEW_PERSON, TYPED, headers=headers)
    assert refused.status_code == 403
    assert "Anna Petrova" not in refused.content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_a_password_never_comes_back(db: None, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    typed = {"login": "a b@example.org", "password": "very secret", "password1": "very secret"}
    page = strict.post(path, typed, headers={"origin": "http://testserver"}).content.decode()
    assert "very secret" not in page
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", ["/people/new/", "/people/{}/edit/", "/settings/"])
def test_nobody_else_sees_it(alice: User, path: str) -> None:
    """Who signs in with the same browser meanwhile."""
    charlie = make_candidate(make_user("Charlie")).user
    path = path.format(Interlocutor.objects.create(candidate=alice.candidate, name="Anna").pk)
    client = lapsed(alice)
    client.post(path, TYPED)
    sign_in(client, charlie, path)
    assert "second" not in client.get(path).content.decode()


def test_where_nobody_was_signed_in_it_stays_on_the_page(db: None) -> None:
    page = Client().post(NEW_PERSON, TYPED)
    assert page.status_code == 403
    assert fields_in(page.content.decode()) == TYPED
    assert "Sign in in a new tab" in page.content.decode()
    assert not Session.objects.exists()


def test_it_is_let_go(alice: User) -> None:
    client = lapsed(alice)
    client.post(NEW_PERSON, TYPED)
    sign_in(client, alice)
    page = client.get(NEW_PERSON).content.decode()
    assert f"{NEW_PERSON}?discard" in page
    assert "This isn’t saved yet" not in client.get(f"{NEW_PERSON}?discard").content.decode()
    assert "This isn’t saved yet" not in client.get(NEW_PERSON).content.decode()


def test_signing_out_forgets_who_it_was(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    client.get("/today/")
    client.post("/accounts/logout/")
    assert not client.cookies["owner"].value


def test_it_is_kept_for_an_hour_and_not_in_the_database(alice: User) -> None:
    client = lapsed(alice)
    client.post(NEW_PERSON, TYPED)
    (row,) = Session.objects.all()
    assert "second" not in str(row.get_decoded())
    assert row.expire_date <= timezone.now() + timedelta(hours=1)
    sign_in(client, alice)
    cache.clear()  # as after an hour
    assert "This isn’t saved yet" not in client.get(NEW_PERSON).content.decode()
    assert client.session.get_expiry_age() > 24 * 3600


def test_no_cache_keeps_it_and_the_device_knows_whose_it_is(alice: User) -> None:
    client = lapsed(alice)
    client.post(NEW_PERSON, TYPED)
    sign_in(client, alice)
    page = client.get(NEW_PERSON)
    assert "This isn’t saved yet" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["Hearback-Unsaved"] == "1"  # and the service worker keeps it in no other's place
    assert page["Hearback-Reader"] == client.get("/today/")["Hearback-Reader"]


@pytest.mark.parametrize(
    "path", ["/accounts/signing-in/confirm/", "/accounts/confirm-email/", "/accounts/email/"]
)
def test_nothing_of_the_sign_in_is_kept(alice: User, path: str) -> None:
    client = lapsed(alice)
    answer = client.post(path, {"code": "ABCD EFGH", "email": "anna@example.org"})
    assert "ABCD EFGH" not in answer.content.decode()
    assert not Session.objects.filter(session_data__contains="unsaved").exists()
    assert "unsaved" not in client.session


@pytest.mark.parametrize(
    ("typed", "headers"),
    [
        ({}, {}),
        (TYPED, {"hx-request": "true"}),
        (TYPED, {"hearback-worker": "1"}),
    ],
    ids=["nothing", "a piece of a page", "the device keeps it"],
)
def test_what_is_not_kept_makes_no_session(
    alice: User, typed: dict[str, str], headers: dict[str, str]
) -> None:
    assert lapsed(alice).post(NEW_PERSON, typed, headers=headers).status_code == 302
    assert not Session.objects.exists()


def test_what_is_too_much_to_keep_stays_on_the_page(alice: User) -> None:
    client = lapsed(alice)
    typed = {**TYPED, "notes": "so much " * 20_000}
    page = client.post(NEW_PERSON, typed)
    assert page.status_code == 403
    assert not Session.objects.exists()
    assert "Sign in in a new tab" in page.content.decode()
    assert fields_in(page.content.decode()) == typed


def test_while_the_cache_is_away_it_stays_on_the_page(alice: User, settings: Settings) -> None:
    client = lapsed(alice)
    settings.CACHES = AWAY
    page = client.post(NEW_PERSON, TYPED)
    assert page.status_code == 403
    assert fields_in(page.content.decode()) == TYPED
    assert not Session.objects.exists()


def test_once_the_cache_is_back_it_comes_back(alice: User, settings: Settings) -> None:
    client = lapsed(alice)
    client.post(NEW_PERSON, TYPED)
    sign_in(client, alice)
    here = settings.CACHES
    settings.CACHES = AWAY
    page = client.get(NEW_PERSON)
    assert (page.status_code, "This is not saved yet" in page.content.decode()) == (200, False)
    settings.CACHES = here
    assert fields_in(client.get(NEW_PERSON).content.decode()) == TYPED
    settings.CACHES = AWAY
    assert client.post(NEW_PERSON, TYPED).status_code == 302
    assert Interlocutor.objects.get().name == "Anna Petrova"


def test_what_leads_to_the_sign_in_by_itself_is_done(db: None) -> None:
    """The theme may be chosen on the page that one signs in on."""
    there = {"theme": "dark", "next": "/accounts/login/"}
    assert Client().post("/theme/", there)["Location"] == "/accounts/login/"
    assert not Session.objects.exists()
