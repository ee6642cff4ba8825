"""alice, and an entrance at which nobody has tried anything yet."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from accounts.models import User
from tests.accounts.doors import PERIOD
from tests.support import people


@pytest.fixture(autouse=True)
def _nothing_was_tried_before() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _codes_last(settings: Settings) -> None:
    settings.MFA_TOTP_PERIOD = PERIOD


@pytest.fixture
def alice(db: None) -> User:
    user = people.make_user("Alice")
    people.make_candidate(user)
    return user


@pytest.fixture
def charlie(db: None) -> User:
    return people.make_user("Charlie")
