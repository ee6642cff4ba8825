"""A broker for one test run or one running system only."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis

from devserver.broker import Broker

CLAIM, OURS = "hearback:test:claim", "hearback:test:ours"
CLAIM_SECONDS = 1800


@contextmanager
def own_broker(folder: Path) -> Iterator[str]:
    """Its URL: a database number of the real Redis in CELERY_BROKER_URL, or an embedded broker."""
    given = os.environ.get("CELERY_BROKER_URL", "")
    with claimed_redis(given) if given.startswith("redis") else _embedded(folder) as url:
        yield url


@contextmanager
def _embedded(folder: Path) -> Iterator[str]:
    broker = Broker(folder, log=folder / "broker.log")
    broker.wait()
    try:
        yield broker.url
    finally:
        broker.stop()


@contextmanager
def claimed_redis(url: str) -> Iterator[str]:
    """Claim a database number of that Redis that is empty, or was left by an ended test run."""
    server = urlsplit(url)._replace(path="").geturl()
    database, client = _claim(server)
    try:
        yield f"{server}/{database}"
    finally:
        client.flushdb()
        client.close()


def _claim(server: str) -> tuple[int, redis.Redis]:
    with redis.Redis.from_url(server) as first:
        count = int(first.config_get("databases")["databases"])
    for database in range(1, count):
        client = redis.Redis.from_url(f"{server}/{database}")
        may_use = client.dbsize() == 0 or client.exists(OURS)
        if may_use and client.set(CLAIM, uuid.uuid4().hex, nx=True, ex=CLAIM_SECONDS):
            client.delete(OURS, *(key for key in client.keys() if key != CLAIM.encode()))  # noqa: SIM118
            client.set(OURS, 1)
            return database, client
        client.close()
    raise AssertionError(f"Every database number of {server} is in use.")
