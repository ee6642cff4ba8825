"""Ask users to confirm their identity before an irreversible action or an export of all data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.allauth_internals import reauthentication
from accounts.models import User


def is_confirmed(request: HttpRequest) -> bool:
    """Return whether the user confirmed by password, passkey or code some minutes ago. Allauth
    treats users without any of these as confirmed; this does not."""
    user = request.user
    assert isinstance(user, User)
    has_way = bool(reauthentication.get_reauthentication_flows(user))
    return has_way and bool(reauthentication.did_recently_reauthenticate(request))


def first_a_password(request: HttpRequest) -> HttpResponse | None:
    """Ask users who cannot confirm, such as those of a provider, to set a password first. They set
    it by an emailed code, because an open session proves nothing."""
    user = request.user
    assert isinstance(user, User)
    if reauthentication.get_reauthentication_flows(user):
        return None
    said = _("Set a password first. You’ll need it to continue. We’ve emailed you a code.")
    messages.info(request, said)
    return redirect("account_reset_password")
