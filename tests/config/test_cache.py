"""The cache contains no pickle: whoever writes to Redis cannot run code here."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
import redis
from django.core.cache import cache, caches
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from config.cache import cache_at
from tests.accounts.sign_in_helpers import code_of, give_password, set_up_app
from tests.support.people import make_candidate, make_user


@pytest.fixture
def shared(broker: str, settings: Settings) -> Iterator[redis.Redis]:
    """The cache as a deployment has it, and what anybody else sees of it."""
    url = broker.replace("redis+socket://", "redis://")
    settings.CACHES = {"default": cache_at(environ.Env.cache_url_config(url))}
    cache.clear()
    location = broker.replace("redis+socket://", "unix://")
    with redis.Redis.from_url(location) as seen:
        yield seen
    cache.clear()
    caches.close_all()


@pytest.fixture
def alice(db: None) -> User:
    user = make_user("Alice")
    make_candidate(user)
    return user


def test_nothing_that_is_kept_is_a_pickle(shared: redis.Redis, alice: User) -> None:
    app = set_up_app(alice)
    client = Client()
    give_password(client, alice, "wrong and wrong")
    give_password(client, alice)
    client.post("/accounts/signing-in/authenticate/", {"code": code_of(app)})
    Client().post("/accounts/login/code/", {"email": alice.email})
    client.get("/act/nonsense/")
    kept = [shared.get(key) for key in shared.scan_iter(":2:*")]
    assert len(kept) > 5
    for value in kept:
        json.loads(value)


@pytest.mark.parametrize("value", [1, True, "y", [1.5, 2.5], {"a": None}, 1.5])
def test_what_is_kept_is_read_again(shared: redis.Redis, value: Any) -> None:
    cache.set("key", value)
    assert (cache.get("key"), type(cache.get("key"))) == (value, type(value))


def test_it_counts(shared: redis.Redis) -> None:
    cache.set("key", 1)
    assert cache.incr("key") == 2


class Planted:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_somebody_else_wrote_is_not_run(
    shared: redis.Redis, tmp_path: Path, protocol: int
) -> None:
    path = tmp_path / "ran"
    shared.set(cache.make_key("key"), pickle.dumps(Planted(path), protocol))
    with pytest.raises(ValueError, match=r"."):
        cache.get("key")
    assert not path.exists()


@pytest.mark.parametrize(
    "url", ["filecache:///tmp/cache", "dbcache://table", "pymemcache://127.0.0.1:11211"]
)
def test_no_other_cache_is_taken(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must name a Redis"):
        cache_at(environ.Env.cache_url_config(url))
