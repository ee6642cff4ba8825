"""Read what a browser posts to be notified: `PushSubscription.toJSON()` (W3C Push API)."""

import base64
import binascii
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings

ENDPOINT_MAX = 2000
POINT_BYTES, SECRET_BYTES = 65, 16

Subscription = Mapping[str, object]


def read_subscription(body: bytes) -> Subscription:
    """Return the parts that are needed to send; ValueError if one is missing or wrong."""
    try:
        told = json.loads(body)
        keys = told["keys"]
        endpoint, point, secret = told["endpoint"], keys["p256dh"], keys["auth"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no subscription") from error
    check_endpoint(endpoint)
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(point, POINT_BYTES))
    _bytes(secret, SECRET_BYTES)
    return {"endpoint": endpoint, "keys": {"p256dh": point, "auth": secret}}


def read_former(body: bytes) -> Subscription:
    """Return the subscription that this one replaces, or is; of a body that was read before."""
    told = json.loads(body)
    return {"endpoint": told.get("former") or told["endpoint"]}


def check_endpoint(endpoint: object) -> None:
    """Raise ValueError for what is no URL that this server may request."""
    if not isinstance(endpoint, str) or len(endpoint) > ENDPOINT_MAX:
        raise ValueError("no endpoint")
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise ValueError("no URL")
    parts = urlsplit(endpoint)
    schemes = {"https", "http"} if settings.NOTIFY_PRIVATE_HOSTS else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
        raise ValueError("no URL of a push service")
    _ = parts.port  # raises for one that is no number


def _bytes(encoded: object, length: int) -> bytes:
    """Unpadded base64url, as browsers write it."""
    if not isinstance(encoded, str) or not encoded.isascii() or set(encoded) & set("+/="):
        raise ValueError("no base64url")
    try:
        decoded = base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error
    if len(decoded) != length:
        raise ValueError("wrong length")
    return decoded
