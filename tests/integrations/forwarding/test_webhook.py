"""Forwarded mails that a provider brings by its webhook."""

import hashlib
import hmac
from base64 import b64encode
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from config.mail import api_settings
from integrations.forwarding import intake
from interviews.models import InboundAddress, InboundMail
from tests.integrations.forwarding.conftest import DOMAIN, letter

URL = "/mail-inbound/"
RAW = letter().decode()
KEY = "signing-key"


def use(settings: Settings, url: str) -> None:
    settings.MAIL_API = url.partition(":")[0]
    settings.ANYMAIL = api_settings(url, webhook_secret="hook:s3cret", timeout=5)


def bring(client: Client, told: dict[str, Any], *, secret: str = "hook:s3cret", **how: Any) -> int:
    authorization = f"Basic {b64encode(secret.encode()).decode()}"
    return client.post(URL, told, HTTP_AUTHORIZATION=authorization, **how).status_code


def postmark(client: Client, recipient: str, raw: str = RAW, **how: Any) -> int:
    told = {"OriginalRecipient": recipient, "RawEmail": raw, "From": "a@b.test", "Headers": []}
    return bring(client, told, content_type="application/json", **how)


def mailgun(client: Client, recipient: str, raw: str = RAW, *, key: str = KEY) -> int:
    signature = hmac.new(key.encode(), b"1764000000token", hashlib.sha256).hexdigest()
    signed = {"timestamp": "1764000000", "token": "token", "signature": signature}
    return bring(client, signed | {"recipient": recipient, "body-mime": raw, "sender": "a@b.test"})


@pytest.fixture
def by_postmark(address: InboundAddress, settings: Settings) -> str:
    use(settings, "postmark://t0ken@api")
    return address.email


@pytest.fixture
def by_mailgun(address: InboundAddress, settings: Settings) -> str:
    use(settings, f"mailgun://key@mg.example.org?webhook_signing_key={KEY}")
    return address.email


def test_by_postmark(client: Client, by_postmark: str, address: InboundAddress) -> None:
    assert postmark(client, by_postmark) == 200
    assert postmark(client, by_postmark) == 200  # it may bring it twice
    mail = InboundMail.objects.get()
    assert mail.candidate == address.candidate
    assert bytes(mail.raw) == letter()


def test_by_mailgun(client: Client, by_mailgun: str) -> None:
    assert mailgun(client, by_mailgun) == 200
    assert bytes(InboundMail.objects.get().raw).split() == letter().split()


def test_a_large_one(client: Client, by_mailgun: str) -> None:
    large = RAW + "x" * 3 * 2**20
    assert mailgun(client, by_mailgun, large) == 200
    assert len(bytes(InboundMail.objects.get().raw)) > 3 * 2**20


def test_one_that_is_too_large(client: Client, by_postmark: str) -> None:
    assert postmark(client, by_postmark, RAW + "x" * 11 * 2**20) == 200
    assert postmark(client, by_postmark, RAW + "x" * 31 * 2**20) == 413
    assert not InboundMail.objects.exists()


def test_without_the_signature(client: Client, by_mailgun: str) -> None:
    assert mailgun(client, by_mailgun, key="another") == 400
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("secret", ["", "hook:other"])
def test_without_the_secret(client: Client, by_postmark: str, secret: str) -> None:
    assert postmark(client, by_postmark, secret=secret) == 400
    assert not InboundMail.objects.exists()


def test_for_nobody_here(client: Client, by_postmark: str) -> None:
    assert postmark(client, "nobody@" + DOMAIN) == 200
    assert not InboundMail.objects.exists()


def test_what_is_too_much_comes_again(
    client: Client, by_postmark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(intake, "KEPT_BYTES_MAX", 10)
        assert postmark(client, by_postmark) == 503
    assert postmark(client, by_postmark) == 200
    assert InboundMail.objects.count() == 1


def test_no_such_page(client: Client, by_postmark: str, settings: Settings) -> None:
    settings.INBOUND_DOMAIN = ""
    assert postmark(client, by_postmark) == 404
    settings.INBOUND_DOMAIN = DOMAIN
    use(settings, "sendgrid://key@api")
    assert postmark(client, by_postmark) == 404
    settings.MAIL_API = ""
    assert postmark(client, by_postmark) == 404
