"""The signed link in the notice of an email change. Its salt is used for nothing else, and it names
one change."""

from datetime import datetime
from uuid import UUID

from accounts import signed_tokens
from accounts.absolute_url import absolute_url
from accounts.models import EmailChange, User

SALT = "accounts.way_back"


def newest_url(user: User) -> str:
    """Return the link for the most recent change."""
    change = user.email_changes.first()
    assert change is not None  # the receiver of allauth's signal has created it
    return absolute_url(
        "accounts:email-change-undo-open", signed_tokens.sign(str(change.pk), salt=SALT)
    )


def find_change(token: str, *, now: datetime) -> EmailChange | None:
    """Return the change that this token can undo, or None if the token is invalid or expired."""
    open_now = EmailChange.objects.open(now).select_related("user")
    return signed_tokens.read(token, lambda key: open_now.filter(pk=UUID(key)).first(), salt=SALT)
