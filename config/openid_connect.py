"""Signing in by OpenID Connect: at most one provider, which the operator names."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.safety_checks import LOCAL_HOSTS

# As long as allauth's column for it.
URL_MAX = 200


def openid_connect(*, url: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """For SOCIALACCOUNT_PROVIDERS; empty where no variable is set. An account there is known by
    the provider's address and its own key, for keys of two providers may be equal."""
    given = {"OIDC_URL": url, "OIDC_CLIENT_ID": client_id, "OIDC_CLIENT_SECRET": secret}
    missing = [variable for variable, value in given.items() if not value]
    if len(missing) == len(given):
        return {}
    if missing:
        raise ImproperlyConfigured(f"Sign-in by OpenID Connect needs {' and '.join(missing)} too.")
    issuer = url.removesuffix("/.well-known/openid-configuration").rstrip("/")
    host = _host_of(issuer)
    app = {
        "provider_id": issuer,
        "name": name or host,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app]}}


def _host_of(issuer: str) -> str:
    """Whoever listens on the way to it, or gives another answer, signs in as anybody."""
    parts = urlsplit(issuer)
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL_HOSTS)
    if not host or not is_safe or len(issuer) > URL_MAX:
        raise ImproperlyConfigured(
            f"OIDC_URL must be the provider's https:// address, of at most {URL_MAX} signs."
        )
    return host
