"""Secrets of second factors, sealed before they are stored: whoever gets a copy of the database
gets no codes with it. The key comes from SECRET_KEY, which is not in the database."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """With another SECRET_KEY nothing is right any more: what comes then fits no code."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.warning("A second factor was sealed with another SECRET_KEY.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def reencrypt(sealed: str) -> str | None:
    """The same, sealed with the present key; None if no key that is still known opens it."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(secret: str | bytes) -> bytes:
    made = salted_hmac("accounts.sealed", "second factors", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest())
