"""Settings that Hearback refuses, and a real deployment that passes Django's own checks."""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.safety_checks import own_hosts, refuse_unsafe, refuse_unverified

REAL = "https://hearback.example.org"
SECRET = "k3vW9-qZr7Tn2LxB5mYcD8sHf4GjP6uEaR1oQwVtNzXiKyMbUlCdSe0AhFgJpTnB"


def settle(**given: object) -> None:
    usual = {
        "secret_keys": [SECRET],
        "is_debug": False,
        "base_url": REAL,
        "allowed_hosts": ["hearback.example.org", "localhost", "127.0.0.1"],
    }
    refuse_unsafe(**{**usual, **given})


def test_a_real_host_with_a_real_secret_starts() -> None:
    settle()


@pytest.mark.parametrize(
    "secret", ["short", "a" * 80, "django-insecure-" + SECRET], ids=["short", "one sign", "sample"]
)
def test_a_secret_that_can_be_guessed(secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        settle(secret_keys=[secret])
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        settle(secret_keys=[SECRET, secret])  # what it signed would still be read


def test_debug_beside_a_real_host() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        settle(is_debug=True)
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        settle(is_debug=True, base_url="http://localhost:8000")


@pytest.mark.parametrize("host", ["*", ".example.org", "*.example.org"])
def test_a_host_that_stands_for_many(host: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        settle(allowed_hosts=[host], base_url="http://localhost:8000")


def test_on_one_machine_anything_goes() -> None:
    settle(
        secret_keys=["x"],
        is_debug=True,
        base_url="http://localhost:8000",
        allowed_hosts=["localhost", "127.0.0.1"],
    )


@pytest.mark.parametrize(
    ("host", "others"),
    [
        ("hearback.example.org", []),
        ("localhost.example.org", []),
        ("192.0.2.1", []),
        ("localhost", ["127.0.0.1", "localhost"]),
        ("127.0.0.1", ["127.0.0.1", "localhost"]),
    ],
)
def test_a_site_of_its_own_name_answers_to_no_other(host: str, others: list[str]) -> None:
    assert set(own_hosts(host)) == {host, *others}


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("rediss://:s3cret@redis.example.org:6380/0", True),
        ("rediss://redis.example.org/0?ssl_ca_certs=/etc/ca.pem", True),
        ("rediss://redis.example.org/0?ssl_cert_reqs=required&ssl_ca_certs=/etc/ca.pem", False),
        ("rediss://redis.example.org/0?ssl_cert_reqs=none", False),  # said, so meant
        ("redis://:s3cret@broker:6379/0", False),
        ("redis+socket:///tmp/broker.sock", False),
        ("memory://", False),
    ],
)
def test_a_broker_whose_certificate_nobody_checks(url: str, is_refused: bool) -> None:
    with pytest.raises(ImproperlyConfigured) if is_refused else nullcontext():
        refuse_unverified(url)


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    """What Django says of a deployment, as an operator asks it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, check=False
    )


PRODUCTION = {
    "SECRET_KEY": SECRET,
    "BASE_URL": REAL,
    "CACHE_URL": "redis://localhost:6379/1",
    "ALLOWED_HOSTS": "hearback.example.org",
    "TRUSTED_PROXIES": "1",
}


def test_djangos_deployment_checks_find_nothing() -> None:
    found = started(**PRODUCTION)
    assert found.returncode == 0, found.stderr
    assert "WARNING" not in found.stdout + found.stderr
    assert "no issues" in found.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ],
    ids=["secret", "debug", "wildcard"],
)
def test_the_settings_themselves_refuse(changed: dict[str, str], said: str) -> None:
    found = started(**(PRODUCTION | changed))
    assert found.returncode != 0
    assert said in found.stderr.splitlines()[-1]
