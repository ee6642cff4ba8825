"""A mail's reminders: which of them still stand, and are still wanted at this address."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from interviews.models import DeliveryState, Mail, Reminder
from interviews.reminders.links import is_live
from interviews.services import steps


def mailable(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Those of candidates who can and want to be mailed: at a verified address, while their
    account is open and reminders are not stopped."""
    verified = EmailAddress.objects.filter(
        user=OuterRef("candidate__user"), verified=True, primary=True
    )
    return reminders.filter(
        Exists(verified),
        candidate__user__is_active=True,
        candidate__reminders_paused_at__isnull=True,
    )


@transaction.atomic
def open_members(mail: Mail, *, now: datetime) -> list[Reminder]:
    """The mail's reminders whose step still stands; the others are settled.

    Read under the candidate's lock, so that a wish she changes is either seen here or finds
    these reminders as they are left. Where the address is no longer hers, they are released to
    be mailed to the one that is.
    """
    members = mail.reminders.filter(state=DeliveryState.LEASED)
    candidate_id = members.values_list("candidate", flat=True).first()
    if candidate_id is None:
        return []
    steps.lock_candidate(candidate_id)
    if not _is_hers(mail):
        mark(members, state=DeliveryState.WAITING, mail=None)
        return []
    with_parties = members.select_related(
        "candidate__user",
        "interview__candidate__user",
        "interview__vacancy__company",
        "interview__step_person",
    )
    live = [each for each in with_parties.order_by("due_at", "pk") if _is_open(each, now=now)]
    mark(
        members.exclude(pk__in=[each.pk for each in live]),
        state=DeliveryState.SETTLED,
    )
    return live


def mark(reminders: QuerySet[Reminder], **values: object) -> int:
    """Update the rows, locked in the order in which everybody locks them; how many."""
    keys = [each.pk for each in steps.lock_reminders(reminders)]
    return Reminder.objects.filter(pk__in=keys).update(**values)


def _is_hers(mail: Mail) -> bool:
    addresses = EmailAddress.objects.filter(Q(verified=True, primary=True), user=mail.user)
    is_active = mail.user is not None and mail.user.is_active
    return is_active and addresses.filter(email__iexact=mail.recipient).exists()


def _is_open(reminder: Reminder, *, now: datetime) -> bool:
    candidate = reminder.candidate
    return (
        candidate.reminders_paused_at is None
        and reminder.step not in candidate.muted_steps
        and reminder.due_at == reminder.interview.step_due_at
        and is_live(reminder, now=now)
    )
