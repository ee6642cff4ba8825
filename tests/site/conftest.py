"""The whole site with all of alice's data, dated from now, since pages read the clock."""

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Candidate
from tests.site.coached import let_in
from tests.site.world import World, make_world
from tests.support.people import make_candidate, make_user


@pytest.fixture
def alice(db: None) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def world(alice: Candidate) -> World:
    now = timezone.now()
    return let_in(make_world(alice, now=now), now=now)


@pytest.fixture
def as_alice(world: World) -> Client:
    client = Client()
    client.force_login(world.alice.user)
    return client
