"""Forwarded mails that a provider brings by its webhook."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config.mail import api_settings
from integrations.forwarding import intake
from integrations.forwarding.reader import read_batch
from interviews.models import InboundAddress, InboundMail, Interview, MailProposal
from tests.integrations.forwarding.conftest import DOMAIN, letter

URL = "/mail-inbound/"
RAW = letter()
KEY = "signing-key"


def use(settings: Settings, url: str) -> None:
    settings.MAIL_API = url.partition(":")[0]
    settings.ANYMAIL = api_settings(url, webhook_secret="hook:s3cret", timeout=5)


def bring(client: Client, told: Any, *, secret: str = "hook:s3cret", **how: Any) -> int:
    authorization = f"Basic {b64encode(secret.encode()).decode()}"
    return client.post(URL, told, HTTP_AUTHORIZATION=authorization, **how).status_code


def postmark(client: Client, recipient: str, raw: bytes = RAW, **how: Any) -> int:
    told = {"OriginalRecipient": recipient, "RawEmail": raw.decode(), "From": "a@b.test"}
    return bring(client, told, content_type="application/json", **how)


def mailgun(
    client: Client, recipient: str, raw: bytes = RAW, *, key: str = KEY, in_parts: bool = True
) -> int:
    signature = hmac.new(key.encode(), b"1764000000token", hashlib.sha256).hexdigest()
    told: dict[str, str | bytes] = {"timestamp": "1764000000", "token": "token"}
    told |= {"signature": signature, "recipient": recipient, "sender": "a@b.test", "body-mime": raw}
    if in_parts:
        return bring(client, parts(told), content_type="multipart/form-data; boundary=xYzZY")
    kind = "application/x-www-form-urlencoded"
    return bring(client, urlencode(told).encode(), content_type=kind)


def parts(fields: dict[str, str | bytes]) -> bytes:
    """With every byte as it is, unlike the test client's."""
    form = b""
    for name, value in fields.items():
        head = f'--xYzZY\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        form += head + (value.encode() if isinstance(value, str) else value) + b"\r\n"
    return form + b"--xYzZY--\r\n"


def sparkpost(client: Client, recipient: str, raw: bytes = RAW) -> int:
    content = (
        {"email_rfc822": raw.decode(), "email_rfc822_is_base64": False}
        if raw.isascii()
        else {"email_rfc822": b64encode(raw).decode(), "email_rfc822_is_base64": True}
    )
    event = {"content": content, "rcpt_to": recipient, "msg_from": "a@b.test", "protocol": "smtp"}
    return bring(client, [{"msys": {"relay_message": event}}], content_type="application/json")


def mailjet(client: Client, recipient: str, raw: bytes) -> int:
    """It tells headers and texts, and the headers as they came."""
    message = message_from_bytes(raw, policy=default)
    told = {
        "Headers": {name: str(value) for name, value in message.items()},
        "Text-part": message.get_content(),
        "Recipient": recipient,
        "Sender": "a@b.test",
    }
    return bring(client, told, content_type="application/json")


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


UMLAUTS = "Leider müssen wir Ihnen für diese Stelle absagen."
CYRILLIC = "К сожалению, мы вынуждены вам отказать."


def written(text: str, charset: str, encoding: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Anna Petrova <anna@acme.test>"
    message["Subject"] = "Acme"
    message["Date"] = "Mon, 23 Nov 2026 09:30:00 +0100"
    message.set_content(f"{text}\n", charset=charset, cte=encoding)
    return message.as_bytes()


TEXTS = [
    pytest.param(text, charset, encoding, id=f"{charset}-{encoding}")
    for text, charset in (
        (UMLAUTS, "utf-8"),
        (CYRILLIC, "utf-8"),
        (UMLAUTS, "iso-8859-1"),
        (CYRILLIC, "windows-1251"),
    )
    for encoding in ("8bit", "base64")
]


@pytest.mark.parametrize(("text", "charset", "encoding"), TEXTS)
@pytest.mark.parametrize("by", ["mailgun", "mailgun's short form", "sparkpost"])
def test_every_byte_arrives(
    client: Client,
    address: InboundAddress,
    waiting: Interview,
    settings: Settings,
    by: str,
    text: str,
    charset: str,
    encoding: str,
) -> None:
    raw = written(text, charset, encoding)
    if by == "sparkpost":
        use(settings, "sparkpost://key@api")
        assert sparkpost(client, address.email, raw) == 200
    else:
        use(settings, f"mailgun://key@mg.example.org?webhook_signing_key={KEY}")
        assert mailgun(client, address.email, raw, in_parts=by == "mailgun") == 200
    assert bytes(InboundMail.objects.get().raw) == raw
    assert excerpt() == text


@pytest.mark.parametrize(("text", "charset", "encoding"), TEXTS)
@pytest.mark.parametrize("by", [postmark, mailjet])
def test_every_letter_arrives(
    client: Client,
    address: InboundAddress,
    waiting: Interview,
    settings: Settings,
    by: Callable[..., int],
    text: str,
    charset: str,
    encoding: str,
) -> None:
    """These tell the mail in JSON, as text."""
    raw = written(text, charset, encoding)
    if by is postmark and encoding == "8bit":
        raw = raw.decode(charset).encode()
    use(settings, f"{by.__name__}://t0ken@api" if by is postmark else "mailjet://key:secret@api")
    assert by(client, address.email, raw) == 200
    assert excerpt() == text


def excerpt() -> str:
    read_batch(clock=timezone.now)
    return MailProposal.objects.get().excerpt


def test_a_large_one(client: Client, by_mailgun: str) -> None:
    large = RAW + b"x" * 3 * 2**20
    assert mailgun(client, by_mailgun, large) == 200
    assert len(bytes(InboundMail.objects.get().raw)) > 3 * 2**20


def test_one_that_is_too_large(client: Client, by_postmark: str) -> None:
    assert postmark(client, by_postmark, RAW + b"x" * 11 * 2**20) == 200
    assert postmark(client, by_postmark, RAW + b"x" * 31 * 2**20) == 413
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
