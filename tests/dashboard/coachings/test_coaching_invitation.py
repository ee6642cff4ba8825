"""A candidate asks somebody to coach them; answered by the mail's link, or after signing in."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from accounts.models import User
from coaching import coachings, mails, permissions
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching
from tests.dashboard.conftest import signed_in
from tests.dashboard.linking import everything
from tests.support.inbox import LINK
from tests.support.people import make_user

CLEAN = "/coaching/invitation/"
YES, NO = {"answer": "accepted"}, {"answer": "declined"}


@pytest.fixture
def invited(alice: Candidate, now: datetime) -> Coaching:
    return coachings.invite_coach(
        candidate=alice, address="eva@example.org", terms=Terms("steps"), now=now
    )


def answered(client: Client, answer: str = "accepted") -> Any:
    """What the button on the page sends that the link opens now."""
    page = client.get(CLEAN)
    shown = page.context["coaching"].pk if page.status_code == 200 else ""
    return client.post(CLEAN, {"answer": answer, "shown": shown})


@pytest.fixture
def link(invited: Coaching) -> str:
    """As it stands in the mail."""
    (found,) = LINK.findall(mail.outbox[0].body)
    return urlsplit(found).path


@pytest.fixture
def url(invited: Coaching) -> str:
    return f"/coaching/invitations/{invited.pk}/"


@pytest.fixture
def eva(db: None) -> User:
    return make_user("Eva")


@pytest.fixture
def as_eva(eva: User) -> Client:
    return signed_in(eva)


def test_opening_the_link_changes_nothing_and_hides_the_token(link: str) -> None:
    client, before = Client(), everything()
    opened = client.get(link)
    assert (opened.status_code, opened["Location"]) == (302, CLEAN)
    page = client.get(CLEAN).content.decode()
    assert "Alice would like you to be their coach" in page
    assert "Next steps only, for all positions, including later ones" in page
    assert link.split("/")[3] not in page
    assert "/accounts/login/?next=/coaching/invitation/" in page
    assert everything() == before


@pytest.mark.parametrize("is_needed", [True, False])
def test_it_says_beforehand_that_a_second_factor_may_be_needed(
    link: str, settings: Any, is_needed: bool
) -> None:
    settings.STAFF_SECOND_FACTOR = is_needed
    client = Client()
    page = client.get(link, follow=True).content.decode()
    assert ("may need two-step sign-in" in page) == is_needed


def test_declining_needs_no_sign_in(link: str, invited: Coaching) -> None:
    client = Client()
    client.get(link)
    assert "Invitation declined" in answered(client, "declined").content.decode()
    assert not Coaching.objects.invitations(timezone.now()).exists()
    assert client.get(CLEAN).status_code == 410
    assert client.post(CLEAN, NO).status_code == 410
    assert len(mail.outbox) == 1


def test_accepting_asks_who_it_is(link: str) -> None:
    client = Client()
    client.get(link)
    assert answered(client)["Location"] == f"/accounts/login/?next={CLEAN}"
    assert not Coaching.objects.exclude(coach=None).exists()


def test_whoever_is_invited_accepts_and_goes_on_to_the_coachs_site(
    link: str, as_eva: Client, eva: User, now: datetime
) -> None:
    as_eva.get(link)
    assert "Accept" in as_eva.get(CLEAN).content.decode()
    assert answered(as_eva)["Location"] == "/admin/"
    eva.refresh_from_db()
    assert eva.is_staff
    made = Coaching.objects.get()
    assert permissions.scope_of(eva, now=made.accepted_at).candidates()
    assert mail.outbox[-1].subject == "Eva is now your coach"
    assert as_eva.get(CLEAN).status_code == 410


def test_somebody_else_is_told_for_whom_it_is_and_is_not_let_in(
    link: str, as_charlie: Client, charlie: Candidate
) -> None:
    as_charlie.get(link)
    page = as_charlie.get(CLEAN).content.decode()
    assert "You’re signed in as charlie@example.org" in page
    assert "this invitation is for eva@example.org" in page
    assert 'value="accepted"' not in page
    answer = answered(as_charlie)
    assert answer.status_code == 422
    assert "was sent to another email address" in answer.content.decode()
    charlie.user.refresh_from_db()
    assert not charlie.user.is_staff


def test_an_answer_that_is_none(link: str, as_eva: Client) -> None:
    as_eva.get(link)
    assert answered(as_eva, "perhaps").status_code == 422
    assert as_eva.post(CLEAN).status_code == 422


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_an_answer_is_to_the_page_that_was_shown(
    link: str, as_eva: Client, charlie: Candidate, now: datetime, answer: str
) -> None:
    """Charlie's link was opened in another tab since: one cookie serves both."""
    as_eva.get(link)
    shown = as_eva.get(CLEAN).context["coaching"]
    asks = coachings.invite_coach(
        candidate=charlie, address="eva@example.org", terms=Terms("steps"), now=now
    )
    as_eva.get(urlsplit(mails.invitation_url(asks)).path)
    before = everything()
    said = as_eva.post(CLEAN, {"answer": answer, "shown": shown.pk})
    assert said.status_code == 422
    assert "opened another invitation in a second tab" in said.content.decode()
    assert "Charlie would like you to be their coach" in said.content.decode()
    assert everything() == before
    assert f'name="shown" value="{asks.pk}"' in said.content.decode()


def test_one_that_was_taken_back(
    link: str, as_eva: Client, invited: Coaching, alice: Candidate, now: datetime
) -> None:
    as_eva.get(link)
    coachings.end_coaching(coaching=invited, actor=alice.user, now=now)
    assert as_eva.get(CLEAN).status_code == 410
    assert as_eva.post(CLEAN, YES).status_code == 410


@pytest.mark.parametrize("salt", [mails.INVITATION_SALT, "hearback.action", ""])
def test_a_link_that_is_not_true(db: None, salt: str) -> None:
    token = signing.dumps("0" * 32, salt=salt) if salt else "nonsense"
    client = Client()
    client.get(f"{CLEAN}{token}/")
    assert client.get(CLEAN).status_code == 410


def test_a_link_of_another_kind(invited: Coaching) -> None:
    token = signing.dumps(invited.pk.hex, salt=mails.REQUEST_SALT)
    client = Client()
    client.get(f"{CLEAN}{token}/")
    assert client.get(CLEAN).status_code == 410


def test_without_the_mail_it_is_found_on_the_first_page(
    as_eva: Client, eva: User, url: str
) -> None:
    assert as_eva.get("/today/")["Location"] == "/start/"
    assert f'href="{url}"' in as_eva.get("/start/").content.decode()
    assert as_eva.post(url, YES)["Location"] == "/admin/"
    assert "would like you to be their coach" not in as_eva.get("/start/").content.decode()


def test_who_has_an_own_search_finds_it_in_the_settings(
    as_charlie: Client, charlie: Candidate, alice: Candidate, now: datetime
) -> None:
    made = coachings.invite_coach(
        candidate=alice, address=charlie.user.email, terms=Terms("steps"), now=now
    )
    page = as_charlie.get("/settings/").content.decode()
    assert f'href="/coaching/invitations/{made.pk}/"' in page


def test_the_page_is_of_whoever_is_invited(url: str, as_eva: Client, as_charlie: Client) -> None:
    assert as_eva.get(url).status_code == 200
    for method in ("get", "post"):
        assert getattr(as_charlie, method)(url, YES).status_code == 404
        assert getattr(Client(), method)(url)["Location"] == f"/accounts/login/?next={url}"
    assert as_eva.get(f"/coaching/invitations/{uuid4()}/").status_code == 404


def test_an_unproved_address_is_not_invited(url: str, db: None) -> None:
    assert signed_in(make_user("Eva", is_verified=False)).get(url).status_code == 404


def test_whoever_signs_up_to_coach_gets_no_search(link: str) -> None:
    client = Client()
    client.get(link)
    client.post(
        "/accounts/signup/",
        {
            "email": "eva@example.org",
            "password1": "a long enough word",
            "timezone": "Europe/Berlin",
            "next": CLEAN,
        },
    )
    assert User.objects.filter(email="eva@example.org").exists()
    assert not Candidate.objects.filter(user__email="eva@example.org").exists()


# --- where a coach lands ------------------------------------------------------------------------


def test_a_coach_without_a_search_lands_on_the_coachs_site(as_bob: Client) -> None:
    assert as_bob.get("/today/")["Location"] == "/admin/"
    assert as_bob.get("/")["Location"] == "/today/"


def test_a_coachs_navigation_is_no_candidates(as_bob: Client) -> None:
    page = as_bob.get("/start/").content.decode()
    navigation = page[page.index("<nav") : page.index("</nav>")]
    assert "Coaching" in navigation
    for path in ("/accounts/signing-in/", "/settings/record/", "/settings/export/"):
        assert f'href="{path}"' in page
    for path in ("/today/", "/interviews/", "/people/", "/settings/"):
        assert f'href="{path}"' not in navigation


def test_a_coach_who_looks_for_a_job_too_lands_on_today(bob: User, as_bob: Client) -> None:
    as_bob.post("/start/", {"timezone": "Europe/Berlin"})
    page = as_bob.get("/today/").content.decode()
    assert 'href="/people/"' in page
    assert 'href="/admin/"' in page
