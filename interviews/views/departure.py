"""Deleting the account: asked for here, confirmed with password or passkey, taken back here or by
the link in the mail, which needs no sign-in."""

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits
from accounts.confirming import first_a_password, is_confirmed
from accounts.link_cookies import LinkCookie
from accounts.models import User
from interviews import access
from interviews.services import departures
from interviews.views.base import in_zone

COOKIE = LinkCookie("keep", "hearback.departure.keep.cookie")
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@in_zone
def departure(request: HttpRequest) -> HttpResponse:
    """Whoever has signed in may leave, candidate or not. The confirmation comes after the button,
    however long ago the sign-in was: a screen left open must not be enough."""
    user = request.user
    assert isinstance(user, User)
    if request.method == "POST":
        if elsewhere := first_a_password(request):
            return elsewhere
        if not is_confirmed(request):
            raise ReauthenticationRequired
        departures.ask(user=user, now=timezone.now())
        return redirect("interviews:departure")
    context = {"departure": access.find_departure(user), "candidate": access.find_candidate(user)}
    return render(request, "interviews/departure.html", context)


@require_POST
@never_cache
@login_required
def departure_withdraw(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    if departures.withdraw(user=user, now=timezone.now(), actor=user):
        messages.success(request, _("Your account stays."))
    return redirect("interviews:departure")


@require_safe
@never_cache
def keep_open(request: HttpRequest, token: str) -> HttpResponse:
    """From the address in the mail to the clean one."""
    if not limits.allow(request, "signed_link"):
        return limits.refusal(request)
    clean = resolve_url("interviews:keep")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep(request: HttpRequest) -> HttpResponse:
    departure = departures.find_by_token(COOKIE.token(request))
    if departure is None:
        return render(request, "interviews/keep.html", {"is_over": True}, status=GONE)
    is_kept = request.method == "POST" and departures.withdraw(
        user=departure.user, now=timezone.now()
    )
    return render(request, "interviews/keep.html", {"is_kept": is_kept})
