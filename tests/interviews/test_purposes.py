"""A signed token serves the one purpose it was made for."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts import way_back
from accounts.link_cookies import LinkCookie
from accounts.models import AddressChange
from accounts.views import way_back as way_back_view
from interviews.exchange.cards import read_signed, sign_cards
from interviews.models import Candidate, Coaching, CoachingRequest
from interviews.reminders import links
from interviews.services import coaching_mails, departures
from interviews.services.cards import BusinessCard
from interviews.views import (
    action_links,
    coaching_invitation,
    coaching_request,
    departure,
    undo,
    unsubscribe,
)
from tests.support.standing import reminder_of, stand

ROOT = Path(__file__).parents[2]
# Whatever signs; its tokens are among the kinds below.
SIGNING = {
    "accounts/way_back.py",
    "interviews/exchange/cards.py",
    "interviews/reminders/links.py",
    "interviews/services/coaching_mails.py",
    "interviews/services/departures.py",
    "accounts/link_cookies.py",
    "interviews/views/undo.py",
}
SIGNS = re.compile(r"^from django\.core(\.signing)? import .*[Ss]ign|signed_cookie", re.MULTILINE)
COOKIES = {
    "action's cookie": action_links.COOKIE,
    "unsubscribe's cookie": unsubscribe.COOKIE,
    "keep's cookie": departure.COOKIE,
    "invitation's cookie": coaching_invitation.COOKIE,
    "request's cookie": coaching_request.COOKIE,
    "way back's cookie": way_back_view.COOKIE,
}


def _of_cookie(cookie: LinkCookie) -> tuple[Callable[..., str], Callable[..., bool]]:
    def make(alice: Candidate) -> str:
        response = HttpResponse()
        cookie.put(response, "a token", path="/")
        return response.cookies[cookie.name].value

    def accepts(token: str, alice: Candidate) -> bool:
        request = RequestFactory().get("/")
        request.COOKIES[cookie.name] = token
        return cookie.token(request) != ""

    return make, accepts


def _action(alice: Candidate) -> str:
    now = timezone.now()
    reminder = reminder_of(stand(alice, "call", now=now), now=now)
    return urlsplit(links.action_url(reminder, "called")).path.split("/")[2]


def _unsubscribe(alice: Candidate) -> str:
    return urlsplit(links.unsubscribe_url(alice)).path.split("/")[2]


def _undo(alice: Candidate) -> str:
    return signing.dumps(["contact", str(alice.pk), None, None], salt=undo.SALT)


def _cards(alice: Candidate) -> str:
    return sign_cards([BusinessCard(name="Anna")], candidate=alice)


def _way_back(alice: Candidate) -> str:
    old, new = "alice@example.com", "alice@example.org"
    AddressChange.objects.create(user=alice.user, old=old, new=new, at=timezone.now())
    return urlsplit(way_back.newest_url(alice.user)).path.split("/")[4]


def _invitation(alice: Candidate) -> str:
    coaching = Coaching(candidate=alice, address="bob@example.org")
    return urlsplit(coaching_mails.invitation_url(coaching)).path.split("/")[3]


def _request(alice: Candidate) -> str:
    return urlsplit(coaching_mails.request_url(CoachingRequest())).path.split("/")[3]


def _finds_change(token: str, alice: Candidate) -> bool:
    return way_back.find_change(token, now=timezone.now()) is not None


def _keep(alice: Candidate) -> str:
    return departures.keep_token(departures.ask(user=alice.user, now=timezone.now()))


# How a token of each kind is made, and what takes one.
KINDS: dict[str, tuple[Callable[..., str], Callable[..., bool]]] = {
    "action": (_action, lambda token, alice: links.read_action(token) is not None),
    "unsubscribe": (_unsubscribe, lambda token, alice: links.read_unsubscribe(token) is not None),
    "undo": (_undo, lambda token, alice: undo.Undo.read(token) is not None),
    "cards": (_cards, lambda token, alice: read_signed(token, candidate=alice) is not None),
    "way back": (_way_back, _finds_change),
    "keep": (_keep, lambda token, alice: departures.find_by_token(token) is not None),
    "invitation": (_invitation, lambda token, alice: bool(coaching_mails.read_invitation(token))),
    "request": (_request, lambda token, alice: bool(coaching_mails.read_request(token))),
    **{name: _of_cookie(cookie) for name, cookie in COOKIES.items()},
}


@pytest.mark.parametrize("made_for", KINDS)
@pytest.mark.parametrize("tried_as", KINDS)
def test_a_token_of_one_purpose_opens_nothing_else(
    alice: Candidate, made_for: str, tried_as: str
) -> None:
    make, accepts = KINDS[made_for][0], KINDS[tried_as][1]
    assert accepts(make(alice), alice) == (made_for == tried_as)


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_of_another_host_opens_nothing(
    alice: Candidate, kind: str, settings: object
) -> None:
    make, accepts = KINDS[kind]
    token = make(alice)
    settings.SECRET_KEY = "another one"  # type: ignore[attr-defined]
    assert not accepts(token, alice)


def test_every_module_that_signs_is_tried() -> None:
    """One that begins to sign adds its kind of token to KINDS, and itself to SIGNING."""
    found = {
        str(path.relative_to(ROOT))
        for folder in ("accounts", "config", "interviews")
        for path in (ROOT / folder).rglob("*.py")
        if SIGNS.search(path.read_text())
    }
    assert found == SIGNING
