"""Signed links in mails: one reminder, no sign-in; opening one changes nothing.

Each names an action; its page links the other actions of the step. Each is valid while the mailbox
that it was sent to is the account's; links of former releases name no mailbox, and are valid in
any.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from accounts import mailboxes, signed_tokens
from accounts.absolute_url import absolute_url
from accounts.models import User
from interviews.models import Candidate, Interview, Reminder

ACTION_SALT = "hearback.action"
UNSUBSCRIBE_SALT = "hearback.unsubscribe"
# The parts of a token, the mailbox's mark last.
PARTS = {ACTION_SALT: 3, UNSUBSCRIBE_SALT: 2}


def action_url(reminder: Reminder, action: str) -> str:
    mailbox = mailboxes.mark_of(reminder.candidate.user)
    token = signed_tokens.sign([reminder.pk.hex, action, mailbox], salt=ACTION_SALT)
    return absolute_url("dashboard:mail-link-open", token)


def interview_url(interview: Interview) -> str:
    return absolute_url("dashboard:interview-detail", interview.pk)


def read_action(token: str) -> tuple[UUID, str] | None:
    """Return the reminder's key and the action; None for a forged or expired token."""
    max_age = timedelta(days=settings.ACTION_LINK_DAYS)
    return signed_tokens.read(token, _key_and_action, salt=ACTION_SALT, max_age=max_age)


def _key_and_action(signed: list[Any]) -> tuple[UUID, str]:
    key, action, *_mailbox = signed
    return UUID(str(key)), str(action)


def is_live(reminder: Reminder, *, now: datetime) -> bool:
    """Whether the reminder's step still stands."""
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
    token = signed_tokens.sign([candidate.pk.hex, mailbox], salt=UNSUBSCRIBE_SALT)
    return absolute_url("dashboard:unsubscribe-open", token)


def read_unsubscribe(token: str) -> UUID | None:
    """Return the candidate's key. It never expires: a mail of years ago must still be able to stop
    mails."""
    return signed_tokens.read(token, _key_of_candidate, salt=UNSUBSCRIBE_SALT)


def _key_of_candidate(signed: list[Any] | str) -> UUID:
    return UUID(str(signed[0] if isinstance(signed, list) else signed))


def went_elsewhere(token: str, user: User, *, salt: str) -> bool:
    """Whether a valid token was mailed to another address than the account has now."""
    read = signed_tokens.read(token, list, salt=salt) or []
    return len(read) == PARTS[salt] and not mailboxes.is_still(str(read[-1]), user)
