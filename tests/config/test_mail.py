"""What EMAIL_URL may be: an SMTP server, or a provider's API."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from config.mail import KEYS, api_settings, provider_of, smtp_settings

OPTIONS = {"webhook_secret": "hook:s3cret", "timeout": 10}


@pytest.mark.parametrize("url", ["smtp://localhost:1025", "smtp+tls://u:p@mail.example.org:587"])
def test_an_smtp_server(url: str) -> None:
    assert (provider_of(url), api_settings(url, **OPTIONS)) == ("", {})
    assert smtp_settings(url)["EMAIL_HOST"] in url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postmark://t0ken@api", {"POSTMARK_SERVER_TOKEN": "t0ken"}),
        ("sendgrid://SG.a%2Fb@api", {"SENDGRID_API_KEY": "SG.a/b"}),
        (
            "mailgun://key@mg.example.org?api_url=https://api.eu.mailgun.net/v3",
            {
                "MAILGUN_API_KEY": "key",
                "MAILGUN_SENDER_DOMAIN": "mg.example.org",
                "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
            },
        ),
        ("mailjet://one:two@api", {"MAILJET_API_KEY": "one", "MAILJET_SECRET_KEY": "two"}),
    ],
)
def test_a_providers_api(url: str, expected: dict[str, str]) -> None:
    told = api_settings(url, **OPTIONS)
    common = {"WEBHOOK_SECRET", "REQUESTS_TIMEOUT", "IGNORE_UNSUPPORTED_FEATURES"}
    assert {name: told[name] for name in told.keys() - common} == expected
    assert told["WEBHOOK_SECRET"] == "hook:s3cret"


@pytest.mark.parametrize(
    "url", ["postmark://", "postmark://a:b@api", "mailjet://one@api", "http://x", "dummymail://"]
)
def test_what_is_neither_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must"):
        api_settings(url, **OPTIONS)


@pytest.mark.parametrize("provider", KEYS)
def test_every_provider_has_a_webhook(provider: str, client: Client, settings: Settings) -> None:
    url = f"{provider}://{':'.join(KEYS[provider])}@api"
    settings.MAIL_API, settings.ANYMAIL = provider, api_settings(url, **OPTIONS)
    assert client.head("/mail-events/").status_code == 200
