"""Signed links in mails: one reminder, no sign-in; opening one changes nothing.

Each names an action; once open, the other actions of the same step are a click away. Each is good
while the mailbox that it was mailed to is the account's; those of before that was noted in them
name none, and are good in any.
"""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts import mailboxes
from accounts.models import User
from interviews.models import Candidate, Interview, Reminder

ACTION_SALT = "hearback.action"
UNSUBSCRIBE_SALT = "hearback.unsubscribe"
# Of a token, the mailbox's mark the last.
PARTS = {ACTION_SALT: 3, UNSUBSCRIBE_SALT: 2}
_PLACE = UUID(int=0)


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


@cache
def _path(name: str) -> str:
    """Of a page, with a key's place in it: mails are full of these, and looking one up takes as
    long as writing a line of the mail."""
    return reverse(name, args=[_PLACE])


def _url(name: str, key: object) -> str:
    return absolute(_path(name).replace(str(_PLACE), str(key)))


def action_url(reminder: Reminder, action: str) -> str:
    mailbox = mailboxes.mark_of(reminder.candidate.user)
    token = signing.dumps([reminder.pk.hex, action, mailbox], salt=ACTION_SALT)
    return _url("dashboard:mail-link-open", token)


def interview_url(interview: Interview) -> str:
    return _url("dashboard:interview-detail", interview.pk)


def read_action(token: str) -> tuple[UUID, str] | None:
    """The reminder's key and the action; None for a token that is forged or too old."""
    try:
        key, action, *_mailbox = signing.loads(
            token, salt=ACTION_SALT, max_age=timedelta(days=settings.ACTION_LINK_DAYS)
        )
        return UUID(str(key)), str(action)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def is_live(reminder: Reminder, *, now: datetime) -> bool:
    """Whether the step that the reminder speaks of still stands."""
    interview = reminder.interview
    return (
        reminder.settled_at is None
        and reminder.candidate.user.is_active
        and not interview.is_cancelled
        and interview.step == reminder.step
        and not interview.is_stale(now)
    )


def unsubscribe_url(candidate: Candidate) -> str:
    mailbox = mailboxes.mark_of(candidate.user)
    token = signing.dumps([candidate.pk.hex, mailbox], salt=UNSUBSCRIBE_SALT)
    return _url("dashboard:unsubscribe-open", token)


def read_unsubscribe(token: str) -> UUID | None:
    """The candidate's key. No end: a mail of years ago must still be able to stop mail."""
    try:
        read = signing.loads(token, salt=UNSUBSCRIBE_SALT)
        return UUID(str(read[0] if isinstance(read, list) else read))
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return None


def went_elsewhere(token: str, user: User, *, salt: str) -> bool:
    """Whether a true token was mailed to another address than the account has now."""
    read = signing.loads(token, salt=salt)
    return len(read) == PARTS[salt] and not mailboxes.is_still(str(read[-1]), user)
