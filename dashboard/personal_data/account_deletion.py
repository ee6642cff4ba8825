"""Delete the account: requested here, confirmed by password or passkey, and cancelled here or by
the mail's link, which needs no sign-in."""

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rate_limits
from accounts.link_cookies import LinkCookie
from accounts.models import User
from accounts.reauthentication import first_a_password, is_confirmed
from dashboard.page import in_zone
from interviews import access
from personal_data import account_deletion

COOKIE = LinkCookie("keep", "hearback.departure.keep.cookie")
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@in_zone
def account_delete(request: HttpRequest) -> HttpResponse:
    """For every user, candidate or not. The confirmation comes after the button, however recent the
    sign-in is: an open screen must not be enough."""
    user = request.user
    assert isinstance(user, User)
    if request.method == "POST":
        if elsewhere := first_a_password(request):
            return elsewhere
        if not is_confirmed(request):
            raise ReauthenticationRequired
        account_deletion.request_deletion(user=user, now=timezone.now())
        return redirect("dashboard:account-delete")
    context = {
        "deletion_request": access.find_deletion_request(user),
        "candidate": access.find_candidate(user),
    }
    return render(request, "dashboard/personal_data/delete_account.html", context)


@require_POST
@never_cache
@login_required
def account_delete_cancel(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    if account_deletion.cancel_deletion(user=user, now=timezone.now(), actor=user):
        messages.success(request, _("Deletion cancelled. Your account is safe."))
    return redirect("dashboard:account-delete")


@require_safe
@never_cache
def deletion_cancel_open(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the mailed URL to a clean one."""
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    clean = resolve_url("dashboard:deletion-cancel")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def deletion_cancel(request: HttpRequest) -> HttpResponse:
    deletion = account_deletion.find_by_token(COOKIE.token(request))
    if deletion is None:
        return render(
            request, "dashboard/personal_data/cancel_deletion.html", {"is_over": True}, status=GONE
        )
    is_kept = request.method == "POST" and account_deletion.cancel_deletion(
        user=deletion.user, now=timezone.now()
    )
    return render(request, "dashboard/personal_data/cancel_deletion.html", {"is_kept": is_kept})
