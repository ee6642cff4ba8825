"""The lifetime of sessions: from the sign-in and from the last use.

Django expresses the second by the cookie's age, renewed at each save; here sessions are saved only
now and then. Both moments are in the session as seconds, because sessions are JSON.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

BEGAN, SEEN = "began_at", "seen_at"
# Not saved with every page; a session may end this much later than stated.
NOTED_EACH = 300


def begin(session: SessionBase, *, now: datetime) -> None:
    session.set_expiry(
        None
    )  # saved input of a signed-out visitor expires earlier (accounts/unsaved_input.py)
    session[BEGAN] = session[SEEN] = int(now.timestamp())


def is_over(session: SessionBase, user: User, *, now: datetime) -> bool:
    if BEGAN not in session:
        # A session from before lifetimes existed: no list shows it, so it ends.
        return True
    idle = settings.STAFF_SESSION_IDLE_SECONDS if user.is_staff else settings.SESSION_COOKIE_AGE
    life = settings.STAFF_SESSION_LIFE_SECONDS if user.is_staff else settings.SESSION_LIFE_SECONDS
    unused, lasted = (now.timestamp() - session[since] for since in (SEEN, BEGAN))
    return bool(unused > idle + NOTED_EACH or lasted > life)


def note_use(session: SessionBase, *, now: datetime) -> bool:
    """Note the use unless one was noted a moment ago, and return whether it was."""
    moment = int(now.timestamp())
    if moment - session[SEEN] < NOTED_EACH:
        return False
    session[SEEN] = moment
    return True
