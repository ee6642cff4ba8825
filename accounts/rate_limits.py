"""Rate limits of this product, on allauth's counter so that there is one mechanism.

Allauth itself limits sign-ins, codes and sign-ups (ACCOUNT_RATE_LIMITS); everything else uses this
module. The counts are in the cache that all web processes share (docs/configuration.md).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts.addresses import canonical_address
from accounts.allauth_internals import ratelimit

APP = "hearback"
logger = logging.getLogger(__name__)


def allow(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Return whether this request is within the limits of the action in RATE_LIMITS.

    Each call counts, also for GET. A limit `per key` needs the key, such as a token's kind; it is
    stored as a hash.

    If the cache is down, every request passes: these pages are protected by signatures that cannot
    be guessed, and links in mails must go on working. Passwords and codes use `count` or allauth's
    limits, which then refuse.
    """
    try:
        return count(request, action, key) is not None
    except RedisError:
        logger.warning("The cache is away; %s is not limited.", action)
        return True


def allow_key(action: str, key: str) -> bool:
    """The same where there is no request, for limits per key."""
    return allow(HttpRequest(), action, key)


def allow_peer(action: str, address: str) -> bool:
    """The same for a network address; one of IPv6 counts as its network, as everywhere."""
    return allow_key(action, ratelimit.truncate_ip(address))


@contextmanager
def spending(request: HttpRequest, action: str, key: str) -> Iterator[bool]:
    """Like `allow`, for a block. If the block is refused, the attempt is given back, so that typing
    errors use up no daily limit."""
    try:
        used = count(request, action, key)
        is_within = used is not None
    except RedisError:
        logger.warning("The cache is away; %s is not limited.", action)
        used, is_within = None, True
    try:
        yield is_within
    except Exception:
        if used is not None:
            used.rollback()
        raise


def count(
    request: HttpRequest, action: str, key: str | None = None
) -> "ratelimit.RateLimitUsage | None":
    """Count an attempt and return it, so that it can be taken back; return None over the limit. For
    passwords and codes: it raises if the cache is down, as allauth's limits do."""
    rates = {action: settings.RATE_LIMITS[action]}
    used: ratelimit.RateLimitUsage | None = ratelimit.consume(
        request, app=APP, action=action, config=rates, key=key, limit_get=True
    )
    return used


def forget(request: HttpRequest, action: str, key: str) -> None:
    rates = {action: settings.RATE_LIMITS[action]}
    ratelimit.clear(request, app=APP, action=action, config=rates, key=key)


def from_here(request: HttpRequest, email: str) -> str:
    """Return a key for one account from one network, so that a stranger elsewhere cannot lock out
    the owner (docs/decisions/shared-limits.md)."""
    return f"{canonical_address(email)} from {ratelimit.get_ip(request)}"


def may_mail_code(request: HttpRequest, email: str, *, purpose: str) -> bool:
    """Limit codes by purpose: codes to sign in do not use up those to reset the password."""
    here = count(request, "code_mail_from_here", f"{purpose}: {from_here(request, email)}")
    return here is not None and count(request, "code_mail", f"{purpose}: {email}") is not None


def may_try_code(request: HttpRequest, code: str) -> bool:
    """Limit the attempts on one emailed code across requests. The session counts too, but parallel
    requests each have a copy of their own."""
    key = salted_hmac("accounts.limits.code", code, algorithm="sha256").hexdigest()
    return count(request, "mailed_code", key) is not None


def refusal(request: HttpRequest) -> HttpResponse:
    """Return the 429 page that allauth uses."""
    page: HttpResponse = ratelimit.respond_429(request)
    return page
