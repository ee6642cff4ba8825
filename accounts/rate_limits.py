"""How often a thing may be tried: on allauth's own counter, so that there is one mechanism.

Allauth counts sign-in, codes and sign-up itself (ACCOUNT_RATE_LIMITS); what else needs a limit asks
here. The counts stand in the cache, which all web processes share (docs/configuration.md).
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
    """Whether this request is still within the limits that RATE_LIMITS names for the action.

    Each asking counts, a GET's too. A limit `per key` needs the key: what is tried, such as a
    token's kind; it is stored as a hash.

    While the cache is away all are let through: what asks here opens by a signature that cannot
    be guessed, and links in mails must go on working. Passwords and codes are counted by `count`
    and by allauth, and are refused then.
    """
    try:
        return count(request, action, key) is not None
    except RedisError:
        logger.warning("The cache is away; %s is not limited.", action)
        return True


@contextmanager
def spending(request: HttpRequest, action: str, key: str) -> Iterator[bool]:
    """As `allow`, around what is done. Where that is refused, the try is given back: a typing
    error uses up nothing of a day."""
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
    """What was counted, which can be taken back; None if it is over the limit. For passwords and
    codes: while the cache is away it fails, as allauth's own counts do."""
    rates = {action: settings.RATE_LIMITS[action]}
    used: ratelimit.RateLimitUsage | None = ratelimit.consume(
        request, app=APP, action=action, config=rates, key=key, limit_get=True
    )
    return used


def forget(request: HttpRequest, action: str, key: str) -> None:
    rates = {action: settings.RATE_LIMITS[action]}
    ratelimit.clear(request, app=APP, action=action, config=rates, key=key)


def from_here(request: HttpRequest, email: str) -> str:
    """A key of an account as it is tried from one network: a stranger elsewhere who fills its limit
    does not keep the owner out (docs/decisions/shared-limits.md)."""
    return f"{canonical_address(email)} from {ratelimit.get_ip(request)}"


def may_mail_code(request: HttpRequest, email: str, *, purpose: str) -> bool:
    """Of one purpose: whoever was mailed codes to sign in may still reset the password."""
    here = count(request, "code_mail_from_here", f"{purpose}: {from_here(request, email)}")
    return here is not None and count(request, "code_mail", f"{purpose}: {email}") is not None


def may_try_code(request: HttpRequest, code: str) -> bool:
    """Of one code from a mail, from wherever it is tried: a session counts too, but of requests
    that come at once each has a copy of its own."""
    key = salted_hmac("accounts.limits.code", code, algorithm="sha256").hexdigest()
    return count(request, "mailed_code", key) is not None


def refusal(request: HttpRequest) -> HttpResponse:
    """The page that says so: 429, the same that allauth answers with."""
    page: HttpResponse = ratelimit.respond_429(request)
    return page
