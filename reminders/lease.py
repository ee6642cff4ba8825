"""Leases of mails: claimed in batches, renewed and released one by one.

Each change of a lease is a conditional UPDATE whose row count says who won, on PostgreSQL and on
SQLite. A sender that dies leaves leases that run out, and its mails are taken over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.addresses import canonical_address
from interviews.models import (
    Candidate,
    ChannelKind,
    DeliveryState,
    Fault,
    Mail,
    NotificationChannel,
    RefusedAddress,
    Reminder,
)
from interviews.services import locks
from interviews.services.reminders import FOLLOW_AFTER, match_channels, pass_on
from reminders.event_log import log_event
from reminders.failed_channel import fail_and_tell
from reminders.mail_reminders import mark
from reminders.postgres import is_postgres, run_prepared

# While no connection can be made, a mail is tried at least this often.
AWAY_PAUSE_MAX = timedelta(minutes=10)


def mark_sent(mail: Mail, reminders: Sequence[Reminder], *, now: datetime) -> None:
    """The server accepted the mail. It is marked as sent even if its step was settled meanwhile,
    and even if another sender holds the lease by now, which must not send it again.

    Its text is erased: it contains links that act, or a code.
    """
    if is_postgres():
        keys = sorted(each.pk for each in reminders)
        run_prepared(_MARK_SENT, {**_named(mail, now), "subject": mail.subject, "reminders": keys})
        return
    with transaction.atomic():
        done = {"state": DeliveryState.SENT, "sent_at": now, "error": ""}
        told = Mail.objects.filter(pk=mail.pk)
        told.update(**done, subject=mail.subject, fault="", text="", html="")
        Reminder.objects.filter(pk__in=[each.pk for each in reminders]).update(**done)


# The same as for SQLite above in one round trip. Reminders are locked in the order of
# `lock_reminders`.
_MARK_SENT = """
    WITH told AS (
      SELECT id FROM interviews_reminder WHERE id = ANY(%(reminders)s)
      ORDER BY interview_id, id FOR NO KEY UPDATE
    ), mail AS (
      UPDATE interviews_mail SET state = 'sent', sent_at = %(now)s, subject = %(subject)s,
        fault = '', error = '', text = '', html = ''
      WHERE id = %(mail)s
    )
    UPDATE interviews_reminder AS r SET state = 'sent', sent_at = %(now)s, error = ''
    FROM told WHERE r.id = told.id
"""


@transaction.atomic
def settle(mail: Mail) -> None:
    """Settle a mail that has nothing left to say."""
    leased = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
    leased.update(state=DeliveryState.SETTLED)


@transaction.atomic
def put_back(
    mail: Mail,
    error: str,
    fault: Fault,
    *,
    now: datetime,
    ran_for: timedelta,
    is_soon: bool = False,
) -> None:
    """Retry a failed mail after a growing pause, or mark it as missed after too long.

    `ran_for` is the senders' clock, which stops while none runs. With `is_soon` no mail at all
    could be sent: this one need not wait for hours.
    """
    since = ran_for if mail.failing_since is None else mail.failing_since
    tried_for, most = ran_for - since, _give_up_after(mail)
    failing = {"failing_since": since, **_failed(mail, fault, now=now)}
    if tried_for >= most:
        _give_up(mail, DeliveryState.MISSED, error, now=now, **failing)
        return
    if tried_for >= FOLLOW_AFTER:
        _pass_on(mail.reminders.filter(state=DeliveryState.LEASED), mail, now=now)
    pause = min(_pause(mail), max(most - tried_for, timedelta(seconds=1)))
    if is_soon:
        pause = min(pause, AWAY_PAUSE_MAX)
    _release(mail, DeliveryState.WAITING, error, try_at=now + pause, **failing)


@transaction.atomic
def refuse(mail: Mail, reply: str, *, now: datetime) -> None:
    """The mailbox does not exist, or no device is left. Reminders are not told there until the
    candidate asks; the next channel tells them, or they wait for another address."""
    failed = _failed(mail, Fault.MAILBOX, now=now)
    _lock(mail)
    if mail.channel != ChannelKind.EMAIL:
        channel_id = UUID(mail.recipient)
        fail_and_tell(channel_id=channel_id, error=reply, now=now)
        if NotificationChannel.objects.usable().filter(pk=channel_id).exists():
            # A browser has subscribed at this moment.
            _release(mail, DeliveryState.WAITING, reply, try_at=now)
        else:
            _give_up(mail, DeliveryState.MISSED, reply, now=now, **failed)
        return
    _give_up(mail, DeliveryState.MISSED, reply, now=now, **failed)
    Reminder.objects.filter(mail=mail, state=DeliveryState.MISSED).update(
        state=DeliveryState.WAITING, mail=None, missed_at=None
    )
    refuse_address(mail, reply, now=now)


@transaction.atomic
def take_back(mail: Mail, reply: str, *, is_mailbox: bool, now: datetime) -> None:
    """The mail was accepted and could not be delivered: treat it as if it had been refused. A
    refusal for another reason is not retried, but shown as missed."""
    fault = Fault.MAILBOX if is_mailbox else Fault.SERVER
    sent = Mail.objects.filter(pk=mail.pk, state=DeliveryState.SENT)
    missed = {"state": DeliveryState.MISSED, "error": reply}
    if sent.update(**missed, **_failed(mail, fault, now=now)):
        waits = {"state": DeliveryState.WAITING, "mail": None, "sent_at": None}
        told = mail.reminders.filter(state=DeliveryState.SENT)
        keys = list(told.values_list("pk", flat=True))
        mark(told, **(waits if is_mailbox else {**missed, "missed_at": now}))
        if not is_mailbox:
            _pass_on(Reminder.objects.filter(pk__in=keys), mail, now=now)
    if is_mailbox:
        refuse_address(mail, reply, now=now)


def refuse_address(mail: Mail, reply: str, *, now: datetime) -> None:
    at = canonical_address(mail.recipient)
    address = EmailAddress.objects.filter(user=mail.user, email=at).first()
    if address is not None:
        RefusedAddress.objects.update_or_create(
            address=address, defaults={"reply": reply, "refused_at": now}
        )
        candidate = Candidate.objects.filter(user=mail.user_id).first()
        if candidate is not None and candidate.channel_order:
            match_channels(candidate)


def forget_refusals(recipients: Iterable[str]) -> None:
    """A server accepted mail for these addresses after all."""
    RefusedAddress.objects.filter(address__email__in=list(recipients)).delete()


@transaction.atomic
def quarantine_mail(mail: Mail, error: str, *, now: datetime) -> None:
    """The mail cannot be written at all; an operator finds it in the admin."""
    _give_up(mail, DeliveryState.QUARANTINED, error, now=now)


@transaction.atomic
def quarantine_reminder(reminder: Reminder, error: str) -> None:
    """One of a mail's reminders cannot be written; the others go on."""
    mark(Reminder.objects.filter(pk=reminder.pk), state=DeliveryState.QUARANTINED, error=error)


def give_back(mails: Iterable[Mail], *, now: datetime) -> None:
    """Release claimed mails that were not begun."""
    for mail in mails:
        with transaction.atomic():
            _release(mail, DeliveryState.WAITING, mail.error, try_at=now)


def _failed(mail: Mail, fault: Fault, *, now: datetime) -> dict[str, object]:
    return {"failures": mail.failures + 1, "failed_at": now, "fault": fault}


def _give_up(
    mail: Mail, state: DeliveryState, error: str, *, now: datetime, **values: object
) -> None:
    _release(mail, state, error, try_at=now, **values)
    if Mail.objects.filter(pk=mail.pk, state=state).update(text="", html=""):
        given_up = Reminder.objects.filter(mail=mail, state=state)
        if state == DeliveryState.MISSED:
            given_up.update(missed_at=now)
        if state == DeliveryState.MISSED or mail.channel != ChannelKind.EMAIL:
            _pass_on(given_up, mail, now=now)


def _lock(mail: Mail) -> None:
    """Lock all that its failure may change at once, in everybody's order."""
    mine = Reminder.objects.filter(candidate__user=mail.user_id)
    locks.lock_reminders(mine.filter(mail=mail) | mine.unmailed() | mine.to_follow())


def _pass_on(given_up: QuerySet[Reminder], mail: Mail, *, now: datetime) -> None:
    """Email is the last resort of the others; after an email only what was wished follows."""
    if mail.channel == ChannelKind.EMAIL:
        given_up = given_up.exclude(next_channel="")
    if passed := pass_on(given_up, now=now):
        log_event("passed on", [each.pk for each in passed], mail=mail)


def _release(
    mail: Mail, state: DeliveryState, error: str, *, try_at: datetime, **values: object
) -> None:
    leased = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
    if leased.update(state=state, error=error, try_at=try_at, **values):
        mark(mail.reminders.filter(state=DeliveryState.LEASED), state=state, error=error)


def _give_up_after(mail: Mail) -> timedelta:
    """A code is valid for minutes, a reminder for days; after a notification another channel
    follows."""
    is_told_elsewhere = mail.channel != ChannelKind.EMAIL
    if is_told_elsewhere and not mail.has_fixed_text:
        return FOLLOW_AFTER
    is_code = is_told_elsewhere or mail.kind == Mail.Kind.ACCOUNT
    most: timedelta = settings.ACCOUNT_MAIL_GIVE_UP if is_code else settings.MAIL_GIVE_UP
    return most


def _pause(mail: Mail) -> timedelta:
    """The pause after a failure that is not counted yet."""
    is_hasty = mail.kind == Mail.Kind.ACCOUNT or mail.channel != ChannelKind.EMAIL
    pauses = settings.ACCOUNT_MAIL_RETRY_SECONDS if is_hasty else settings.MAIL_RETRY_SECONDS
    return timedelta(seconds=pauses[min(mail.failures, len(pauses) - 1)])


# Every send asks this once, and the ORM takes longer to write it than the database to run it: for
# the same figure. %(count)s reminders must be as the sender read them.
_RENEW = """
    UPDATE interviews_mail SET try_at = %(until)s, tries = tries + 1
    WHERE id = %(mail)s AND lease_id = %(lease)s AND state = 'leased'
      AND EXISTS ({recipient})
      AND %(count)s = (
        SELECT count(*) FROM interviews_reminder AS r
          JOIN interviews_interview AS i ON i.id = r.interview_id
          JOIN interviews_candidate AS c ON c.id = r.candidate_id
        WHERE r.mail_id = interviews_mail.id AND r.state = 'leased' AND r.settled_at IS NULL
          AND i.step = r.step AND i.step_due_at = r.due_at AND i.cancelled_at IS NULL
          AND (i.step_expires_at IS NULL OR i.step_expires_at > %(now)s)
          AND c.reminders_paused_at IS NULL)
"""
_RENEW_REMINDERS = _RENEW.replace(
    "{recipient}",
    """
        SELECT 1 FROM account_emailaddress AS a JOIN accounts_user AS u ON u.id = a.user_id
        WHERE a.user_id = interviews_mail.user_id AND a.email = interviews_mail.recipient
          AND a.verified AND a."primary" AND u.is_active""",
)
_RENEW_NOTIFICATIONS = _RENEW.replace(
    "{recipient}",
    """
        SELECT 1 FROM interviews_notificationchannel AS n
          JOIN interviews_candidate AS o ON o.id = n.candidate_id
          JOIN accounts_user AS u ON u.id = o.user_id
        WHERE o.user_id = interviews_mail.user_id AND n.id = %(channel)s
          AND n.failed_at IS NULL AND n.confirmed_at IS NOT NULL AND u.is_active""",
)


def renew(mail: Mail, *, now: datetime, reminders: int = 0) -> bool:
    """Just before sending: check whether the lease is still the caller's and the facts are as it
    read them; then renew the lease and count an attempt.

    `reminders` is the number in the mail; a mail with a fixed text has none and reads no facts.
    """
    until = now + settings.MAIL_LEASE
    if mail.has_fixed_text:
        leased = Mail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, state=DeliveryState.LEASED)
        is_leased = leased.update(try_at=until, tries=mail.tries + 1) == 1
    else:
        values = {**_named(mail, now), "count": reminders, "until": _adapted(until)}
        is_email = mail.channel == ChannelKind.EMAIL
        query = _RENEW_REMINDERS if is_email else _RENEW_NOTIFICATIONS
        if not is_email:
            channel = UUID(mail.recipient)
            values["channel"] = channel if is_postgres() else channel.hex
        if is_postgres():
            is_leased = run_prepared(query, values) == 1
        else:
            with connection.cursor() as cursor:
                cursor.execute(query, values)
                is_leased = cursor.rowcount == 1
    mail.tries += is_leased
    return is_leased


def _named(mail: Mail, now: datetime) -> dict[str, Any]:
    """The mail, its lease and the time, as this database takes them in raw SQL."""
    if is_postgres():
        return {"mail": mail.pk, "lease": mail.lease_id, "now": now}
    assert mail.lease_id is not None
    return {"mail": mail.pk.hex, "lease": mail.lease_id.hex, "now": _adapted(now)}


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
