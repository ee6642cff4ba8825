"""The PostgreSQL and Redis that tests run on."""

import os
import sys

import psycopg
import redis

DEFAULTS = {
    "DATABASE_URL": "postgres://postgres@127.0.0.1:5432/hearback",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
}


def urls() -> dict[str, str]:
    return {name: os.environ.get(name) or default for name, default in DEFAULTS.items()}


def require(urls: dict[str, str]) -> None:
    """Exit with one line if either cannot be reached."""
    try:
        _administer(urls).close()
    except psycopg.Error as error:
        sys.exit(f"PostgreSQL does not answer ({_one_line(error)}): start it, or set DATABASE_URL.")
    try:
        redis.Redis.from_url(urls["CELERY_BROKER_URL"]).ping()
    except (redis.RedisError, ValueError) as error:
        sys.exit(f"Redis does not answer ({_one_line(error)}): start it, or set CELERY_BROKER_URL.")


def drop_test_databases(urls: dict[str, str], *, run: str) -> None:
    """Remove what an interrupted run left behind."""
    with _administer(urls) as connection:
        pattern = f"test_hearback_{run}%"
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern.replace("_", r"\_")]
        ).fetchall()
        for (name,) in found:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(urls: dict[str, str]) -> psycopg.Connection[tuple[str, ...]]:
    """Connect to the maintenance database, which exists everywhere."""
    base = urls["DATABASE_URL"].rpartition("/")[0]
    address = base.replace("postgres://", "postgresql://", 1) + "/postgres"
    return psycopg.connect(address, autocommit=True, connect_timeout=5)


def _one_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
