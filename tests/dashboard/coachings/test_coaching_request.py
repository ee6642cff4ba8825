"""A coach asks to coach somebody; answered by the mail's link, or under Settings."""

import time
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.test import Client

from accounts.models import User
from coaching import mails, requests
from interviews.models import Candidate, Coaching, CoachingRequest
from tests.dashboard.conftest import signed_in
from tests.dashboard.linking import everything
from tests.support.inbox import LINK
from tests.support.people import make_user

CLEAN = "/coaching/request/"
TERMS = {"shares": "interviews", "reach": "all", "ends_on": ""}


@pytest.fixture
def erin(db: None) -> User:
    return make_user("Erin", is_staff=True)


@pytest.fixture
def asked(alice: Candidate, erin: User, now: datetime) -> CoachingRequest:
    requests.ask_candidate(coach=erin, address=alice.user.email, now=now)
    return CoachingRequest.objects.get()


@pytest.fixture
def terms(asked: CoachingRequest) -> dict[str, str]:
    return TERMS | {"shown": str(asked.pk)}


@pytest.fixture
def link(asked: CoachingRequest) -> str:
    """As it stands in the mail."""
    (found,) = LINK.findall(mail.outbox[0].body)
    return urlsplit(found).path


@pytest.fixture
def url(asked: CoachingRequest) -> str:
    return f"/settings/coaches/requests/{asked.pk}/"


def test_the_mail_says_who_and_how(link: str) -> None:
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["alice@example.org"], "Erin would like to coach you")
    assert "Erin (erin@example.org)" in sent.body
    assert "within 30 days" in sent.body
    assert "you can ignore this email. They can’t ask you again." in sent.body


def test_opening_the_link_changes_nothing_and_hides_the_token(link: str) -> None:
    client, before = Client(), everything()
    opened = client.get(link)
    assert (opened.status_code, opened["Location"]) == (302, CLEAN)
    page = client.get(CLEAN).content.decode()
    assert "Erin would like to coach you" in page
    assert "erin@example.org" in page
    assert link.split("/")[3] not in page
    assert "/accounts/login/?next=/coaching/request/" in page
    assert everything() == before


@pytest.mark.parametrize("answer", ["declined", "nobody"])
def test_declining_needs_no_sign_in(link: str, asked: CoachingRequest, answer: str) -> None:
    client = Client()
    client.get(link)
    sent = {"answer": answer, "shown": asked.pk}
    assert "Invitation declined" in client.post(CLEAN, sent).content.decode()
    asked.refresh_from_db()
    assert asked.answer == answer
    assert client.get(CLEAN).status_code == 410
    assert client.post(CLEAN, sent).status_code == 410
    assert len(mail.outbox) == 1  # the coach is not written to


def test_nothing_is_shared_without_a_sign_in(link: str, terms: dict[str, str]) -> None:
    client = Client()
    client.get(link)
    client.post(CLEAN, terms)
    client.post(CLEAN, terms | {"answer": "accepted"})
    assert not Coaching.objects.exists()


def test_who_is_signed_in_chooses_what_is_shared(
    link: str, as_alice: Client, alice: Candidate, erin: User, terms: dict[str, str]
) -> None:
    as_alice.get(link)
    form = as_alice.get(CLEAN).context["form"]
    assert form["shares"].value() == "steps"
    assert as_alice.post(CLEAN, terms | {"reach": ""}).status_code == 422
    page = as_alice.post(CLEAN, terms, follow=True).content.decode()
    assert "Request accepted. Erin is now your coach." in page
    made = Coaching.objects.get()
    assert (made.candidate, made.coach, made.shares) == (alice, erin, "interviews")
    assert mail.outbox[-1].to == ["erin@example.org"]
    assert as_alice.get(CLEAN).status_code == 410


@pytest.mark.parametrize(
    "proved", ["charlie@example.org", "alice@ex.example", "alice\u017f@example.org"]
)
def test_who_was_forwarded_the_link_lets_nobody_in(
    link: str,
    as_charlie: Client,
    charlie: Candidate,
    asked: CoachingRequest,
    terms: dict[str, str],
    proved: str,
) -> None:
    """The coach would take whoever accepts for whom was asked; declining stays open."""
    EmailAddress.objects.filter(user=charlie.user).update(email=proved)
    as_charlie.get(link)
    page = as_charlie.get(CLEAN)
    assert "form" not in page.context
    assert b"This request was sent to another address." in page.content
    for answer in ({}, {"answer": "accepted"}, {"shown": str(uuid4())}):
        assert as_charlie.post(CLEAN, terms | answer).status_code == 422
    assert not Coaching.objects.exists()
    as_charlie.post(CLEAN, {"answer": "declined", "shown": asked.pk})
    asked.refresh_from_db()
    assert asked.answer == "declined"


def test_an_address_that_is_not_proved_lets_nobody_in(
    link: str, as_charlie: Client, charlie: Candidate, terms: dict[str, str]
) -> None:
    address = {"email": "alice@example.org", "verified": False, "primary": False}
    EmailAddress.objects.create(user=charlie.user, **address)
    as_charlie.get(link)
    assert as_charlie.post(CLEAN, terms).status_code == 422
    assert not Coaching.objects.exists()


def test_a_second_proved_address_is_as_good(
    asked: CoachingRequest, link: str, as_charlie: Client, charlie: Candidate, terms: dict[str, str]
) -> None:
    CoachingRequest.objects.update(address="charlie@elsewhere.example")
    address = {"email": "charlie@elsewhere.example", "verified": True, "primary": False}
    EmailAddress.objects.create(user=charlie.user, **address)
    as_charlie.get(link)
    assert as_charlie.post(CLEAN, terms).status_code == 302
    assert Coaching.objects.get().candidate == charlie


def test_a_user_without_a_search_is_told_so(
    link: str, bob: User, as_bob: Client, terms: dict[str, str]
) -> None:
    as_bob.get(link)
    page = as_bob.get(CLEAN).content.decode()
    assert "have a job search yet, so" in page
    assert as_bob.post(CLEAN, terms).status_code == 200
    assert Coaching.objects.count() == 1  # bob's own with alice


@pytest.mark.parametrize("sent", [TERMS, {"answer": "declined"}, {"answer": "nobody"}])
def test_an_answer_is_to_the_page_that_was_shown(
    link: str, as_alice: Client, asked: CoachingRequest, now: datetime, sent: dict[str, str]
) -> None:
    """Another coach's link was opened in another tab since: one cookie serves both."""
    as_alice.get(link)
    yves = make_user("Yves", is_staff=True)
    requests.ask_candidate(coach=yves, address="alice@example.org", now=now)
    other = CoachingRequest.objects.get(coach=yves)
    as_alice.get(urlsplit(mails.request_url(other)).path)
    before = everything()
    said = as_alice.post(CLEAN, sent | {"shown": str(asked.pk)})
    page = said.content.decode()
    assert said.status_code == 422
    assert "opened another invitation in a second tab" in page
    assert "Yves would like to coach you" in page
    assert page.count(f'name="shown" value="{other.pk}"') == 2
    assert not said.context["form"].is_bound
    assert everything() == before


def test_the_coach_is_not_let_in_after_leaving(link: str, erin: User, as_alice: Client) -> None:
    as_alice.get(link)
    User.objects.filter(pk=erin.pk).update(is_active=False)
    assert as_alice.get(CLEAN).status_code == 410
    assert as_alice.post(CLEAN, TERMS).status_code == 410


def test_the_page_is_the_owners_alone(url: str, as_alice: Client, as_charlie: Client) -> None:
    assert as_alice.get(url).status_code == 200
    assert as_charlie.get(url).status_code == 404
    assert as_charlie.post(url, TERMS).status_code == 404
    assert as_charlie.post(url, {"answer": "nobody"}).status_code == 404
    assert Client().get(url)["Location"] == f"/accounts/login/?next={url}"
    assert as_alice.get(f"/settings/coaches/requests/{uuid4()}/").status_code == 404


def test_an_unproved_address_answers_nothing(url: str, alice: Candidate, as_alice: Client) -> None:
    alice.user.emailaddress_set.update(verified=False)
    assert as_alice.get(url).status_code == 404


def test_answered_under_settings(url: str, as_alice: Client) -> None:
    page = as_alice.post(url, TERMS, follow=True).content.decode()
    assert "Request accepted. Erin is now your coach." in page
    assert as_alice.post(url, TERMS).status_code == 404


def test_declined_under_settings(url: str, as_alice: Client, asked: CoachingRequest) -> None:
    page = as_alice.post(url, {"answer": "declined"}, follow=True).content.decode()
    assert "Request declined. Erin can’t see anything of yours." in page
    asked.refresh_from_db()
    assert asked.answer == "declined"


@pytest.mark.parametrize(
    ("said", "salt"),
    [
        ("0" * 32, mails.REQUEST_SALT),
        (["x"], mails.REQUEST_SALT),
        ("0" * 32, "hearback.unsubscribe"),
        ("", ""),
    ],
)
def test_a_link_that_is_not_true(db: None, said: object, salt: str) -> None:
    token = signing.dumps(said, salt=salt) if salt else "nonsense"
    client = Client()
    client.get(f"{CLEAN}{token}/")
    assert client.get(CLEAN).status_code == 410
    assert client.post(CLEAN, {"answer": "nobody"}).status_code == 410


def test_a_link_of_another_kind(asked: CoachingRequest) -> None:
    token = signing.dumps(asked.pk.hex, salt=mails.INVITATION_SALT)
    client = Client()
    client.get(f"{CLEAN}{token}/")
    assert client.get(CLEAN).status_code == 410


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 410)])
def test_the_link_ends_after_thirty_days(
    asked: CoachingRequest, monkeypatch: pytest.MonkeyPatch, days: int, status: int
) -> None:
    long_ago = time.time() - days * 24 * 3600
    with monkeypatch.context() as patched:
        patched.setattr(time, "time", lambda: long_ago)
        link = urlsplit(mails.request_url(asked)).path
    client = Client()
    client.get(link)
    assert client.get(CLEAN).status_code == status


def test_somebody_who_signs_in_comes_back(link: str, alice: Candidate) -> None:
    client = Client()
    client.get(link)
    answer = client.post(
        "/accounts/login/",
        {"login": "alice@example.org", "password": "a long enough word", "next": CLEAN},
    )
    assert answer["Location"] == CLEAN
    assert client.get(CLEAN).context["form"]


def test_whoever_wants_nobody_is_shown_nobody(
    url: str, as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """Neither those who had asked before, nor those who ask afterwards."""
    before, after = (make_user(name, is_staff=True) for name in ("Before", "After"))
    requests.ask_candidate(coach=before, address=alice.user.email, now=now)
    as_alice.post(url, {"answer": "nobody"})
    requests.ask_candidate(coach=after, address=alice.user.email, now=now)
    assert "Wants to coach you" not in as_alice.get("/settings/coaches/").content.decode()
    assert [sent.to for sent in mail.outbox] == [["alice@example.org"]] * 2


def test_nobody_coaches_themselves(alice: Candidate, now: datetime) -> None:
    User.objects.filter(pk=alice.user.pk).update(is_staff=True)
    asked = CoachingRequest.objects.create(
        coach=alice.user, address="old@example.org", asked_at=now
    )
    EmailAddress.objects.create(user=alice.user, email="old@example.org", verified=True)
    answer = signed_in(alice.user).post(f"/settings/coaches/requests/{asked.pk}/", TERMS)
    assert answer.status_code == 422
    assert "You can’t coach yourself. Invite someone else." in answer.content.decode()
