"""Deleting the account: asked for here, confirmed with password or passkey, taken back here."""

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.confirming import first_a_password, is_confirmed
from accounts.models import User
from interviews import access
from interviews.services import departures
from interviews.views.base import in_zone


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
    if departures.withdraw(user=user, now=timezone.now()):
        messages.success(request, _("Your account stays."))
    return redirect("interviews:departure")
