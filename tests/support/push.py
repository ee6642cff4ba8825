"""What a browser posts to be notified, with keys made for the test."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ENDPOINT = "https://push.example/send/1"


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def make_subscription(endpoint: str = ENDPOINT) -> dict[str, object]:
    """`PushSubscription.toJSON()`"""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    p256dh = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": encoded(p256dh), "auth": encoded(bytes(16))}
    return {"endpoint": endpoint, "expirationTime": None, "keys": keys}
