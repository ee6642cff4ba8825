"""What `manage.py check --deploy` says about the sign-in."""

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from config import settings as as_shipped

REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://cache"}
LOCMEM = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def said() -> set[str]:
    found = {message.id for message in run_checks(include_deployment_checks=True)}
    return {each for each in found if each.startswith("accounts.")}


@pytest.mark.parametrize(
    ("cache", "needs_factor", "expected"),
    [
        (REDIS, True, set()),
        (LOCMEM, True, {"accounts.E001"}),
        (REDIS, False, {"accounts.E002"}),
    ],
)
def test_what_is_wrong_is_said(
    settings: Settings, cache: dict[str, str], needs_factor: bool, expected: set[str]
) -> None:
    settings.CACHES = {"default": cache}
    settings.STAFF_SECOND_FACTOR = needs_factor
    assert said() == expected


def test_a_second_factor_is_asked_for_unless_told_otherwise() -> None:
    assert as_shipped.env.bool("STAFF_SECOND_FACTOR", True) is True
    assert as_shipped.STAFF_SECOND_FACTOR is True
