"""Notifications as push services take them: encrypted (RFC 8291) and signed (RFC 8292).

Import it where one is sent: the library brings pydantic, which no other process needs.
"""

import time
from typing import NamedTuple

import jwt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import AnyHttpUrl
from webpush import WebPush, WebPushSubscription
from webpush.vapid import VAPID

DEFAULT_PORTS = {"http": 80, "https": 443}


class PushMessage(NamedTuple):
    endpoint: str
    body: bytes
    headers: dict[str, str]


class PushMessages:
    """Written with one key pair. `sender` is an email address at which a push service may ask."""

    def __init__(self, private_key: bytes, *, sender: str, ttl: int) -> None:
        public = load_pem_private_key(private_key, password=None).public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self._library = WebPush(private_key, pem, subscriber=sender, ttl=ttl)
        self._library.vapid = _Vapid(private_key, pem)

    def write(self, subscription: str, content: bytes) -> PushMessage:
        """For one browser's `PushSubscription.toJSON()`. Raise ValueError if it is none."""
        parsed = WebPushSubscription.model_validate_json(subscription)
        written = self._library.get(content, parsed)
        return PushMessage(str(parsed.endpoint), written.encrypted, dict(written.headers))


class _Vapid(VAPID):  # type: ignore[misc]  # untyped
    """The library leaves the port out of `aud`, which is an origin (RFC 8292, section 2)."""

    def get_authorization_header(
        self, endpoint: AnyHttpUrl, subscriber: str, expiration: int
    ) -> str:
        is_default = endpoint.port in (None, DEFAULT_PORTS[endpoint.scheme])
        port = "" if is_default else f":{endpoint.port}"
        claims = {
            "aud": f"{endpoint.scheme}://{endpoint.host}{port}",
            "exp": int(time.time()) + expiration,
            "sub": f"mailto:{subscriber}",
        }
        token = jwt.encode(claims, self.private_key, algorithm="ES256")
        return f"vapid t={token}, k={self.get_application_server_key(self.public_key)}"
