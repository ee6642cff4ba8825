"""One click pauses reminder mails, and nothing else."""

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client

from interviews.models import Candidate
from reminders.signed_links import UNSUBSCRIBE_SALT, unsubscribe_url

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def path(alice: Candidate) -> str:
    return urlsplit(unsubscribe_url(alice)).path


def is_stopped(candidate: Candidate) -> bool:
    candidate.refresh_from_db()
    return candidate.reminders_paused_at is not None


def test_looking_changes_nothing_and_leads_to_a_clean_address(
    client: Client, alice: Candidate, path: str
) -> None:
    assert path.startswith("/unsubscribe/")
    first = client.get(path)
    assert (first.status_code, first["Location"]) == (302, "/unsubscribe/")
    cookie = first.cookies["unsubscribe"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/unsubscribe/", "Lax", 3600)
    page = client.get("/unsubscribe/")
    assert page.status_code == 200
    assert b"Pause reminders?" in page.content
    assert page["Referrer-Policy"] == first["Referrer-Policy"] == "same-origin"
    assert path.split("/")[2] not in page.content.decode()
    client.head(path)
    assert not is_stopped(alice)


def test_the_confirmed_post_stops(alice: Candidate, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(path, follow=True)
    assert strict.post("/unsubscribe/").status_code == 403  # another site's form
    assert not is_stopped(alice)
    token = page.context["csrf_token"]
    done = strict.post("/unsubscribe/", {"csrfmiddlewaretoken": str(token)})
    assert done.status_code == 200
    assert b"<h1>Reminders paused</h1>" in done.content
    assert is_stopped(alice)


def test_without_its_cookie_the_clean_address_does_nothing(
    client: Client, alice: Candidate
) -> None:
    for page in (client.get("/unsubscribe/"), client.post("/unsubscribe/")):
        assert page.status_code == 410
        assert b"This page has expired" in page.content
    assert not is_stopped(alice)


def test_one_click_stops_without_session_cookie_or_token(alice: Candidate, path: str) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    page = mail_program.post(path, ONE_CLICK)
    assert page.status_code == 200
    assert "unsubscribe" not in page.cookies
    assert is_stopped(alice)


def test_looks_are_limited_and_a_mail_programs_posts_are_not(
    client: Client, alice: Candidate, path: str
) -> None:
    """A mail provider posts for all its users from few addresses."""
    answers = [client.get(path).status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
    assert client.post(path, ONE_CLICK).status_code == 200
    assert is_stopped(alice)


def test_twice_is_once(client: Client, alice: Candidate, path: str) -> None:
    client.post(path, ONE_CLICK)
    alice.refresh_from_db()
    first = alice.reminders_paused_at
    assert client.post(path, ONE_CLICK).status_code == 200
    alice.refresh_from_db()
    assert alice.reminders_paused_at == first


def test_nobody_else_is_stopped(
    client: Client, alice: Candidate, charlie: Candidate, path: str
) -> None:
    client.post(path, ONE_CLICK)
    assert is_stopped(alice)
    assert not is_stopped(charlie)


def test_today_says_so_and_undoes_it(client: Client, alice: Candidate, path: str) -> None:
    client.post(path, ONE_CLICK)
    client.force_login(alice.user)
    assert b"/reminders/resume/" in client.get("/today/").content
    client.post("/reminders/resume/")
    assert not is_stopped(alice)
    assert b"/reminders/resume/" not in client.get("/today/").content


def test_the_link_never_ends(client: Client, alice: Candidate, settings: object) -> None:
    settings.ACTION_LINK_DAYS = -1  # type: ignore[attr-defined]
    path = urlsplit(unsubscribe_url(alice)).path
    assert client.post(path, ONE_CLICK).status_code == 200
    assert is_stopped(alice)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("kind", ["nonsense", "another salt", "nobody", "no key"])
def test_a_wrong_token_is_not_found(
    client: Client, alice: Candidate, method: str, kind: str
) -> None:
    token = {
        "nonsense": "nonsense",
        "another salt": signing.dumps(alice.pk.hex, salt="hearback.action"),
        "nobody": signing.dumps("0" * 32, salt=UNSUBSCRIBE_SALT),
        "no key": signing.dumps(["x"], salt=UNSUBSCRIBE_SALT),
    }[kind]
    page = getattr(client, method)(f"/unsubscribe/{token}/")
    assert page.status_code == 404
    assert not is_stopped(alice)
