"""Sign-in by OpenID Connect: at most one provider, which the operator configures."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.safety_checks import LOCAL_HOSTS

# The length of allauth's column.
URL_MAX = 200


def openid_connect(*, url: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS; empty without configuration. Identities are stored with the
    provider's host, because subjects of two providers may be equal."""
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
    """Require HTTPS: somebody who can change the provider's responses can sign in as anybody."""
    parts = urlsplit(issuer)
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL_HOSTS)
    if not host or not is_safe or len(issuer) > URL_MAX:
        raise ImproperlyConfigured(
            f"OIDC_URL must be the provider's https:// address, of at most {URL_MAX} signs."
        )
    return host
