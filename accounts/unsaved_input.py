"""Nothing that was typed is lost where a form cannot be taken: the sign-in has ended, or another
tab has signed in anew since the page was opened.

The fields come back as a page that can be sent once more. Over a sign-in they are kept in the cache
for an hour, for whoever was signed in with that browser; forms of the entrance and files never are.
While the cache is away, they stay on the page.
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
KEY = "unsaved"  # in the session: where it was sent, and under which key the cache has it
KEPT_SECONDS = 3600
KEPT_MOST = 100_000  # characters
DISCARD = "discard"
TOKEN = "csrfmiddlewaretoken"
# Forms of the entrance hold passwords and codes.
KEPT_OF = ("dashboard", "admin")
# A page, or an address that only takes posts; a stranger's is 404, and shows nothing.
SHOWN_AT = (200, 405)
OWNER_SECONDS = 400 * 24 * 3600  # browsers keep no cookie longer


class UnsavedMiddleware:
    """Keeps what was sent by somebody who is signed out, and brings it back after the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _leads_to_sign_in(request, response):
            return _kept(request, response)
        # Without a cookie nobody is signed in, and nothing is kept for anybody.
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
    """A form of this site's own whose token is not today's is shown again, with today's."""
    fields = _fields(request)
    if not fields or not _is_own(request):
        return refuse_token(request, reason)
    return _page(request, request.get_full_path(), fields, has_file=bool(request.FILES))


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of this site sent it: browsers say so, and no page of another can."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    found = urlsplit(said)
    return (found.scheme, found.netloc) == (request.scheme, request.get_host())


def _name_owner(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """What is kept is for them alone, also once their session is gone."""
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
    """Empty where there is nothing to bring back, or it must not come back."""
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
    """What somebody wrote, for them to recognise: text of several words. Whatever a page fills in
    by itself, such as keys, choices and buttons, has no space in it (tests/site/test_typed.py)."""
    return [value for _name, value in fields if " " in value.strip()]


def _is_whole(request: HttpRequest) -> bool:
    """Asked for as a page, by the browser or by htmx in its place: no piece, and no script's."""
    is_gone_to = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return "HX-Boosted" in request.headers or (is_gone_to and "HX-Request" not in request.headers)


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """And from there back to what was asked for."""
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
    messages.info(request, _("You are signed out. Sign in, and what you typed comes back."))
    return response


def _forget(request: HttpRequest, path: str) -> None:
    if request.session[KEY]["path"] == path:
        with suppress(RedisError):  # it is gone within the hour
            cache.delete(request.session.pop(KEY)["key"])


def _brought_back(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    path, key = request.session[KEY]["path"], request.session[KEY]["key"]
    try:
        kept: dict[str, Any] | None = cache.get(key)
    except RedisError:
        return response  # it comes back once the cache does
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
