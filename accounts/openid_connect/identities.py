"""Identities at the configured OpenID Connect provider, and how one is connected to an account.

The provider's claim about an address is not trusted: a code is mailed there first, whether the
address has an account, had one, or never had one (docs/decisions/openid-connect.md).
"""

from dataclasses import asdict, dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from allauth.account.utils import setup_user_email
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import AddressField
from accounts.allauth_internals import httpkit, login_by_code
from accounts.forms.sign_in import is_taken, user_at
from accounts.keys import new_key
from accounts.models import User
from accounts.provider import get_provider, provider_app, provider_name

PENDING = "accounts.identity.held"
PROVED = "accounts.identity.proved"


@dataclass(frozen=True)
class Identity:
    """An identity that signed in at the provider but is not connected to an account yet."""

    subject: str
    email: str
    next_url: str


def did_not_work(request: HttpRequest) -> HttpResponse:
    """Return one message for every error, so that a forger learns nothing."""
    said = _("Signing in with %(provider)s didn’t work. Try again or sign in another way.")
    messages.error(request, said % {"provider": provider_name()})
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def ask_for_zone(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """Ask everybody for the time zone that a new account needs; an existing account ignores it."""
    try:
        email = AddressField().clean(login.user.email)
    except ValidationError:
        said = _("%(provider)s didn’t give us an email address we can use. Sign in another way.")
        messages.error(request, said % {"provider": provider_name()})
        return redirect("account_login")
    next_url = login.state.get("next") or ""
    request.session[PENDING] = asdict(Identity(login.account.uid, email, next_url))
    return redirect("accounts:oidc-address")


def pending_identity(request: HttpRequest) -> Identity | None:
    found = request.session.get(PENDING)
    return Identity(**found) if found and not request.user.is_authenticated else None


def send_code(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Continue as a sign-in with an emailed code that carries the identity along."""
    del request.session[PENDING]
    user = _account_at(request, identity.email)
    process = login_by_code.LoginCodeVerificationProcess.initiate(
        request=request, user=user, email=identity.email
    )
    process.state["subject"] = identity.subject
    process.persist()
    on = {REDIRECT_FIELD_NAME: identity.next_url} if identity.next_url else {}
    return redirect(httpkit.add_query_params(reverse("account_confirm_login_code"), on))


def _account_at(request: HttpRequest, email: str) -> User | None:
    """Return the account, created if needed. If the address is taken, do the same work and roll it
    back."""
    user, taken = user_at(email), is_taken(email, timezone.now())
    try:
        with transaction.atomic():
            made = _sign_up(request, f"{new_key()}@decoy.invalid" if taken else email)
            transaction.set_rollback(taken)
    except IntegrityError:  # somebody signed up with it in the meantime
        return user_at(email)
    return user if taken else made


def _sign_up(request: HttpRequest, email: str) -> User:
    user = User(email=email)
    user.set_unusable_password()
    user.save()
    setup_user_email(request, user, [EmailAddress(email=email)])
    user_signed_up.send(sender=User, request=request, user=user)
    return user


def note_proved(request: HttpRequest, process: Any) -> None:
    """Note that the code was correct; a second factor may follow."""
    if subject := process.state.get("subject"):
        request.session[PROVED] = {"subject": subject, "user": str(process.user.pk)}


def join_proved(request: HttpRequest, user: User) -> None:
    proved = request.session.pop(PROVED, None)
    app = provider_app()
    if app is None or proved is None or proved["user"] != str(user.pk):
        return
    account, is_new = SocialAccount.objects.get_or_create(
        provider=app["provider_id"], uid=proved["subject"], defaults={"user": user}
    )
    if not is_new:
        return
    # Like allauth's SocialLogin.connect, which would overwrite the whole user.
    provider = get_provider(request)
    login = SocialLogin(user=user, provider=provider, account=account)
    social_account_added.send(sender=SocialLogin, request=request, sociallogin=login)
    get_adapter().send_notification_mail(
        "socialaccount/email/account_connected",
        user,
        context={"account": account, "provider": provider},
    )
