"""Middleware for signed-in users: session expiry, cookies, caching on the device, and the status of
allauth's invalid forms."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts import session_expiry
from accounts.device_keys import CLEARED, READER_HEADER, SIGN_OUTS, reader_key
from accounts.models import User

UNPROCESSABLE = 422


class SessionLifeMiddleware:
    """End an expired session; the page then asks the visitor to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a cookie nobody is signed in, and no query is needed.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            self._look_at(request, request.user)
        return self.get_response(request)

    def _look_at(self, request: HttpRequest, user: User) -> None:
        now = timezone.now()
        if session_expiry.is_over(request.session, user, now=now):
            logout(request)
        elif session_expiry.note_use(request.session, now=now):
            key = request.session.session_key
            UserSession.objects.filter(session_key=key).update(last_seen_at=now)


class SessionCookieMiddleware:
    """Wrap Django's middleware, which deletes the cookie of a missing session. A background request
    (a service worker's, htmx's) may still use the old key while a confirmation renews it; its
    response must not delete the new cookie. If the session is really gone, the next page load
    deletes the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.cookies.get(settings.SESSION_COOKIE_NAME)
        is_gone_to = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        if said is not None and not said.value and not is_gone_to:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class InvalidFormMiddleware:
    """Answer 422 instead of 200 to an invalid form of allauth, as this product's own views do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        is_refused = request.method == "POST" and response.status_code == 200
        if is_refused and getattr(form, "errors", None):
            response.status_code = UNPROCESSABLE
        return response


class DeviceMiddleware:
    """Tell the service worker whose page it got, forbid caches to store pages of signed-in users,
    and clear the browser's storage at a sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if _is_page(response) and (match is None or match.app_name != "admin"):
            response[READER_HEADER] = reader_key(request.user)
        if _is_unsaid(response) and isinstance(request.user, User):
            add_never_cache_headers(response)
        is_sign_out = match is not None and match.view_name in SIGN_OUTS
        if is_sign_out and request.method == "POST" and not request.user.is_authenticated:
            response["Clear-Site-Data"] = CLEARED
        return response


def _is_unsaid(response: HttpResponse) -> bool:
    """Return whether the view set no caching. An error page must not query the session."""
    return "Cache-Control" not in response and response.status_code < 500


def _is_page(response: HttpResponse) -> bool:
    """Return whether the response is a page: no redirect, and no server error, whose page must not
    query the session."""
    is_html = response.get("Content-Type", "").startswith("text/html")
    return is_html and (response.status_code < 300 or 400 <= response.status_code < 500)
