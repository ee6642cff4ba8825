"""The whole site with all of alice's data, dated from now, since pages read the clock."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.site.coached import add_coaches
from tests.site.visitors import VisitedSite
from tests.site.world import World, make_world
from tests.support.kept_data import Kept, rolled_back
from tests.support.people import make_candidate, make_user


def make() -> World:
    now = timezone.now()
    return add_coaches(make_world(make_candidate(make_user("Alice")), now=now), now=now)


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[World]:
    return Kept(make, django_db_blocker)


@pytest.fixture
def world(db: None, kept_world: Kept[World]) -> World:
    return kept_world.put_back()


@pytest.fixture
def as_alice(world: World) -> Client:
    client = Client()
    client.force_login(world.alice.user)
    return client


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[VisitedSite]:
    with rolled_back(django_db_blocker):
        yield VisitedSite(now=timezone.now())
