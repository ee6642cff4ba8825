"""Keep form input when its form cannot be accepted: the session has ended, or another tab has
signed in again since the page was opened.

The fields come back as a page that can be sent once more. During a sign-in the cache keeps them for
an hour, for the user who was signed in with that browser, but never files and never forms of the
sign-in. If the cache is down, they stay on the page.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refuse_token
from redis.exceptions import RedisError

from accounts import rate_limits
from accounts.device_keys import SIGN_OUTS, UNSAVED_HEADER, WORKER_HEADER, former_owners, owner_key
from accounts.models import User

FORBIDDEN = 403
KEY = "unsaved"  # in the session: the form's URL, and the key in the cache
KEPT_SECONDS = 3600
KEPT_MOST = 100_000  # characters
DISCARD = "discard"
TOKEN = "csrfmiddlewaretoken"
# These forms hold passwords and codes.
KEPT_OF = ("dashboard", "admin")
# A page or a POST-only URL; pages of strangers answer 404.
SHOWN_AT = (200, 405)
OWNER_SECONDS = 400 * 24 * 3600  # browsers keep cookies no longer


class UnsavedMiddleware:
    """Keep what a signed-out visitor sends, and bring it back after the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _leads_to_sign_in(request, response):
            return _kept(request, response)
        # Without a cookie nobody was signed in, and there is nobody to keep it for.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self._of_session(request, response)
        return response

    def _of_session(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        if match is not None and match.view_name in SIGN_OUTS and request.method == "POST":
            response.delete_cookie(settings.OWNER_COOKIE_NAME)
        elif isinstance(request.user, User):
            _name_owner(request, response, request.user)
            if KEY in request.session and request.method == "POST":
                _forget(request, request.get_full_path())
            elif KEY in request.session and request.method == "GET":
                return _brought_back(request, response, request.user)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show a form of this site with an outdated token again, with a new one."""
    fields = _fields(request)
    if not fields or not _is_own(request):
        return refuse_token(request, reason)
    return _page(request, request.get_full_path(), fields, has_file=bool(request.FILES))


def _is_own(request: HttpRequest) -> bool:
    """Return whether the request came from this site: browsers say so, and other sites cannot."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    found = urlsplit(said)
    return (found.scheme, found.netloc) == (request.scheme, request.get_host())


def _name_owner(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Bind the input to the user, so that it outlives the session but nobody else gets it."""
    owner = owner_key(user)
    if request.COOKIES.get(settings.OWNER_COOKIE_NAME) != owner:
        response.set_cookie(
            settings.OWNER_COOKIE_NAME,
            owner,
            max_age=OWNER_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields to keep; empty if there are none, or they must not be kept."""
    match = request.resolver_match
    if match is None or match.app_name not in KEPT_OF or WORKER_HEADER in request.headers:
        return []
    if not _is_whole(request):
        return []
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != TOKEN
    ]
    return [] if any("password" in name for name, _value in fields) else fields


def _typed(fields: list[tuple[str, str]]) -> list[str]:
    """Return the text that the user wrote, so that they recognise it: values of several words. What
    a page fills in itself (keys, choices, buttons) has no space (tests/site/test_typed.py)."""
    return [value for _name, value in fields if " " in value.strip()]


def _is_whole(request: HttpRequest) -> bool:
    """Return whether a whole page was requested, by the browser or by htmx's boost."""
    is_gone_to = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return "HX-Boosted" in request.headers or (is_gone_to and "HX-Request" not in request.headers)


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the response redirects to the sign-in, and from there back here."""
    there = urlsplit(response.get("Location", ""))
    is_sign_in = there.path in (resolve_url(settings.LOGIN_URL), resolve_url("admin:login"))
    back = parse_qs(there.query).get(REDIRECT_FIELD_NAME)
    return is_sign_in and back == [request.get_full_path()]


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    fields, path, has_file = _fields(request), request.get_full_path(), bool(request.FILES)
    owner = request.COOKIES.get(settings.OWNER_COOKIE_NAME)
    if not fields or request.user.is_authenticated or not (owner or _typed(fields)):
        return response
    is_little = sum(len(name) + len(value) for name, value in fields) <= KEPT_MOST
    if not owner or not is_little or not rate_limits.allow(request, "unsaved"):
        return _page(request, path, fields, has_file=has_file, is_signed_out=True)
    key = f"unsaved:{uuid4().hex}"
    told = {"owner": owner, "fields": fields, "has_file": has_file}
    try:
        cache.set(key, told, timeout=KEPT_SECONDS)
    except RedisError:
        return _page(request, path, fields, has_file=has_file, is_signed_out=True)
    request.session[KEY] = {"path": path, "key": key}
    request.session.set_expiry(KEPT_SECONDS)
    messages.info(request, _("You’re signed out. Sign in and we’ll bring back what you typed."))
    return response


def _forget(request: HttpRequest, path: str) -> None:
    if request.session[KEY]["path"] == path:
        with suppress(RedisError):  # it expires within the hour anyway
            cache.delete(request.session.pop(KEY)["key"])


def _brought_back(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    path, key = request.session[KEY]["path"], request.session[KEY]["key"]
    try:
        kept: dict[str, Any] | None = cache.get(key)
    except RedisError:
        return response  # a later sign-in brings it back once the cache works
    if kept is None or DISCARD in request.GET:
        _forget(request, path)
        return response
    is_hers = kept["owner"] in (owner_key(user), *former_owners(user))
    is_there = request.get_full_path() == path and response.status_code in SHOWN_AT
    if not is_hers or not is_there or not _is_whole(request):
        return response
    fields = [(name, value) for name, value in kept["fields"]]
    return _page(request, path, fields, has_file=kept["has_file"], status=200)


def _page(
    request: HttpRequest,
    path: str,
    fields: list[tuple[str, str]],
    *,
    has_file: bool,
    is_signed_out: bool = False,
    status: int = FORBIDDEN,
) -> HttpResponse:
    told = {
        "path": path,
        "fields": fields,
        "typed": _typed(fields),
        "has_file": has_file,
        "is_signed_out": is_signed_out,
        "discard": f"{path}{'&' if '?' in path else '?'}{DISCARD}",
    }
    response = render(request, "unsaved.html", told, status=status)
    response[UNSAVED_HEADER] = "1"
    add_never_cache_headers(response)
    return response
