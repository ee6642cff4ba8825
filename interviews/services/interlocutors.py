"""The people met on the way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from interviews.models import Interlocutor, Interview
from interviews.services import steps
from interviews.services.checks import check_own


@transaction.atomic
def create_interlocutor(*, interlocutor: Interlocutor) -> Interlocutor:
    check_own(interlocutor.candidate, company=interlocutor.company)
    interlocutor.full_clean()
    interlocutor.save()
    return interlocutor


@transaction.atomic
def change_interlocutor(*, interlocutor: Interlocutor, now: datetime) -> Interlocutor:
    """No step depends on a name or a number: they are read when a sentence is made."""
    check_own(interlocutor.candidate, company=interlocutor.company)
    interlocutor.full_clean()
    interlocutor.save()
    return interlocutor


@transaction.atomic
def delete_interlocutor(*, interlocutor: Interlocutor, now: datetime) -> None:
    """The facts stay, without the person; the steps that named the person are re-decided."""
    interview_ids = _interviews_with(interlocutor)
    steps.lock_interviews(interview_ids)
    interlocutor.delete()
    steps.redecide(interview_ids, now=now, is_fact=False)


def _interviews_with(interlocutor: Interlocutor) -> list[UUID]:
    rows = Interview.objects.of(interlocutor.candidate).filter(
        Q(participations__interlocutor=interlocutor)
        | Q(contacts__person=interlocutor)
        | Q(agreements__responsible=interlocutor)
        | Q(step_person=interlocutor)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())
