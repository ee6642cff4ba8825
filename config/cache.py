"""The cache that web processes share, and how what it holds is written: as JSON. Django's own way
is pickle, which runs what it reads; so whoever could write to the cache would run code here."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# They keep nothing where anybody else could write to it.
OWN_MEMORY = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)
REDIS = "django.core.cache.backends.redis.RedisCache"
# Raised when what is held is written in another way: a former version is not read, but runs out.
VERSION = 2


class JsonSerializer:
    """As RedisCache takes it; a number stays one, which Redis itself can count on."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)

    def loads(self, written: bytes) -> Any:
        return json.loads(written)


def cache_at(parsed: dict[str, Any]) -> dict[str, Any]:
    """An entry of CACHES. Raises ImproperlyConfigured for a cache that would be unpickled."""
    if parsed["BACKEND"] in OWN_MEMORY:
        return parsed
    if parsed["BACKEND"] != REDIS:
        raise ImproperlyConfigured(
            "CACHE_URL must name a Redis, e.g. redis://host:6379/1: what other caches hold is "
            "unpickled, so that whoever can write to them runs code in the web processes."
        )
    # One that is away is noticed at once, not when the kernel gives up.
    usual = {"socket_connect_timeout": 2, "socket_timeout": 5}
    options = usual | parsed.get("OPTIONS", {}) | {"serializer": "config.cache.JsonSerializer"}
    return parsed | {"OPTIONS": options, "VERSION": VERSION}
