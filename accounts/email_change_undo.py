"""The link in the notice of a changed address: signed for this alone, and naming one change."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import EmailChange, User

SALT = "accounts.way_back"


def newest_url(user: User) -> str:
    """For the change that was just made."""
    change = user.email_changes.first()
    assert change is not None  # the receiver of allauth's signal has written it
    token = signing.dumps(str(change.pk), salt=SALT)
    return f"{settings.BASE_URL}{reverse('accounts:email-change-undo-open', args=[token])}"


def find_change(token: str, *, now: datetime) -> EmailChange | None:
    """The change that this token can take back; None if it is no such token, or too late."""
    try:
        key = UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return EmailChange.objects.open(now).select_related("user").filter(pk=key).first()
