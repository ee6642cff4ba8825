"""A signed token serves only the purpose for which it was made."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts import email_change_undo, signed_tokens
from accounts.link_cookies import LinkCookie
from accounts.models import EmailChange
from accounts.views import email_change_undo as undo_page
from coaching import mails
from dashboard.buttons import undo
from dashboard.coachings import invitation
from dashboard.coachings import request as coaching_request
from dashboard.mail_links import views
from dashboard.personal_data import account_deletion as deletion_page
from dashboard.settings import unsubscribe
from integrations.vcard_import import BusinessCard, read_signed, sign_cards
from interviews.models import Candidate, Coaching, CoachingRequest
from personal_data import account_deletion
from reminders import signed_links
from tests.support.step_factories import reminder_of, stand

ROOT = Path(__file__).parents[2]
# Whatever signs; its tokens are among the kinds below.
SIGNING = {
    "accounts/signed_tokens.py",
    "accounts/email_change_undo.py",
    "integrations/vcard_import.py",
    "reminders/signed_links.py",
    "coaching/mails.py",
    "personal_data/account_deletion.py",
    "accounts/link_cookies.py",
    "dashboard/buttons/undo.py",
}
SIGNS = re.compile(
    r"^from django\.core(\.signing)? import .*[Ss]ign|signed_cookie|signed_tokens\.", re.M
)
COOKIES = {
    "action's cookie": views.COOKIE,
    "unsubscribe's cookie": unsubscribe.COOKIE,
    "cancel deletion's cookie": deletion_page.COOKIE,
    "invitation's cookie": invitation.COOKIE,
    "request's cookie": coaching_request.COOKIE,
    "email change undo's cookie": undo_page.COOKIE,
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
    return urlsplit(signed_links.action_url(reminder, "called")).path.split("/")[2]


def _unsubscribe(alice: Candidate) -> str:
    return urlsplit(signed_links.unsubscribe_url(alice)).path.split("/")[2]


def _undo(alice: Candidate) -> str:
    return signing.dumps(["contact", str(alice.pk), None, None], salt=undo.SALT)


def _read_undo(token: str) -> object:
    return signed_tokens.read(token, undo._of_signed, salt=undo.SALT, max_age=undo.UNDO_LASTS)


def _cards(alice: Candidate) -> str:
    return sign_cards([BusinessCard(name="Anna")], candidate=alice)


def _email_change_undo(alice: Candidate) -> str:
    old, new = "alice@example.com", "alice@example.org"
    EmailChange.objects.create(user=alice.user, old=old, new=new, at=timezone.now())
    return urlsplit(email_change_undo.newest_url(alice.user)).path.split("/")[4]


def _invitation(alice: Candidate) -> str:
    coaching = Coaching(candidate=alice, address="bob@example.org")
    return urlsplit(mails.invitation_url(coaching)).path.split("/")[3]


def _request(alice: Candidate) -> str:
    return urlsplit(mails.request_url(CoachingRequest())).path.split("/")[3]


def _finds_change(token: str, alice: Candidate) -> bool:
    return email_change_undo.find_change(token, now=timezone.now()) is not None


def _keep(alice: Candidate) -> str:
    return account_deletion.cancel_token(
        account_deletion.request_deletion(user=alice.user, now=timezone.now())
    )


# How a token of each kind is made, and what takes one.
KINDS: dict[str, tuple[Callable[..., str], Callable[..., bool]]] = {
    "action": (_action, lambda token, alice: signed_links.read_action(token) is not None),
    "unsubscribe": (
        _unsubscribe,
        lambda token, alice: signed_links.read_unsubscribe(token) is not None,
    ),
    "undo": (_undo, lambda token, alice: undo.read(token) is not None),
    "cards": (_cards, lambda token, alice: read_signed(token, candidate=alice) is not None),
    "email change undo": (_email_change_undo, _finds_change),
    "keep": (_keep, lambda token, alice: account_deletion.find_by_token(token) is not None),
    "invitation": (_invitation, lambda token, alice: bool(mails.read_invitation(token))),
    "request": (_request, lambda token, alice: bool(mails.read_request(token))),
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
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in ("tests", "benchmarks", ".venv")
        if SIGNS.search(path.read_text())
    }
    assert found == SIGNING
