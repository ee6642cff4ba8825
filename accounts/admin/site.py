"""The admin's door: the same sign-in as everybody's, and a second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import second_factor

# Allauth registers these: a page with the secrets of authenticator apps, one on which addresses are
# changed that their owners have to prove, one of all sessions, and three on which somebody else's
# account elsewhere could be made to open an account here.
HIDDEN = (Authenticator, EmailAddress, UserSession, SocialAccount, SocialApp, SocialToken)


class HearbackSite(AdminSite):
    site_title = site_header = "Hearback"
    index_title = _("All lists")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "version": settings.VERSION}

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.has_needed_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where whoever has no permission is sent to: to the sign-in, which comes back here, and
        from here to the second factor. Django's own form is never shown."""
        response: HttpResponse = secure_admin_login(second_factor.let_in)(request)
        return response

    def password_change(  # type: ignore[override]  # a redirect is no template
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The one place for it, which also tells the owner by mail and ends other sessions."""
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Nothing asks it, and it would list names without a trace."""
        raise Http404
