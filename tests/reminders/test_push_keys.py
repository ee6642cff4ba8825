"""The key pair to which browsers subscribe: made once, kept sealed, and replaced if it is lost."""

import json
from base64 import urlsafe_b64decode
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.core.management import call_command
from pytest_django import Settings

from accounts.encryption import try_decrypt
from interviews.models import Candidate, NotificationChannel, PushDevice, PushKey
from interviews.services.notification_channels import add_device
from reminders.push_keys import LostKeyError, private_key, public_key
from tests.reminders.conftest import NOW
from tests.reminders.test_senders_together import together


def subscribe(candidate: Candidate) -> PushDevice:
    subscription = {"endpoint": "https://push.example/1", "keys": {"p256dh": "B", "auth": "A"}}
    return add_device(candidate=candidate, subscription=subscription, name="Firefox", now=NOW)


def point_of(pem: bytes) -> bytes:
    key = load_pem_private_key(pem, password=None)
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_a_browser_is_given_the_point_of_the_private_key(db: None) -> None:
    shown = public_key()
    point = urlsafe_b64decode(shown + "=")
    assert (len(shown), "=" in shown, point[:1]) == (87, False, b"\x04")
    assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert point_of(private_key()) == point


def test_it_is_made_once_and_kept_sealed(db: None) -> None:
    assert (public_key(), private_key()) == (public_key(), private_key())
    kept = PushKey.objects.get()
    assert (kept.pk, kept.public_key) == (1, public_key())
    assert "PRIVATE KEY" in private_key().decode()
    assert "PRIVATE KEY" not in kept.private_key


def test_a_former_secret_opens_it_while_it_is_kept(alice: Candidate, settings: Settings) -> None:
    before = public_key(), private_key()
    subscribe(alice)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert (public_key(), private_key()) == before
    assert PushDevice.objects.count() == 1


def test_another_secret_takes_no_device_away(alice: Candidate, settings: Settings) -> None:
    """A process may have a wrong one, or run since before it was changed."""
    before = public_key()
    subscribe(alice)
    settings.SECRET_KEY = "another"
    with pytest.raises(LostKeyError):
        private_key()
    assert (public_key(), PushDevice.objects.count()) == (before, 1)


def test_an_operator_makes_a_new_pair(alice: Candidate, settings: Settings) -> None:
    before = public_key()
    subscribe(alice)
    settings.SECRET_KEY, said = "another", StringIO()
    call_command("new_push_key", stdout=said)
    assert "1 devices" in said.getvalue()
    assert public_key() != before
    assert urlsafe_b64decode(public_key() + "=") == point_of(private_key())
    # What was to be told by notification finds no device, and so the candidate learns of it.
    assert (PushDevice.objects.count(), NotificationChannel.objects.count()) == (0, 1)


def test_several_at_once_end_with_one_pair(transactional_db: None) -> None:
    pairs = together(lambda: (private_key(), public_key()))
    assert len(set(pairs)) == 1
    assert pairs[0] == (private_key(), public_key())


def test_a_former_secret_key_can_be_dropped(alice: Candidate, settings: Settings) -> None:
    """Once what it encrypted is encrypted anew."""
    pair, subscription = public_key(), {"endpoint": "https://push.example/1"}
    device = add_device(candidate=alice, subscription=subscription, name="One", now=NOW)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    call_command("reencrypt_factors", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    device.refresh_from_db()
    assert public_key() == pair
    assert try_decrypt(device.subscription) == json.dumps(subscription)
