"""Sessions of a user, wherever they are signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.models import User


def end_sessions(user: User) -> None:
    """Everywhere: what the browsers hold is worth nothing from now on."""
    own = UserSession.objects.filter(user=user)
    Session.objects.filter(pk__in=own.values("session_key")).delete()
    own.delete()
