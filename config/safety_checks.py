"""Settings that the application refuses to start with, because they have compromised sites."""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Names of this machine, and the one that Django's test client uses.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "testserver"})
# The same lengths as in Django's deployment check.
SECRET_LENGTH, SECRET_SIGNS = 50, 5
PLACEHOLDER = "django-insecure-"


def secret_key(from_environment: str, *, kept: Path) -> str:
    """Return the secret of the environment, or the random one that `make run` keeps under var/."""
    if from_environment:
        return from_environment
    if kept.is_file():
        return kept.read_text().strip()
    raise ImproperlyConfigured(
        "Set SECRET_KEY in the environment, or start with `make run`, which makes one."
    )


def own_hosts(base_host: str) -> list[str]:
    """Return the default of ALLOWED_HOSTS: the site's own name, and other names of this machine
    only if that is one of them."""
    return [base_host, *(("localhost", "127.0.0.1") if base_host in LOCAL_HOSTS else ())]


def refuse_unsafe(
    *,
    secret_keys: Collection[str],
    is_debug: bool,
    base_url: str,
    allowed_hosts: Collection[str],
) -> None:
    """Raise ImproperlyConfigured with instructions if unsafe settings serve other machines."""
    for host in allowed_hosts:
        if "*" in host or host.startswith("."):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS must name each host in full; {host} stands for any number of them."
            )
    hosts = {*allowed_hosts, urlsplit(base_url).hostname or ""}
    real = sorted(host for host in hosts if host not in LOCAL_HOSTS)
    if not real:
        return
    if is_debug:
        raise ImproperlyConfigured(
            f"DEBUG shows settings to whoever meets an error; it cannot be on for {real[0]}."
        )
    if any(_can_be_guessed(key) for key in secret_keys):
        raise ImproperlyConfigured(
            f"SECRET_KEY, and each of SECRET_KEY_FALLBACKS, must be a random text of at least "
            f"{SECRET_LENGTH} signs for {real[0]}: "
            "whoever guesses it signs in as anybody. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )


def refuse_unverified(broker_url: str) -> None:
    """Celery takes rediss:// for "encrypt, but accept any certificate", unlike the cache."""
    url = urlsplit(broker_url)
    if url.scheme == "rediss" and "ssl_cert_reqs" not in parse_qs(url.query):
        raise ImproperlyConfigured(
            "CELERY_BROKER_URL: a rediss:// address must end with ?ssl_cert_reqs=required, else "
            "the server's certificate is not checked."
        )


def _can_be_guessed(secret_key: str) -> bool:
    is_short = len(secret_key) < SECRET_LENGTH or len(set(secret_key)) < SECRET_SIGNS
    return is_short or secret_key.startswith(PLACEHOLDER)
