"""This instance's key pair for web push (RFC 8292): made at the first use, and kept."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.utils import timezone

from accounts import encryption
from interviews.models import PushKey


def public_key() -> str:
    """As browsers take it for `applicationServerKey`."""
    stored = PushKey.objects.filter(pk=1).first()
    if stored is None:
        pair = ec.generate_private_key(ec.SECP256R1())
        pem = pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        point = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        stored, _is_new = PushKey.objects.get_or_create(
            pk=1,
            defaults={
                "private_key": encryption.encrypt(pem),
                "public_key": base64.urlsafe_b64encode(point).decode().rstrip("="),
                "created_at": timezone.now(),
            },
        )
    return stored.public_key
