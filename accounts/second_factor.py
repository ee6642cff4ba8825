"""Require a second factor of coaches and operators, because they see data of others."""

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.allauth_internals import httpkit, login
from accounts.models import User


def has_needed_factor(request: HttpRequest) -> bool:
    """Return whether this session was confirmed by a passkey, an app's code or a recovery code.
    Having a factor is not enough: the session may be older."""
    if not settings.STAFF_SECOND_FACTOR:
        return True
    records = login.get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def lacks_factor(user: User, authenticators: list[Authenticator]) -> bool:
    """Return whether the user must set up a factor before entering the admin."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not authenticators


def enter_admin(request: HttpRequest) -> HttpResponse:
    """Redirect into the admin, or to the page that asks for or sets up the second factor."""
    target = get_next_redirect_url(request) or reverse("admin:index")
    if has_needed_factor(request):
        return redirect(target)
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if not kinds:
        return redirect("mfa_index")
    has_codes = Authenticator.Type.TOTP in kinds
    page = "mfa_reauthenticate" if has_codes else "mfa_reauthenticate_webauthn"
    return redirect(httpkit.add_query_params(reverse(page), {REDIRECT_FIELD_NAME: target}))
