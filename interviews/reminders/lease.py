"""Which mail a sender works on: claimed, renewed and given back by conditional UPDATEs.

An UPDATE whose row count is one says who won, on PostgreSQL and on SQLite alike. A sender that
dies leaves a lease that runs out, and the mail is taken over.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from accounts.keys import new_key
from interviews.models import Candidate, DeliveryState, Mail, Reminder
from interviews.reminders.outbox import message_id

# How many of the oldest a claim tries, so that senders side by side do not race for one row.
LOOKAHEAD = 20


def claim_mail(*, now: datetime) -> Mail | None:
    """A mail to send now, leased to the caller; None when there is nothing to send."""
    return _claim_waiting(now=now) or _claim_new(now=now)


def renew(mail: Mail, *, now: datetime) -> bool:
    """Just before the send: whether the lease is still the caller's, and a full one again."""
    held = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
    return held.update(try_at=now + settings.MAIL_LEASE) == 1


@transaction.atomic
def mark_sent(mail: Mail, reminders: list[Reminder], *, now: datetime) -> None:
    """The server took the mail over. Told is told, even if its step was settled meanwhile.

    The text of an account mail is forgotten: it may hold a sign-in code.
    """
    is_kept = mail.kind == Mail.Kind.REMINDER
    Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id).update(
        state=DeliveryState.SENT,
        sent_at=now,
        error="",
        subject=mail.subject,
        text=mail.text if is_kept else "",
        html=mail.html if is_kept else "",
    )
    Reminder.objects.filter(pk__in=[each.pk for each in reminders]).update(
        state=DeliveryState.SENT, sent_at=now, error=""
    )


@transaction.atomic
def settle(mail: Mail) -> None:
    """Nothing is left to be told in this mail."""
    Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id).update(state=DeliveryState.SETTLED)


@transaction.atomic
def put_back(mail: Mail, error: str, *, now: datetime) -> None:
    """The try failed: again after a growing pause, or missed after the last."""
    pauses = settings.MAIL_RETRY_SECONDS
    is_last = mail.tries > len(pauses)
    state = DeliveryState.MISSED if is_last else DeliveryState.WAITING
    pause = timedelta(0) if is_last else timedelta(seconds=pauses[mail.tries - 1])
    _release(mail, state, error, try_at=now + pause)


@transaction.atomic
def set_aside(mail: Mail, error: str, *, now: datetime) -> None:
    """The mail cannot be written at all; an operator finds it in the admin."""
    _release(mail, DeliveryState.SET_ASIDE, error, try_at=now)


def _release(mail: Mail, state: DeliveryState, error: str, *, try_at: datetime) -> None:
    held = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
    if held.update(state=state, error=error, try_at=try_at):
        mail.reminders.filter(state=DeliveryState.LEASED).update(state=state, error=error)


def _claim_waiting(*, now: datetime) -> Mail | None:
    oldest = Mail.objects.claimable(now).order_by("try_at").values_list("pk", flat=True)
    for pk in oldest[:LOOKAHEAD]:
        with transaction.atomic():
            won = (
                Mail.objects.claimable(now)
                .filter(pk=pk)
                .update(
                    state=DeliveryState.LEASED,
                    lease_id=new_key(),
                    try_at=now + settings.MAIL_LEASE,
                    tries=F("tries") + 1,
                )
            )
            if won:
                Reminder.objects.filter(mail=pk, state=DeliveryState.WAITING).update(
                    state=DeliveryState.LEASED
                )
        if won:
            return Mail.objects.select_related("user").get(pk=pk)
    return None


def _claim_new(*, now: datetime) -> Mail | None:
    """One candidate's open reminders together as one new mail, leased to the caller.

    Only where mail is wanted, and only to a verified address.
    """
    verified = EmailAddress.objects.filter(
        user=OuterRef("candidate__user"), verified=True, primary=True
    )
    ready = Reminder.objects.unmailed().filter(
        Exists(verified), candidate__reminders_paused_at__isnull=True
    )
    for candidate_id in ready.order_by("due_at").values_list("candidate", flat=True)[:LOOKAHEAD]:
        mail = _make_mail(candidate_id, now=now)
        if mail is not None:
            return mail
    return None


@transaction.atomic
def _make_mail(candidate_id: UUID, *, now: datetime) -> Mail | None:
    # The candidate's lock: of two senders the second finds the reminders taken.
    candidate = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=candidate_id)
    )
    address = EmailAddress.objects.get_primary(candidate.user)
    key = new_key()
    mail = Mail(
        id=key,
        kind=Mail.Kind.REMINDER,
        user=candidate.user,
        recipient=address.email if address else candidate.user.email,
        message_id=message_id(key),
        state=DeliveryState.LEASED,
        lease_id=new_key(),
        try_at=now + settings.MAIL_LEASE,
        tries=1,
        created_at=now,
    )
    mine = Reminder.objects.unmailed().filter(candidate=candidate)
    if not mine.exists():
        return None
    mail.save(force_insert=True)
    mine.update(mail=mail, state=DeliveryState.LEASED)
    return mail
