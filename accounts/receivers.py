"""Receivers of Django's and allauth's signals: write the audit log and end what must end. They are
an edge of the application, so they read the clock."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import session_expiry
from accounts.allauth_internals import login
from accounts.audit_log import Kind, log_action
from accounts.models import User
from accounts.openid_connect.identities import join_proved
from accounts.provider import provider_name
from accounts.services import end_sessions, note_email_change

FACTORS: dict[str, Promise] = {
    Authenticator.Type.WEBAUTHN: _("a passkey"),
    Authenticator.Type.TOTP: _("an authenticator app"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}
WAYS: dict[str, Promise] = {
    "password": _("with a password"),
    "code": _("with an emailed code"),
    "mfa": _("with a passkey"),
}


@receiver(user_logged_in)
def begin_session(request: HttpRequest, **_signal: Any) -> None:
    """Django's signal, sent for every kind of sign-in: start the session's lifetime."""
    session_expiry.begin(request.session, now=timezone.now())


@receiver(account.user_logged_in)
def note_sign_in(request: HttpRequest, user: User, **_signal: Any) -> None:
    ways = [each["method"] for each in login.get_authentication_records(request, user)]
    log_action(
        Kind.SIGNED_IN,
        subject=user,
        actor=user,
        now=timezone.now(),
        detail=_way(ways[0]) if ways else "",
        address=get_adapter().get_client_ip(request),
    )


def _way(method: str) -> str:
    if method == "socialaccount":
        return gettext("with %(provider)s") % {"provider": provider_name()}
    return str(WAYS.get(method, ""))


@receiver(account.user_logged_in)
def join_identity(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Connect the identity after the code and, if set up, the second factor."""
    join_proved(request, user)


@receiver(account.authentication_step_completed)
def renew_session(request: HttpRequest, reauthenticated: bool = False, **_signal: Any) -> None:
    """Give a confirmed session a new key, as a sign-in does."""
    if reauthenticated:
        listed = UserSession.objects.filter(session_key=request.session.session_key)
        request.session.cycle_key()
        listed.update(session_key=request.session.session_key)


@receiver([account.password_changed, account.password_set, account.password_reset])
def note_password(request: HttpRequest, user: User, **_signal: Any) -> None:
    """End the other sessions, which Django has invalidated, so that they leave the list."""
    now = timezone.now()
    # After a reset by code nobody is signed in: the reader of the mailbox set the password.
    actor = user if request.user == user else None
    log_action(Kind.PASSWORD_CHANGED, subject=user, actor=actor, now=now)
    others = UserSession.objects.filter(user=user).select_related("user")
    end_sessions(others.exclude(session_key=request.session.session_key), now=now)


@receiver(account.email_changed)
def note_address(
    user: User,
    to_email_address: EmailAddress,
    from_email_address: EmailAddress | None = None,
    **_signal: Any,
) -> None:
    """Ignore the first address, for which allauth sends the signal too."""
    if from_email_address is not None:
        old, new = from_email_address.email, to_email_address.email
        note_email_change(user=user, old=old, new=new, now=timezone.now())


@receiver([mfa.authenticator_added, mfa.authenticator_reset])
def note_factor_added(user: User, authenticator: Authenticator, **_signal: Any) -> None:
    _note_factor(Kind.FACTOR_ADDED, user, authenticator)


@receiver(mfa.authenticator_removed)
def note_factor_removed(user: User, authenticator: Authenticator, **_signal: Any) -> None:
    _note_factor(Kind.FACTOR_REMOVED, user, authenticator)


@receiver(social_account_added)
def note_identity_added(sociallogin: SocialLogin, **_signal: Any) -> None:
    _note_identity(Kind.FACTOR_ADDED, sociallogin.account)


@receiver(social_account_removed)
def note_identity_removed(socialaccount: SocialAccount, **_signal: Any) -> None:
    _note_identity(Kind.FACTOR_REMOVED, socialaccount)


def _note_identity(kind: Kind, row: SocialAccount) -> None:
    log_action(kind, subject=row.user, actor=row.user, now=timezone.now(), detail=provider_name())


def _note_factor(kind: Kind, user: User, authenticator: Authenticator) -> None:
    detail = str(FACTORS[authenticator.type])
    log_action(kind, subject=user, actor=user, now=timezone.now(), detail=detail)


@receiver(mfa.authentication_failed)
def note_wrong_code(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Log it: whoever gets here knows the password, or reads the mailbox."""
    log_action(
        Kind.SIGN_IN_FAILED,
        subject=user,
        actor=None,
        now=timezone.now(),
        detail=str(_("wrong two-step code")),
        address=get_adapter().get_client_ip(request),
    )
