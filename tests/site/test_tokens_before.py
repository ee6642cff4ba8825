"""Links in mails that were sent, and cookies and pages that were made, before a release are read by
it. The tokens were made by the code of November 2026, all for the key, address and moment below."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.test import RequestFactory

from accounts import email_change_undo
from accounts.link_cookies import LinkCookie
from accounts.models import EmailChange, User
from coaching import mails
from dashboard.buttons import undo
from integrations.vcard_import import BusinessCard, read_signed
from interviews.actions.perform import Undo
from interviews.models import Candidate
from personal_data import account_deletion
from reminders import signed_links
from tests.site.test_token_purposes import COOKIES

TOKENS = json.loads((Path(__file__).parents[1] / "data" / "signed-before.json").read_text())
LINKS, IN_COOKIES = TOKENS["links"], TOKENS["cookies"]
KEY = UUID("01a226eb-422a-71ac-9861-1ff45a31aaf3")
MADE_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def made_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.signing.time.time", MADE_AT.timestamp)


READERS: dict[str, tuple[Callable[[str], object], object]] = {
    "action": (signed_links.read_action, (KEY, "called")),
    "unsubscribe": (signed_links.read_unsubscribe, KEY),
    "invitation": (mails.read_invitation, KEY),
    "request": (mails.read_request, KEY),
    "undo": (undo.read, [Undo("contact", KEY)]),
    "cards": (
        lambda token: read_signed(token, candidate=Candidate(pk=KEY)),
        [BusinessCard(name="Anna " * 12)],
    ),
}


@pytest.mark.parametrize("kind", READERS)
def test_it_says_what_it_said(kind: str) -> None:
    reader, said = READERS[kind]
    assert reader(LINKS[kind]) == said


@pytest.mark.parametrize("kind", ["action", "unsubscribe"])
def test_it_knows_the_mailbox_that_it_went_to(kind: str, alice: Candidate) -> None:
    salt = f"hearback.{kind}"
    alice.user.email = "alice@example.com"
    assert not signed_links.went_elsewhere(LINKS[kind], alice.user, salt=salt)
    alice.user.email = "alice@example.net"
    assert signed_links.went_elsewhere(LINKS[kind], alice.user, salt=salt)


def test_an_account_is_kept(db: None) -> None:
    user = User.objects.create(pk=KEY, email="alice@example.com")
    asked = account_deletion.request_deletion(user=user, now=MADE_AT)
    assert account_deletion.find_by_token(LINKS["keep"]) == asked


def test_an_address_is_taken_back(alice: Candidate) -> None:
    change = EmailChange.objects.create(
        pk=KEY, user=alice.user, old="alice@example.com", new="alice@example.org", at=MADE_AT
    )
    assert email_change_undo.find_change(LINKS["way back"], now=MADE_AT) == change


@pytest.mark.parametrize("cookie", COOKIES.values(), ids=COOKIES)
def test_a_cookie_is_read(cookie: LinkCookie) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[cookie.name] = IN_COOKIES[cookie.name]
    assert cookie.token(request) == "a token"
