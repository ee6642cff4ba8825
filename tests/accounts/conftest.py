"""alice, and a sign-in without earlier attempts."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from accounts.models import User
from config.openid_connect import openid_connect
from tests.accounts.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIDProvider, serving
from tests.accounts.sign_in_helpers import PERIOD
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


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIDProvider]:
    """Configured by the operator as Example."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as started:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
            url=started.url, client_id=CLIENT_ID, secret=CLIENT_SECRET, name="Example"
        )
        yield started
