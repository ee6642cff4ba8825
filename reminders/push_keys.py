"""The instance's key pair for web push (RFC 8292), made on first need and kept in PushKey.

Browsers subscribe to the public key, so their subscriptions are lost with the private one.
"""

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.db import transaction
from django.utils import timezone

from accounts import encryption
from interviews.models import PushDevice, PushKey


class LostKeyError(Exception):
    """This process cannot decrypt the private key."""

    def __init__(self) -> None:
        super().__init__("The key for notifications was encrypted with another SECRET_KEY.")


def public_key() -> str:
    """Return it as a browser's `applicationServerKey`: an uncompressed point in unpadded
    base64url."""
    return _pair().public_key


def private_key() -> bytes:
    """Return it as PEM; raise LostKeyError. The key is not replaced then: a process with a wrong
    SECRET_KEY, or of before its change, would take all devices away."""
    pem = encryption.try_decrypt(_pair().private_key)
    if pem is None:
        raise LostKeyError
    return pem.encode()


def _pair() -> PushKey:
    """Of two processes at the same moment, the second takes what the first has made."""
    row = PushKey.objects.filter(pk=1).first()
    return row or PushKey.objects.get_or_create(pk=1, defaults=_fresh())[0]


@transaction.atomic
def replace_pair() -> int:
    """Make a new one, to which all devices must subscribe; return how many are lost."""
    lost = PushDevice.objects.all().delete()[0]
    PushKey.objects.update_or_create(pk=1, defaults=_fresh())
    return lost


def _fresh() -> dict[str, object]:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {
        "private_key": encryption.encrypt(pem),
        "public_key": base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
        "created_at": timezone.now(),
    }
