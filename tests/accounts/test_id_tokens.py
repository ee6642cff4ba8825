"""An ID token is accepted only with the provider's signature, and for this sign-in."""

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.openid_connect.id_tokens import SUBJECT_MAX, read_id_token

ISSUER, CLIENT, NONCE = "https://id.example.org", "hearback", "once"
EC, OTHER_EC = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
ED = ed25519.Ed25519PrivateKey.generate()
RSA = rsa.generate_private_key(65537, 2048)
ALGORITHMS = jwt.algorithms.get_default_algorithms()
# `iat` and `exp` in seconds from now.
RIGHT: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "a1",
    "nonce": NONCE,
    "iat": 0,
    "exp": 300,
}


def published(key: Any, algorithm: str, **named: str) -> dict[str, Any]:
    jwk: dict[str, Any] = ALGORITHMS[algorithm].to_jwk(key.public_key(), as_dict=True)
    return jwk | {"kid": "one"} | named


def signed(key: Any = EC, algorithm: str = "ES256", kid: str | None = "one", **said: Any) -> str:
    now = int(datetime.now(UTC).timestamp())
    claims = {name: value for name, value in (RIGHT | said).items() if value is not None}
    claims |= {name: now + claims[name] for name in ("iat", "exp") if name in claims}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def read(token: Any, *keys: dict[str, Any]) -> dict[str, Any]:
    known = {"keys": [*keys] or [published(EC, "ES256")]}
    return read_id_token(token, keys=known, issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


@pytest.mark.parametrize(
    ("key", "algorithm"), [(EC, "ES256"), (ED, "EdDSA"), (RSA, "RS256"), (RSA, "PS384")]
)
def test_it_is_read(key: Any, algorithm: str) -> None:
    assert read(signed(key, algorithm), published(key, algorithm))["sub"] == "a1"


def test_the_key_is_the_one_that_it_names() -> None:
    keys = [published(OTHER_EC, "ES256", kid="two"), published(EC, "ES256")]
    assert read(signed(), *keys)["sub"] == "a1"
    assert read(signed(kid=None), keys[1])["sub"] == "a1"
    for kid in ("two", "three", None):
        with pytest.raises(OAuth2Error):
            read(signed(kid=kid), *keys)


RIGHT_TOO = [
    {"aud": [CLIENT]},
    {"azp": CLIENT},
    {"exp": -30},
    {"iat": 30},
    {"sub": "x" * SUBJECT_MAX},
]
WRONG = [
    {"iss": f"{ISSUER}/"},
    {"iss": None},
    {"aud": "other"},
    {"aud": [CLIENT, "other"]},
    {"aud": None},
    {"azp": "other"},
    {"nonce": "twice"},
    {"nonce": None},
    {"nonce": ""},
    {"nonce": [NONCE]},
    {"exp": -300},
    {"exp": None},
    {"iat": None},
    {"iat": 300},
    {"sub": None},
    {"sub": ""},
    {"sub": "a\n1"},
    {"sub": "ä"},
    {"sub": "x" * (SUBJECT_MAX + 1)},
]


@pytest.mark.parametrize("said", RIGHT_TOO)
def test_it_may_say(said: dict[str, Any]) -> None:
    assert read(signed(**said))["nonce"] == NONCE


@pytest.mark.parametrize("said", WRONG)
def test_it_may_not_say(said: dict[str, Any]) -> None:
    with pytest.raises(OAuth2Error):
        read(signed(**said))


def by_the_published_half() -> str:
    """Signed by what everybody may know, as if it were a secret of the two: the oldest trick. By
    hand, since the library refuses."""
    public = EC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = encoded(b'{"alg":"HS256","kid":"one","typ":"JWT"}')
    body = f"{head}.{signed().split('.')[1]}"
    return f"{body}.{encoded(hmac.digest(public, body.encode(), 'sha256'))}"


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


FORGED = {
    "another's key": signed(OTHER_EC),
    "another kind of key": signed(RSA, "RS256"),
    "the published half": by_the_published_half(),
    "unsigned": signed(None, "none"),
    "without its signature": signed().rpartition(".")[0] + ".",
    "no token": "x",
    "none": None,
    "a number": 1,
    "a list": [signed()],
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_what_is_not_signed_by_it_is_not_believed(token: Any) -> None:
    with pytest.raises(OAuth2Error):
        read(token)


@pytest.mark.parametrize("keys", [None, [], {}, {"keys": []}, {"keys": [{"kty": "EC"}]}, "x"])
def test_no_keys(keys: Any) -> None:
    with pytest.raises(OAuth2Error):
        read_id_token(signed(), keys=keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


def test_a_secret_among_the_keys_signs_nothing() -> None:
    secret = {"kty": "oct", "kid": "one", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}
    token = signed(b"secret-secret-secret-secret-secret", "HS256")
    with pytest.raises(OAuth2Error):
        read(token, secret)
