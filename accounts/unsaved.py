"""Nothing that was typed is lost where a form cannot be taken: the sign-in has ended, or another
tab has signed in anew since the page was opened.

The fields come back as a page that can be sent once more. Over a sign-in they are kept in the
session of the browser that sent them, for an hour; passwords and files never are.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refuse_token

from accounts import limits
from accounts.devices import WORKER_HEADER

FORBIDDEN = 403
KEY = "unsaved"
KEPT_SECONDS = 3600
KEPT_MOST = 100_000  # characters: a session is read with each request
DISCARD = "discard"
TOKEN = "csrfmiddlewaretoken"
# A page, or an address that only takes posts; a stranger's is 404, and shows nothing.
SHOWN_AT = (200, 405)


class UnsavedMiddleware:
    """Keeps what was sent by somebody who is signed out, and brings it back after the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _leads_to_sign_in(request, response):
            return _kept(request, response, now=timezone.now())
        # Without a cookie nobody is signed in, and nothing is kept for anybody.
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if is_known and KEY in request.session and request.user.is_authenticated:
            if request.method == "POST":
                _forget(request, request.get_full_path())
            elif request.method == "GET":
                return _brought_back(request, response, now=timezone.now())
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


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Empty where there is nothing to bring back, or it must not come back."""
    if not _is_whole(request) or WORKER_HEADER in request.headers:
        return []
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != TOKEN
    ]
    return [] if any("password" in name for name, _value in fields) else fields


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


def _kept(request: HttpRequest, response: HttpResponse, *, now: datetime) -> HttpResponse:
    fields, path, has_file = _fields(request), request.get_full_path(), bool(request.FILES)
    if not fields or request.user.is_authenticated:
        return response
    size = sum(len(name) + len(value) for name, value in fields)
    if size > KEPT_MOST or not limits.allow(request, "unsaved"):
        return _page(request, path, fields, has_file=has_file, is_signed_out=True)
    until = now.timestamp() + KEPT_SECONDS
    told = {"path": path, "fields": fields, "has_file": has_file, "until": until}
    request.session[KEY] = told
    request.session.set_expiry(KEPT_SECONDS)
    messages.info(request, _("You are signed out. Sign in, and what you typed comes back."))
    return response


def _forget(request: HttpRequest, path: str) -> None:
    if request.session[KEY]["path"] == path:
        del request.session[KEY]


def _brought_back(request: HttpRequest, response: HttpResponse, *, now: datetime) -> HttpResponse:
    kept: dict[str, Any] = request.session[KEY]
    if now.timestamp() > kept["until"] or DISCARD in request.GET:
        del request.session[KEY]
        return response
    is_there = request.get_full_path() == kept["path"] and response.status_code in SHOWN_AT
    if not is_there or not _is_whole(request):
        return response
    fields = [(name, value) for name, value in kept["fields"]]
    return _page(request, kept["path"], fields, has_file=kept["has_file"], status=200)


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
        "typed": [value for _name, value in fields if " " in value.strip()],
        "has_file": has_file,
        "is_signed_out": is_signed_out,
        "discard": f"{path}{'&' if '?' in path else '?'}{DISCARD}",
    }
    return render(request, "unsaved.html", told, status=status)
