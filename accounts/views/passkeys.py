"""Add, rename and remove a passkey: allauth's pages, with an opaque key in the URL."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy

from accounts import passkeys
from accounts.access import get_passkey
from accounts.models import User


class AddPasskey(views.AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse another host name, at which browsers offer no passkey; the overview names the
        right one."""
        if not passkeys.may_use(request):
            return redirect("mfa_index")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class _OwnPasskey:
    request: HttpRequest
    kwargs: dict[str, Any]
    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset: Any = None) -> Authenticator:
        user = self.request.user
        assert isinstance(user, User)  # allauth requires a sign-in
        return get_passkey(user, self.kwargs["key"])


class RenamePasskey(_OwnPasskey, views.EditWebAuthnView):  # type: ignore[misc]
    pass


class RemovePasskey(_OwnPasskey, views.RemoveWebAuthnView):  # type: ignore[misc]
    pass
