"""alice (owner), bob (her coach), charlie (a stranger with a search of his own)."""

import pytest

from accounts.models import User
from interviews.models import Candidate
from tests.support import people


@pytest.fixture
def alice(db: None) -> Candidate:
    return people.make_candidate(people.make_user("Alice"))


@pytest.fixture
def bob(alice: Candidate) -> User:
    coach = people.make_user("Bob", is_staff=True)
    people.make_coaching(coach, alice)
    return coach


@pytest.fixture
def charlie(db: None) -> Candidate:
    return people.make_candidate(people.make_user("Charlie"), zone="America/New_York")
