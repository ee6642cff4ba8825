"""The admin site: it uses the product's sign-in page and requires a second factor."""

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

# Allauth registers these models. Their pages would show the secrets of authenticator apps, change
# addresses without verification, list all sessions, and let an operator connect somebody else's
# identity to an account.
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
        """Redirect to the product's sign-in page, which leads back here or to the second factor.
        Django's own form is never shown."""
        response: HttpResponse = secure_admin_login(second_factor.enter_admin)(request)
        return response

    def password_change(  # type: ignore[override]  # a redirect is not a template
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the product's page, which also mails the owner and ends other sessions."""
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Disable autocompletion: nothing uses it, and it would list names without an audit
        entry."""
        raise Http404
