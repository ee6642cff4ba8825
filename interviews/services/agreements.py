"""Agreements: a new one replaces an older one; none is overwritten."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Agreement
from interviews.services import locks, next_step
from interviews.services.checks import check_due, check_moment, check_own, refuse
from interviews.services.idempotency import already_recorded


@transaction.atomic
def record_agreement(*, agreement: Agreement, now: datetime) -> Agreement:
    """Record what was agreed at the end of the interview, or in `agreement.contact`."""
    interview = locks.lock_interview(agreement.interview_id)
    earlier = already_recorded(Agreement, interview, agreement.submission_id)
    if earlier is not None:
        return earlier
    agreement.interview = interview
    if agreement.contact is not None:
        agreement.made_at = agreement.contact.at
    check_agreement(agreement, now=now)
    agreement.save()
    interview.snoozed_until = None
    interview.save(update_fields=["snoozed_until"])
    next_step.recompute_next_step([interview.pk], now=now)
    return agreement


@transaction.atomic
def delete_agreement(*, agreement: Agreement, now: datetime) -> None:
    locks.lock_interviews([agreement.interview_id])
    agreement.delete()
    next_step.recompute_next_step([agreement.interview_id], now=now)


def check_agreement(agreement: Agreement, *, now: datetime) -> None:
    """Raise ValidationError if the agreement is not consistent; write nothing."""
    candidate = agreement.interview.candidate
    check_own(candidate, responsible=agreement.responsible)
    if agreement.contact is not None and agreement.contact.interview_id != agreement.interview_id:
        raise refuse("contact", _("This call or letter belongs to another interview."))
    if agreement.due_time is None:
        agreement.due_timezone = ""
    elif not agreement.due_timezone:
        agreement.due_timezone = candidate.timezone
    agreement.full_clean()
    check_moment("made_at", agreement.made_at, interview=agreement.interview, now=now)
    check_due(agreement)
