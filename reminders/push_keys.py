"""The instance's key pair for web push (RFC 8292), made on first need and kept in PushKey.

Browsers subscribe to the public key, so their subscriptions are lost with the private one.
"""

import base64
import logging

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

logger = logging.getLogger(__name__)


def public_key() -> str:
    """Return it as a browser's `applicationServerKey`: an uncompressed point in unpadded
    base64url."""
    row, _pem = _pair()
    return row.public_key


def private_key() -> bytes:
    """Return it as PEM."""
    _row, pem = _pair()
    return pem.encode()


def _pair() -> tuple[PushKey, str]:
    """The row, and its private key decrypted."""
    row = PushKey.objects.filter(pk=1).first()
    pem = None if row is None else encryption.try_decrypt(row.private_key)
    return _make_pair() if row is None or pem is None else (row, pem)


@transaction.atomic
def _make_pair() -> tuple[PushKey, str]:
    """Of two processes at the same moment, the second takes what the first has made."""
    private = ec.generate_private_key(ec.SECP256R1())
    fresh = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    values = {
        "private_key": encryption.encrypt(fresh),
        "public_key": base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
        "created_at": timezone.now(),
    }
    row, is_new = PushKey.objects.get_or_create(pk=1, defaults=values)
    if is_new:
        return row, fresh
    row = PushKey.objects.select_for_update().get(pk=1)
    known = encryption.try_decrypt(row.private_key)
    if known is not None:
        return row, known
    lost, _by_model = PushDevice.objects.all().delete()
    logger.error(
        "The key for notifications was sealed with another SECRET_KEY: there is a new one, and %d "
        "devices must subscribe again.",
        lost,
    )
    row, _is_new = PushKey.objects.update_or_create(pk=1, defaults=values)
    return row, fresh
