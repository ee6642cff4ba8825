from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from coaching import coachings, permissions
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching


@pytest.fixture
def url(bob: User) -> str:
    return f"/settings/coaches/{Coaching.objects.get().pk}/end/"


def test_whose_page_it_is(url: str, is_alices_alone: Callable[[str], None]) -> None:
    is_alices_alone(url)


def test_looking_says_what_it_means_and_ends_nothing(
    as_alice: Client, url: str, bob: User, now: datetime
) -> None:
    page = as_alice.get(url).content.decode()
    assert "End coaching with Bob?" in page
    assert "Your coach loses access right away" in page
    assert permissions.scope_of(bob, now=now).candidates()


def test_it_ends_at_once(as_alice: Client, as_bob: Client, url: str, bob: User) -> None:
    page = as_alice.post(url, follow=True).content.decode()
    assert "Sharing ended. Bob can’t see your search any more." in page
    ended_at = Coaching.objects.get().ended_at
    assert not permissions.scope_of(bob, now=ended_at).candidates()
    assert as_alice.post(url).status_code == 404  # the second click


def test_strangers_and_the_coach_end_nothing_here(
    as_bob: Client, as_charlie: Client, url: str
) -> None:
    assert as_bob.post(url).status_code == 404
    assert as_charlie.post(url).status_code == 404
    assert Coaching.objects.get().ended_at is None


def test_an_invitation_is_taken_back(as_alice: Client, alice: Candidate, now: datetime) -> None:
    made = coachings.invite_coach(
        candidate=alice, address="eva@example.org", terms=Terms("steps"), now=now
    )
    url = f"/settings/coaches/{made.pk}/end/"
    assert "send a second email" in as_alice.get(url).content.decode()
    done = as_alice.post(url, follow=True).content.decode()
    assert "Invitation to eva@example.org cancelled." in done
    assert not Coaching.objects.invitations(timezone.now()).exists()
