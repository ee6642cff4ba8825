"""Verify and read the ID token of an OpenID Connect provider."""

from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.crypto import constant_time_compare

# Asymmetric algorithms only: never `none`, nor HMAC with a public key.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
# Tolerance for differing clocks.
LEEWAY_SECONDS = 60
# Core 2 allows 255; allauth's column is shorter, and no known provider needs as many.
SUBJECT_MAX = 191
# The library raises these for malformed tokens and key sets.
UNREADABLE = (jwt.PyJWTError, AttributeError, KeyError, TypeError, ValueError)


def read_id_token(
    token: Any, *, keys: Any, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """Return the claims, validated according to OpenID Connect Core 3.1.3.7. Raise OAuth2Error."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, jwt.PyJWKSet.from_dict(keys)),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED},
        )
    except UNREADABLE as wrong:
        raise OAuth2Error("The ID token cannot be believed.") from wrong
    is_for_us = claims["aud"] in (client_id, [client_id])
    is_by_us = claims.get("azp", client_id) == client_id
    is_now = constant_time_compare(str(claims.get("nonce", "")), nonce)
    if not (is_for_us and is_by_us and is_now and is_subject(claims["sub"])):
        raise OAuth2Error("The ID token is of another sign-in.")
    return claims


def is_subject(claimed: Any) -> bool:
    """Return whether it is a valid subject: ASCII text (Core 2)."""
    is_text = isinstance(claimed, str) and claimed.isascii() and claimed.isprintable()
    return is_text and 0 < len(claimed) <= SUBJECT_MAX


def _key_of(token: str, keys: jwt.PyJWKSet) -> Any:
    """Return the key that the token names; a provider with a single key need not name it."""
    name = jwt.get_unverified_header(token).get("kid")
    found = [each for each in keys.keys if name in (None, each.key_id)]
    if len(found) != 1:
        raise KeyError(name)
    return found[0].key
