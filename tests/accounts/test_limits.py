"""Our own limits are counted where allauth counts, and answered with the same page."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from accounts import rate_limits


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> None:
    settings.RATE_LIMITS = {"per_ip": "2/m/ip", "per_key": "2/m/key", "both": "3/m/ip,1/m/key"}


def tried(action: str, times: int, *, ip: str = "192.0.2.1", key: str | None = None) -> list[bool]:
    request = RequestFactory().get("/", REMOTE_ADDR=ip)
    return [rate_limits.allow(request, action, key) for _ in range(times)]


def test_what_is_over_the_limit_is_refused() -> None:
    assert tried("per_ip", 3) == [True, True, False]


def test_another_address_has_its_own_count() -> None:
    tried("per_ip", 3)
    assert tried("per_ip", 1, ip="192.0.2.2") == [True]


def test_one_network_of_version_6_is_one_address() -> None:
    tried("per_ip", 2, ip="2001:db8::1")
    assert tried("per_ip", 1, ip="2001:db8::ffff") == [False]


@pytest.mark.parametrize(
    "written",
    [
        "::ffff:{}",
        "::FFFF:{}",
        "::ffff:0:{}",
        "64:ff9b::{}",
        "0:0:0:0:0:ffff:{}",
        "0000:0000:0000:0000:0000:ffff:{}",
    ],
)
def test_an_address_of_version_4_is_its_own_however_it_is_written(written: str) -> None:
    """Behind a listener of both versions each comes mapped into one /64 of version 6."""
    tried("per_ip", 2, ip=written.format("192.0.2.1"))
    assert tried("per_ip", 1, ip=written.format("192.0.2.2")) == [True]
    assert tried("per_ip", 1) == [False]


def test_so_it_is_as_hexadecimal_digits_and_behind_a_proxy(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    tried("per_ip", 2)
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="::ffff:c000:201")
    assert not rate_limits.allow(request, "per_ip")
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="::ffff:c000:202")
    assert rate_limits.allow(request, "per_ip")


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


def test_links_go_on_while_the_cache_is_away(settings: Settings) -> None:
    nowhere = "redis://127.0.0.1:1"
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": nowhere}}
    assert tried("per_ip", 3) == [True, True, True]
