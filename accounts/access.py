"""Fetch the signed-in user's own passkeys, sessions and identities. Rows of others are not
found."""

from collections.abc import Iterable
from typing import TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.http import Http404

from accounts.keys import opaque_key
from accounts.models import User
from accounts.provider import provider_app

Row = TypeVar("Row", bound=Model)


def proved_addresses(user: User) -> list[str]:
    """Return the verified addresses of the user."""
    proved = EmailAddress.objects.filter(user=user, verified=True).order_by("pk")
    return [user.email, *proved.values_list("email", flat=True)]


def authenticators_of(user: User) -> list[Authenticator]:
    return [*Authenticator.objects.filter(user=user).order_by("created_at", "pk")]


def get_passkey(user: User, key: str) -> Authenticator:
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return _named(passkeys, key)


def sessions_of(user: User) -> list[UserSession]:
    """Return the sessions that have not ended, the most recently used first."""
    rows = [*UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")]
    keys = [row.session_key for row in rows]
    alive = set(Session.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows if row.session_key in alive]


def get_session(user: User, key: str) -> UserSession:
    return _named(sessions_of(user), key)


def identities_of(user: User) -> list[SocialAccount]:
    """Return the identities at the configured provider; those of other providers are ignored."""
    if (app := provider_app()) is None:
        return []
    rows = SocialAccount.objects.filter(user=user, provider=app["provider_id"])
    return [*rows.order_by("date_joined", "pk")]


def get_identity(user: User, key: str) -> SocialAccount:
    return _named(identities_of(user), key)


def _named(rows: Iterable[Row], key: str) -> Row:
    for row in rows:
        if opaque_key(row) == key:
            return row
    raise Http404
