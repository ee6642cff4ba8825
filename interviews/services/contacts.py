"""Calls, letters and messages since an interview."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Contact
from interviews.services import locks, next_step
from interviews.services.checks import check_due, check_moment, check_own
from interviews.services.idempotency import already_recorded


@transaction.atomic
def record_contact(*, contact: Contact, now: datetime) -> Contact:
    interview = locks.lock_interview(contact.interview_id)
    earlier = already_recorded(Contact, interview, contact.submission_id)
    if earlier is not None:
        return earlier
    contact.interview = interview
    _check(contact, now=now)
    contact.save()
    interview.snoozed_until = None
    interview.save(update_fields=["snoozed_until"])
    next_step.recompute_next_step([interview.pk], now=now)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, now: datetime) -> Contact:
    """Save the changed instance; an agreement made in the contact gets its time."""
    contact.interview = locks.lock_interview(contact.interview_id)
    _check(contact, now=now)
    contact.save()
    _move_agreement(contact)
    next_step.recompute_next_step([contact.interview_id], now=now)
    return contact


@transaction.atomic
def delete_contact(*, contact: Contact, now: datetime) -> None:
    """Delete the contact and an agreement made in it."""
    locks.lock_interviews([contact.interview_id])
    contact.delete()
    next_step.recompute_next_step([contact.interview_id], now=now)


def _check(contact: Contact, *, now: datetime) -> None:
    check_own(contact.interview.candidate, person=contact.person)
    contact.full_clean()
    check_moment("at", contact.at, interview=contact.interview, now=now)


def _move_agreement(contact: Contact) -> None:
    agreement = getattr(contact, "agreement", None)
    if agreement is None:
        return
    agreement.made_at = contact.at
    try:
        check_due(agreement)
    except ValidationError as error:
        raise ValidationError(
            {
                "at": [
                    _(
                        "The agreed date would be before this. Choose an earlier time, or change "
                        "the agreement first."
                    )
                ]
            }
        ) from error
    agreement.save(update_fields=["made_at"])
