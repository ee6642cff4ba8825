"""The cache that web processes share. It stores JSON: Django's default is pickle, which runs code
when it reads, so whoever could write to the cache could run code here."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# Backends that nobody else can write to.
OWN_MEMORY = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)
REDIS = "django.core.cache.backends.redis.RedisCache"
# Raise it when the stored format changes: entries of an older version are ignored and expire.
VERSION = 2


class JsonSerializer:
    """The serializer for RedisCache. It leaves integers as they are, so that Redis can increment
    them."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)

    def loads(self, written: bytes) -> Any:
        return json.loads(written)


def cache_at(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of CACHES. Raise ImproperlyConfigured for a cache that would use pickle."""
    if parsed["BACKEND"] in OWN_MEMORY:
        return parsed
    if parsed["BACKEND"] != REDIS:
        raise ImproperlyConfigured(
            "CACHE_URL must name a Redis, e.g. redis://host:6379/1: what other caches hold is "
            "unpickled, so that whoever can write to them runs code in the web processes."
        )
    # Notice at once that the cache is down, not when the kernel gives up.
    usual = {"socket_connect_timeout": 2, "socket_timeout": 5}
    options = usual | parsed.get("OPTIONS", {}) | {"serializer": "config.cache.JsonSerializer"}
    return parsed | {"OPTIONS": options, "VERSION": VERSION}
