"""Undoing an email change ends everything that a thief in an open session left behind."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, EmailChange, User
from integrations import feed_address
from interviews.models import CalendarFeed, Candidate, Coaching
from reminders.signed_links import action_url, unsubscribe_url
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import signed_in
from tests.accounts.test_address_change import BACK, NEW, change, link_in, open_link
from tests.support import people
from tests.support.step_factories import reminder_of, stand

NEW_PASSWORD = {"password1": "a word of the thief", "password2": "a word of the thief"}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def candidate(alice: User) -> Candidate:
    return Candidate.objects.get(user=alice)


@pytest.fixture
def taken(alice: User, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """A thief has changed the address a moment ago."""
    change(signed_in(alice), mailoutbox, NEW)
    alice.refresh_from_db()
    return mailoutbox


def put_back(mails: list[EmailMessage]) -> None:
    assert open_link(link_in(mails)).post(BACK).status_code == 302


@pytest.mark.parametrize("token", ["nonsense", "0" * 300, "a:b:c"])
def test_nobody_writes_a_row_by_looking(db: None, token: str) -> None:
    client = Client()
    assert client.get(f"{BACK}{token}/").status_code == 410
    assert client.get(BACK).status_code == 410
    assert not Session.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_true_link_waits_in_a_cookie_of_its_path(taken: list[EmailMessage]) -> None:
    before = Session.objects.count()
    client = Client()
    answer = client.get(link_in(taken))
    (cookie,) = answer.cookies.values()
    assert (cookie.key, cookie["path"], cookie["samesite"]) == ("way-back", BACK, "Lax")
    assert cookie["httponly"]
    assert client.get(BACK).status_code == 200
    assert Session.objects.count() == before
    client.cookies["way-back"] = link_in(taken).split("/")[-2]
    assert client.get(BACK).status_code == 410


def test_the_calendar_has_another_address(
    candidate: Candidate, taken: list[EmailMessage], now: datetime
) -> None:
    known = feed_address.create_feed(candidate=candidate, now=now).token
    put_back(taken)
    assert CalendarFeed.objects.get().token != known
    assert Client().get(f"/calendar/{known}.ics").status_code == 404
    entries = AuditEntry.objects.about(candidate.user).filter(kind="calendar_made", actor_id=None)
    assert entries.count() == 1


@pytest.mark.parametrize(
    ("invited", "accepted", "stays"),
    [
        (timedelta(days=9), timedelta(days=8), True),
        (timedelta(days=9), timedelta(0), False),
        (timedelta(0), timedelta(0), False),
        (timedelta(0), None, False),
        (timedelta(days=9), None, True),
    ],
)
def test_whom_somebody_else_has_let_in_is_out(
    candidate: Candidate,
    taken: list[EmailMessage],
    invited: timedelta,
    accepted: timedelta | None,
    stays: bool,
) -> None:
    moment = EmailChange.objects.get().at + timedelta(milliseconds=1)
    coaching = Coaching.objects.create(
        candidate=candidate,
        coach=None if accepted is None else people.make_user("Bob", is_staff=True),
        address="bob@example.org",
        shares="interviews",
        invited_at=moment - invited,
        accepted_at=None if accepted is None else moment - accepted,
    )
    put_back(taken)
    coaching.refresh_from_db()
    assert (coaching.ended_at is None) is stays


def test_links_that_went_to_the_other_address_are_void(
    candidate: Candidate, taken: list[EmailMessage], now: datetime
) -> None:
    reminder = reminder_of(stand(candidate, "call", now=now), now=now)
    theirs = [action_url(reminder, "called"), unsubscribe_url(candidate)]
    put_back(taken)
    candidate.user.refresh_from_db()
    reminder.candidate.user.refresh_from_db()
    own = [action_url(reminder, "called"), unsubscribe_url(candidate)]
    for urls, status in ((theirs, 410), (own, 200)):
        for url in urls:
            page = Client().get(urlsplit(url).path, follow=True)
            assert page.status_code == status
            assert (b"Acme" in page.content) is (status == 200 and "/act/" in url)
    assert Client().post(urlsplit(theirs[1]).path).status_code == 410
    candidate.refresh_from_db()
    assert candidate.reminders_paused_at is None


@pytest.mark.parametrize(
    ("ask", "confirm"),
    [
        ("/accounts/login/code/", "/accounts/login/code/confirm/"),
        ("/accounts/password/reset/", "/accounts/password/reset/confirm/"),
    ],
)
def test_a_code_that_went_there_is_void(
    candidate: Candidate, taken: list[EmailMessage], ask: str, confirm: str
) -> None:
    thief = Client()
    thief.post(ask, {"email": NEW})
    code = code_in(taken[-1])
    put_back(taken)
    assert thief.post(confirm, {"code": code}).status_code == 422
    assert thief.get("/today/").status_code == 302


def test_a_new_password_that_was_half_chosen_is_not(alice: User, taken: list[EmailMessage]) -> None:
    thief = Client()
    thief.post("/accounts/password/reset/", {"email": NEW})
    thief.post("/accounts/password/reset/confirm/", {"code": code_in(taken[-1])})
    put_back(taken)
    thief.post("/accounts/password/reset/complete/", NEW_PASSWORD)
    alice.refresh_from_db()
    assert not alice.has_usable_password()
