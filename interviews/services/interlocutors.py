"""The people met on the way."""

from datetime import datetime

from django.db import transaction

from interviews.models import Interlocutor, Interview
from interviews.services import locks, next_step
from interviews.services.checks import check_own


@transaction.atomic
def save_interlocutor(*, interlocutor: Interlocutor) -> Interlocutor:
    """No step depends on a name or a number: sentences read them."""
    check_own(interlocutor.candidate, company=interlocutor.company)
    interlocutor.full_clean()
    interlocutor.save()
    return interlocutor


@transaction.atomic
def delete_interlocutor(*, interlocutor: Interlocutor, now: datetime) -> None:
    """Keep the facts without the person, and recompute the steps that named the person."""
    locks.lock_candidate(interlocutor.candidate_id)
    # All of them: only under the lock is it certain which ones name the person.
    rows = Interview.objects.of(interlocutor.candidate).order_by("pk")
    interview_ids = list(rows.values_list("pk", flat=True))
    locks.lock_interviews(interview_ids)
    interlocutor.delete()
    next_step.recompute_next_step(interview_ids, now=now, is_fact=False)
