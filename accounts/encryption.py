"""Encrypt the secrets of second factors, so that a copy of the database reveals no codes. The key
derives from SECRET_KEY, which is not in the database."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return the secret. If SECRET_KEY has changed, return a value that no code matches."""
    found = try_decrypt(encrypted)
    if found is None:
        logger.warning("A second factor was sealed with another SECRET_KEY.")
        return base64.b32encode(secrets.token_bytes(20)).decode()
    return found


def try_decrypt(encrypted: str) -> str | None:
    """Return the secret; None if no known key decrypts it."""
    try:
        return _box().decrypt(encrypted.encode()).decode()
    except InvalidToken:
        return None


def reencrypt(encrypted: str) -> str | None:
    """Encrypt with the present key; None if no known key decrypts it."""
    try:
        return _box().rotate(encrypted.encode()).decode()
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(secret: str | bytes) -> bytes:
    made = salted_hmac("accounts.sealed", "second factors", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest())
