"""Asking once more who it is, before what cannot be undone or carries everything away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.allauth_internals import reauthentication
from accounts.models import User


def is_confirmed(request: HttpRequest) -> bool:
    """By password, passkey or code, minutes ago. Allauth takes whoever has none of them for
    confirmed; here nobody is."""
    user = request.user
    assert isinstance(user, User)
    has_way = bool(reauthentication.get_reauthentication_flows(user))
    return has_way and bool(reauthentication.did_recently_reauthenticate(request))


def first_a_password(request: HttpRequest) -> HttpResponse | None:
    """For whoever could confirm by nothing: who came from a provider, say. The mailbox proves who
    chooses it; an open session is not enough."""
    user = request.user
    assert isinstance(user, User)
    if reauthentication.get_reauthentication_flows(user):
        return None
    said = _("Choose a password first: it is asked for before this. A code comes to your address.")
    messages.info(request, said)
    return redirect("account_reset_password")
