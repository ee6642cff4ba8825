"""The signed link in the notice of an email change. Its salt is used for nothing else, and it names
one change."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import EmailChange, User

SALT = "accounts.way_back"


def newest_url(user: User) -> str:
    """Return the link for the most recent change."""
    change = user.email_changes.first()
    assert change is not None  # the receiver of allauth's signal has created it
    token = signing.dumps(str(change.pk), salt=SALT)
    return f"{settings.BASE_URL}{reverse('accounts:email-change-undo-open', args=[token])}"


def find_change(token: str, *, now: datetime) -> EmailChange | None:
    """Return the change that this token can undo, or None if the token is invalid or expired."""
    try:
        key = UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return EmailChange.objects.open(now).select_related("user").filter(pk=key).first()
