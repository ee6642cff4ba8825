"""A mail's reminders: which of them still stand, and are still wanted at this address."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from interviews.channel_order import mailable_addresses
from interviews.models import (
    Candidate,
    ChannelKind,
    DeliveryState,
    Mail,
    MailProposal,
    NotificationChannel,
    Reminder,
)
from interviews.services import locks, mail_proposals
from interviews.services.reminders import current, match_channels
from reminders.signed_links import is_live

Told = TypeVar("Told", Reminder, MailProposal)


def mailable(rows: QuerySet[Told]) -> QuerySet[Told]:
    """Those of candidates who can and want to be mailed: at a verified address that no server
    has refused, with an open account and without a pause."""
    verified = mailable_addresses().filter(user=OuterRef("candidate__user"))
    return rows.filter(
        Exists(verified),
        candidate__user__is_active=True,
        candidate__reminders_paused_at__isnull=True,
    )


def tellable(
    rows: QuerySet[Reminder], channels: Sequence[str], *, now: datetime
) -> QuerySet[Reminder]:
    """Those that email, or these other channels, are to tell by now."""
    due = rows.filter(Q(tell_at__isnull=True) | Q(tell_at__lte=now), channel__in=channels)
    if channels == [ChannelKind.EMAIL]:
        return mailable(due)
    usable = NotificationChannel.objects.usable()
    own = usable.filter(candidate=OuterRef("candidate"), kind=OuterRef("channel"))
    return due.filter(
        Exists(own),
        candidate__user__is_active=True,
        candidate__reminders_paused_at__isnull=True,
    )


def missed_and_current(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Reminders that could not be sent in time, and whose step still stands."""
    return current(reminders.filter(state=DeliveryState.MISSED))


def read_reminders(mails: Sequence[Mail], *, now: datetime) -> dict[UUID, list[Reminder] | None]:
    """Each mail's reminders; None if one of them has changed, or has to wait, which
    `open_reminders` handles under the candidate's lock. One query, and one more for steps that a
    forwarded mail may hold back."""
    found: dict[UUID, list[Reminder] | None] = {mail.pk: [] for mail in mails}
    reminders = Reminder.objects.filter(mail__in=list(found), state=DeliveryState.LEASED)
    told = list(_with_parties(reminders))
    begun = {mail.pk for mail in mails if _is_begun(mail)}
    may_wait = [each.interview for each in told if each.mail_id not in begun]
    paused = mail_proposals.paused_until(may_wait, now=now)
    for each in told:
        assert each.mail_id is not None
        others = found[each.mail_id]
        is_due = each.mail_id in begun or each.interview_id not in paused
        if others is not None and is_due and _is_open(each, now=now):
            others.append(each)
        else:
            found[each.mail_id] = None
    return found


@transaction.atomic
def open_reminders(mail: Mail, *, now: datetime) -> list[Reminder]:
    """Return the mail's reminders whose step still stands; settle the others. Those that a
    forwarded mail holds back are revived by the sweep when its pause ends.

    Read under the candidate's lock, so that changed preferences are either seen here or find these
    reminders as they are left. If the candidate has another address now, or not this channel, the
    reminders are released to be told there.
    """
    reminders = mail.reminders.filter(state=DeliveryState.LEASED)
    candidate_id = reminders.values_list("candidate", flat=True).first()
    if candidate_id is None:
        return []
    locks.lock_candidate(candidate_id)
    if not _is_hers(mail):
        mark(reminders, state=DeliveryState.WAITING, mail=None)
        match_channels(Candidate.objects.get(pk=candidate_id))
        return []
    live = [each for each in _with_parties(reminders) if _is_open(each, now=now)]
    may_wait = [] if _is_begun(mail) else [each.interview for each in live]
    held = mail_proposals.hold_reminders(may_wait, now=now)
    live = [each for each in live if each.interview_id not in held]
    mark(
        reminders.exclude(pk__in=[each.pk for each in live]),
        state=DeliveryState.SETTLED,
    )
    return live


def mark(reminders: QuerySet[Reminder], **values: object) -> int:
    """Update the rows, locked in everybody's order; return how many."""
    keys = [each.pk for each in locks.lock_reminders(reminders)]
    return Reminder.objects.filter(pk__in=keys).update(**values)


def _with_parties(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """With everything that a mail about them needs; `has_mail` if a forwarded mail may be the
    answer."""
    mails = MailProposal.objects.news().filter(
        candidate=OuterRef("candidate"), interview=OuterRef("interview")
    )
    return (
        reminders.annotate(has_mail=Exists(mails))
        .select_related("candidate__user", "interview__vacancy__company", "interview__step_person")
        .order_by("due_at", "pk")
    )


def _is_begun(mail: Mail) -> bool:
    """An earlier try may have arrived without an answer. It is tried again under its Message-ID: in
    another mail, a day later, the candidate would be told twice."""
    return mail.tries > 0


def _is_hers(mail: Mail) -> bool:
    if mail.channel != ChannelKind.EMAIL:
        own = NotificationChannel.objects.usable().filter(pk=mail.recipient)
        return own.filter(candidate__user=mail.user, candidate__user__is_active=True).exists()
    addresses = EmailAddress.objects.filter(Q(verified=True, primary=True), user=mail.user)
    is_active = mail.user is not None and mail.user.is_active
    return is_active and addresses.filter(email=mail.recipient).exists()


def _is_open(reminder: Reminder, *, now: datetime) -> bool:
    candidate = reminder.candidate
    reminder.interview.candidate = candidate  # the same row, which need not be read twice
    return (
        candidate.reminders_paused_at is None
        and reminder.step not in candidate.muted_steps
        and reminder.due_at == reminder.interview.step_due_at
        and is_live(reminder, now=now)
    )
