"""How often a thing may be tried: on allauth's own counter, so that there is one mechanism.

Allauth counts sign-in, codes and sign-up itself (ACCOUNT_RATE_LIMITS); what else needs a limit asks
here. The counts stand in the cache, which all web processes share (docs/configuration.md).
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

APP = "hearback"


def allow(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Whether this request is still within the limits that RATE_LIMITS names for the action.

    Each asking counts, a GET's too. A limit `per key` needs the key: what is tried, such as a
    token's kind; it is stored as a hash.
    """
    return bool(
        ratelimit.consume(
            request,
            app=APP,
            action=action,
            config={action: settings.RATE_LIMITS[action]},
            key=key,
            limit_get=True,
        )
    )


def refusal(request: HttpRequest) -> HttpResponse:
    """The page that says so: 429, the same that allauth answers with."""
    page: HttpResponse = ratelimit.respond_429(request)
    return page
