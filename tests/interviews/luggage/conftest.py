"""alice with one of everything, and somebody else who begins with nothing."""

import pytest

from interviews.models import Candidate
from interviews.services.calendar_feeds import create_feed
from interviews.services.own_letters import keep_letter
from tests.interviews.luggage.packed import NOW
from tests.site.world import World, make_world
from tests.support.people import make_candidate, make_coaching, make_user


@pytest.fixture
def world(alice: Candidate) -> World:
    made = make_world(alice, now=NOW)
    create_feed(candidate=alice, now=NOW)
    keep_letter(candidate=alice, occasion="thanks", subject="Ω", body="{name}", now=NOW)
    make_coaching(make_user("Bob", is_staff=True), alice)
    return made


@pytest.fixture
def newcomer(db: None) -> Candidate:
    """In another zone, as she signed up in a hurry."""
    return make_candidate(make_user("Nora"), zone="UTC")
