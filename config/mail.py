"""EMAIL_URL: an SMTP server, or a provider's API, as postmark://TOKEN@api.

For an API, the scheme is Anymail's name of the provider, the part before the @ is its key (Mailjet
has two), and each query parameter is one of Anymail's settings for it:
mailgun://KEY@mg.example.org?api_url=https://api.eu.mailgun.net/v3.
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# Anymail's names of the key or keys. Only providers that accept custom headers and metadata, which
# every mail here has, are supported.
KEYS = {
    "brevo": ("API_KEY",),
    "mailgun": ("API_KEY",),
    "mailjet": ("API_KEY", "SECRET_KEY"),
    "postmark": ("SERVER_TOKEN",),
    "resend": ("API_KEY",),
    "sendgrid": ("API_KEY",),
    "sparkpost": ("API_KEY",),
}


def provider_of(email_url: str) -> str:
    """Return the provider's name, or an empty string for SMTP. Raise ImproperlyConfigured for
    others."""
    scheme = urlsplit(email_url).scheme
    if scheme in KEYS:
        return scheme
    if scheme in ("smtp", "smtps", "smtp+tls", "smtp+ssl"):
        return ""
    raise ImproperlyConfigured(
        "EMAIL_URL must name an SMTP server (smtp://, smtp+tls:// or smtp+ssl://) or a provider's "
        f"API: {', '.join(f'{name}://' for name in KEYS)}."
    )


def smtp_settings(email_url: str) -> dict[str, Any]:
    """Return Django's settings, which are unused if mails go by an API."""
    url = "smtp://localhost" if provider_of(email_url) else email_url
    told: dict[str, Any] = environ.Env.email_url_config(url)
    return told


def api_settings(email_url: str, *, webhook_secret: str, timeout: int) -> dict[str, Any]:
    """Return Anymail's settings."""
    provider = provider_of(email_url)
    if not provider:
        return {}
    url = urlsplit(email_url)
    keys = [unquote(each) for each in (url.username, url.password) if each]
    if len(keys) != len(KEYS[provider]):
        needed = ":".join(KEYS[provider])
        raise ImproperlyConfigured(f"EMAIL_URL must be {provider}://{needed}@….")
    options = dict(zip(KEYS[provider], keys, strict=True))
    options |= {name.upper(): value for name, value in parse_qsl(url.query)}
    if provider == "mailgun":
        options["SENDER_DOMAIN"] = url.hostname or ""
    return {
        **{f"{provider.upper()}_{name}": value for name, value in options.items()},
        "WEBHOOK_SECRET": webhook_secret,
        "REQUESTS_TIMEOUT": timeout,
        # Brevo alone cannot disable link tracking for a single mail.
        "IGNORE_UNSUPPORTED_FEATURES": True,
    }
