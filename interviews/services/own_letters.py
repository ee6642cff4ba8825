"""The candidate's own letter templates."""

from datetime import datetime

from django.db import transaction

from interviews.models import Candidate, OwnLetter
from interviews.services import locks


@transaction.atomic
def keep_letter(
    *, candidate: Candidate, occasion: str, subject: str, body: str, now: datetime
) -> OwnLetter:
    """Save the template for this occasion; it replaces an earlier one."""
    locks.lock_candidate(candidate.pk)
    own = OwnLetter.objects.filter(candidate=candidate, occasion=occasion).first()
    own = own or OwnLetter(candidate=candidate, occasion=occasion)
    own.subject, own.body, own.changed_at = subject, body, now
    own.full_clean()
    own.save()
    return own


@transaction.atomic
def forget_letter(*, candidate: Candidate, occasion: str) -> None:
    """Delete the template, so that the draft is suggested again."""
    OwnLetter.objects.filter(candidate=candidate, occasion=occasion).delete()
