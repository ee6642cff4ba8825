"""The same visitors for every page, and an interview of alice's that has ended."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Interlocutor, Interview
from tests.support import people


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def as_alice(alice: Candidate) -> Client:
    return signed_in(alice.user)


@pytest.fixture
def as_bob(bob: User) -> Client:
    return signed_in(bob)


@pytest.fixture
def as_charlie(charlie: Candidate) -> Client:
    return signed_in(charlie.user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def interview(alice: Candidate, now: datetime) -> Interview:
    """Over since yesterday, nothing noted yet."""
    return people.make_interview(alice, starts_at=now - timedelta(hours=26), now=now)


@pytest.fixture
def ahead(alice: Candidate, now: datetime) -> Interview:
    """In three days."""
    return people.make_interview(
        alice, starts_at=now + timedelta(days=3), now=now, company="Bolt", title="Data engineer"
    )


@pytest.fixture
def anna(interview: Interview) -> Interlocutor:
    return Interlocutor.objects.get()


@pytest.fixture
def is_alices_alone(as_alice: Client, as_bob: Client, as_charlie: Client) -> Callable[[str], None]:
    """The owner sees the page; coach and stranger get 404; nobody is asked to sign in."""

    def ask(url: str) -> None:
        assert as_alice.get(url).status_code == 200
        assert as_bob.get(url).status_code == 404
        assert as_charlie.get(url).status_code == 404
        assert Client().get(url)["Location"] == f"/accounts/login/?next={url}"

    return ask


@pytest.fixture
def takes_posts_of_alice_alone(
    as_alice: Client, as_bob: Client, as_charlie: Client
) -> Callable[[str], None]:
    """The owner's post is taken, last of all; looking is not enough."""

    def ask(url: str, **data: str) -> None:
        assert as_bob.post(url, data).status_code == 404
        assert as_charlie.post(url, data).status_code == 404
        assert Client().post(url, data)["Location"] == f"/accounts/login/?next={url}"
        assert as_alice.get(url).status_code == 405
        assert as_alice.post(url, data).status_code == 302

    return ask
