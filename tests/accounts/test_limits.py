"""A limit of our own is counted where allauth counts, and answered with one page."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from accounts import limits


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _limits(settings) -> None:
    settings.RATE_LIMITS = {"per_ip": "2/m/ip", "per_key": "2/m/key", "both": "3/m/ip,1/m/key"}


def tried(action: str, times: int, *, ip: str = "192.0.2.1", key: str | None = None) -> list[bool]:
    request = RequestFactory().get("/", REMOTE_ADDR=ip)
    return [limits.allow(request, action, key) for _ in range(times)]


def test_what_is_over_the_limit_is_refused() -> None:
    assert tried("per_ip", 3) == [True, True, False]


def test_another_address_has_its_own_count() -> None:
    tried("per_ip", 3)
    assert tried("per_ip", 1, ip="192.0.2.2") == [True]


def test_one_network_of_version_6_is_one_address() -> None:
    tried("per_ip", 2, ip="2001:db8::1")
    assert tried("per_ip", 1, ip="2001:db8::ffff") == [False]


def test_a_key_is_limited_from_wherever_it_is_tried() -> None:
    tried("per_key", 2, key="a")
    assert tried("per_key", 1, key="a", ip="192.0.2.2") == [False]
    assert tried("per_key", 1, key="b") == [True]


def test_both_limits_hold() -> None:
    assert tried("both", 2, key="a") == [True, False]
    assert tried("both", 1, key="b") == [True]
    assert tried("both", 1, key="c") == [False]


def test_an_action_without_a_limit_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        tried("unheard_of", 1)
