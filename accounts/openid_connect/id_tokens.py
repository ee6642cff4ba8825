"""What a provider of OpenID Connect says of somebody, under its signature."""

from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.crypto import constant_time_compare

# By a key of which the provider alone has the secret half: never `none`, nor HMAC, for which the
# published half would do.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
# Two clocks are never quite alike.
LEEWAY_SECONDS = 60
# Core 2 allows 255; allauth's column is shorter, and no provider is known to need as many.
SUBJECT_MAX = 191
# How the library stumbles over what is no token, or no set of keys.
UNREADABLE = (jwt.PyJWTError, AttributeError, KeyError, TypeError, ValueError)


def read_id_token(
    token: Any, *, keys: Any, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """Its claims, checked as OpenID Connect Core 3.1.3.7 says. Raises OAuth2Error."""
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
    """Text in ASCII, as Core 2 has it."""
    is_text = isinstance(claimed, str) and claimed.isascii() and claimed.isprintable()
    return is_text and 0 < len(claimed) <= SUBJECT_MAX


def _key_of(token: str, keys: jwt.PyJWKSet) -> Any:
    """The named one; a provider with a single key need not name it."""
    name = jwt.get_unverified_header(token).get("kid")
    found = [each for each in keys.keys if name in (None, each.key_id)]
    if len(found) != 1:
        raise KeyError(name)
    return found[0].key
