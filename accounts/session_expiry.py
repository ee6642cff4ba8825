"""How long a session lasts: since when it began, and since it was last used.

Django keeps the second by the cookie's age, which is set anew with each save; here sessions are
saved now and then. Both moments stand in the session, in seconds, since it is kept as JSON.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

BEGAN, SEEN = "began_at", "seen_at"
# No page waits for a write each time; a session may end by so much later than it says.
NOTED_EACH = 300


def begin(session: SessionBase, *, now: datetime) -> None:
    session.set_expiry(
        None
    )  # what was kept of somebody signed out ends sooner (accounts/unsaved_input.py)
    session[BEGAN] = session[SEEN] = int(now.timestamp())


def is_over(session: SessionBase, user: User, *, now: datetime) -> bool:
    if BEGAN not in session:
        # From before sessions had an end and were listed: nobody could see that it is there.
        return True
    idle = settings.STAFF_SESSION_IDLE_SECONDS if user.is_staff else settings.SESSION_COOKIE_AGE
    life = settings.STAFF_SESSION_LIFE_SECONDS if user.is_staff else settings.SESSION_LIFE_SECONDS
    unused, lasted = (now.timestamp() - session[since] for since in (SEEN, BEGAN))
    return bool(unused > idle + NOTED_EACH or lasted > life)


def note_use(session: SessionBase, *, now: datetime) -> bool:
    """Whether it was noted; a moment ago is near enough."""
    moment = int(now.timestamp())
    if moment - session[SEEN] < NOTED_EACH:
        return False
    session[SEEN] = moment
    return True
