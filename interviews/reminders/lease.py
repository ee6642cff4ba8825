"""Which mail a sender works on: claimed, renewed and given back by conditional UPDATEs.

An UPDATE whose row count is one says who won, on PostgreSQL and on SQLite alike. A sender that
dies leaves a lease that runs out, and the mail is taken over.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.keys import new_key
from interviews.models import Candidate, DeliveryState, Mail, Reminder
from interviews.reminders.members import mailable, mark
from interviews.reminders.outbox import message_id
from interviews.services import steps

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

    Its text is forgotten: it holds links that act, or a code to sign in.
    """
    Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id).update(
        state=DeliveryState.SENT, sent_at=now, error="", subject=mail.subject, text="", html=""
    )
    carried = Reminder.objects.filter(pk__in=[each.pk for each in reminders])
    mark(carried, state=DeliveryState.SENT, sent_at=now, error="")


@transaction.atomic
def settle(mail: Mail) -> None:
    """Nothing is left to be told in this mail."""
    Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id).update(state=DeliveryState.SETTLED)


@transaction.atomic
def put_back(mail: Mail, error: str, *, now: datetime) -> None:
    """The try failed: again after a growing pause, or missed after the last."""
    pauses = _pauses(mail)
    if mail.tries > len(pauses):
        _give_up(mail, DeliveryState.MISSED, error, now=now)
    else:
        again_at = now + timedelta(seconds=pauses[mail.tries - 1])
        _release(mail, DeliveryState.WAITING, error, try_at=again_at)


@transaction.atomic
def set_aside(mail: Mail, error: str, *, now: datetime) -> None:
    """The mail cannot be written at all; an operator finds it in the admin."""
    _give_up(mail, DeliveryState.SET_ASIDE, error, now=now)


@transaction.atomic
def set_reminder_aside(reminder: Reminder, error: str) -> None:
    """One of a mail's reminders cannot be written; the others go on."""
    mark(Reminder.objects.filter(pk=reminder.pk), state=DeliveryState.SET_ASIDE, error=error)


def _give_up(mail: Mail, state: DeliveryState, error: str, *, now: datetime) -> None:
    _release(mail, state, error, try_at=now)
    Mail.objects.filter(pk=mail.pk, state=state).update(text="", html="")


def _release(mail: Mail, state: DeliveryState, error: str, *, try_at: datetime) -> None:
    held = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
    if held.update(state=state, error=error, try_at=try_at):
        mark(mail.reminders.filter(state=DeliveryState.LEASED), state=state, error=error)


def _pauses(mail: Mail) -> list[int]:
    """Seconds between the tries. A code is good for minutes, a reminder for days."""
    is_account = mail.kind == Mail.Kind.ACCOUNT
    pauses: list[int] = (
        settings.ACCOUNT_MAIL_RETRY_SECONDS if is_account else settings.MAIL_RETRY_SECONDS
    )
    return pauses


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
                waiting = Reminder.objects.filter(mail=pk, state=DeliveryState.WAITING)
                mark(waiting, state=DeliveryState.LEASED)
        if won and not _is_hopeless(mail := Mail.objects.select_related("user").get(pk=pk), now):
            return mail
    return None


def _is_hopeless(mail: Mail, now: datetime) -> bool:
    """A mail at which sender after sender dies is missed in the end like any other."""
    if mail.tries <= len(_pauses(mail)) + 1:
        return False
    put_back(mail, mail.error or "No sender came back from it.", now=now)
    return True


def _claim_new(*, now: datetime) -> Mail | None:
    """One candidate's open reminders together as one new mail, leased to the caller.

    Only where mail is wanted, and only to a verified address.
    """
    ready = mailable(Reminder.objects.unmailed())
    for candidate_id in ready.order_by("due_at").values_list("candidate", flat=True)[:LOOKAHEAD]:
        mail = _make_mail(candidate_id, now=now)
        if mail is not None:
            return mail
    return None


@transaction.atomic
def _make_mail(candidate_id: UUID, *, now: datetime) -> Mail | None:
    # Of two senders the second finds the reminders taken.
    steps.lock_candidate(candidate_id)
    candidate = Candidate.objects.select_related("user").get(pk=candidate_id)
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
    mine = mailable(Reminder.objects.unmailed().filter(candidate=candidate))
    if not mine.exists():
        return None
    mail.save(force_insert=True)
    mark(mine, mail=mail, state=DeliveryState.LEASED)
    return mail
