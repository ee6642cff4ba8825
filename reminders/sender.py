"""A sender: takes mails in batches, and sends them one after another over one open connection.

For each mail: renew the lease by a conditional UPDATE that also checks whether the facts are as
they were read; write and send the mail; mark it as sent after the server's 250, before the next one
begins. The package's docstring states what that guarantees.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import sleep
from typing import Protocol

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from interviews.models import Fault, Mail, SenderState
from interviews.quarantine import error_text, place_of, raise_if_passing
from reminders import claim, lease
from reminders.event_log import log_event
from reminders.postgres import ready_connection
from reminders.rendered_mail import RenderedMail, render_anew, rendered_mails_of, write
from reminders.sending_clock import FRESH, count_batch, note_at_work, running, running_from
from reminders.smtp import SendError, SmtpStage, fault_of, has_status

logger = logging.getLogger(__name__)

# While a database restarts, the mark is retried, because the server has accepted the mail.
NOTE_PAUSE_SECONDS = 0.5
# A server that refuses one recipient without a reason is asked again. If it accepted others within
# this time, it probably means the mailbox.
ACCEPTED_LATELY = timedelta(hours=1)
# After this many mails in a row without an answer, the server counts as down: each may have cost
# the time limit of a mail.
AWAY_MAX = 3
# A longer batch is released: a worker that is told to stop must end.
SLICE = timedelta(seconds=30)


class Way(Protocol):
    """What differs between channels: Delivery by SMTP, ApiDelivery, PushDelivery,
    MessageDelivery."""

    knows_mailboxes: bool

    @property
    def kinds(self) -> Sequence[Mail.Kind]:
        """What it sends, in this order."""

    def open(self) -> None: ...
    def send(self, recipient: str, content: bytes, *, began: float) -> str: ...


@dataclass
class _Batch:
    """The result of one batch."""

    clock: Callable[[], datetime]
    state: SenderState | None  # None: no mails
    noted_at: datetime
    accepted_at: datetime | None
    sent: int = 0
    failed: int = 0
    retried: int = 0
    away_in_a_row: int = 0
    told_by_request: list[str] = field(default_factory=list)


def send_batch(*, now: datetime, delivery: Way) -> int:
    """Send the mails of one batch; return how many were handled. 0: nothing more to do for now."""
    ready_connection()
    # The senders' clock, and what a server accepted lately, are of mails alone.
    is_by_email = Mail.Kind.REMINDER in delivery.kinds
    state = note_at_work(now=now) if is_by_email else None
    mails = claim.claim_mails(delivery.kinds, now=now)
    if not mails:
        return 0
    batch = _Batch(running_from(now), state, now, state.accepted_at if state else None)
    try:
        delivery.open()
    except SendError as failure:
        # This error is not about one mail: the mails and the server are retried later.
        for mail in mails:
            _put_back(RenderedMail(mail, []), failure, batch)
        _count(batch)
        return 0
    is_over = False
    for number, rendered in enumerate(_rendered_mails(mails, now=now)):
        try:
            _work_on(rendered, delivery, batch)
        except _ServerGoneError:
            is_over = True
        except Exception as error:
            # Not the mail's fault: its lease runs out, and it is retried.
            raise_if_passing(error)
            _quarantine(rendered.mail, error, batch)
        if is_over or batch.clock() - now > SLICE:
            lease.give_back(mails[number + 1 :], now=batch.clock())
            break
    _count(batch)
    return 0 if is_over else len(mails)


def _rendered_mails(mails: Sequence[Mail], *, now: datetime) -> list[RenderedMail]:
    """Write ahead; if one mail prevents that, each is written when its turn comes."""
    try:
        return rendered_mails_of(mails, now=now)
    except Exception as error:
        raise_if_passing(error)
        logger.error("%d mails cannot be written together: %s", len(mails), place_of(error))
        return [RenderedMail(mail, []) for mail in mails]


def _quarantine(mail: Mail, error: Exception, batch: _Batch) -> None:
    """One mail must not delay the others."""
    logger.error("Mail %s cannot be sent: %s", mail.pk, place_of(error))
    lease.quarantine_mail(mail, error_text(error), now=batch.clock())
    batch.failed += 1


class _ServerGoneError(Exception):
    """No connection can be made, or none lasts."""


def _work_on(rendered: RenderedMail, delivery: Way, batch: _Batch) -> None:
    if batch.state is not None and batch.clock() - batch.noted_at > FRESH:
        # A slow server makes a batch long; its sender is still at work.
        batch.noted_at = batch.clock()
        batch.state = note_at_work(now=batch.noted_at)
    if not (rendered.is_written and _renew(rendered, batch)):
        # Not written yet, a fact has changed, or the lease is lost: see what is left to say.
        rendered = render_anew(rendered.mail, now=batch.clock())
        if not rendered.is_to_send:
            lease.settle(rendered.mail)
            return
        if not _renew(rendered, batch):
            return
        write(rendered, now=batch.clock())
    if rendered.is_written:
        _send(rendered, delivery, batch)
    else:
        lease.quarantine_mail(rendered.mail, rendered.error, now=batch.clock())


def _renew(rendered: RenderedMail, batch: _Batch) -> bool:
    rendered.renewed = running()
    return lease.renew(rendered.mail, now=batch.clock(), reminders=len(rendered.reminders))


def _send(rendered: RenderedMail, delivery: Way, batch: _Batch) -> None:
    mail = rendered.mail
    batch.retried += mail.failures > 0
    try:
        reply = delivery.send(mail.recipient, rendered.message, began=rendered.renewed)
    except SendError as failure:
        _put_back(rendered, failure, batch)
        batch.away_in_a_row = batch.away_in_a_row + 1 if failure.code == 0 else 0
        if failure.is_connection or batch.away_in_a_row == AWAY_MAX:
            raise _ServerGoneError from failure
        return
    batch.away_in_a_row = 0
    _note_sent(rendered, clock=batch.clock)
    log_event("accepted", rendered.keys, mail=mail, reply=_unnamed(reply, mail))
    batch.sent += 1
    batch.accepted_at = batch.clock()
    if rendered.is_account and delivery.knows_mailboxes:
        batch.told_by_request.append(mail.recipient)


def _put_back(rendered: RenderedMail, failure: SendError, batch: _Batch) -> None:
    """Retry or not, depending on the failure."""
    mail = rendered.mail
    now, fault = batch.clock(), _fault(mail, failure, batch)
    log_event("failed", rendered.keys, mail=mail, fault=fault, reply=_unnamed(str(failure), mail))
    batch.failed += 1
    if fault == Fault.MAILBOX:
        lease.refuse(mail, f"{failure.code} {failure.reply}", now=now)
    else:
        # Without that clock the time since the claim counts: email follows, and is not late.
        ran_for = batch.state.ran_for if batch.state else now - mail.created_at
        is_soon = failure.is_connection
        lease.put_back(mail, str(failure), fault, now=now, ran_for=ran_for, is_soon=is_soon)


def _unnamed(reply: str, mail: Mail) -> str:
    """For the log, without names; servers tend to repeat the address."""
    return reply.replace(mail.recipient, "…")


def _fault(mail: Mail, failure: SendError, batch: _Batch) -> Fault:
    """A refusal without a reason counts when it is repeated and another recipient was accepted in
    between: a server may refuse everybody for a while."""
    accepted_at = batch.accepted_at
    is_lately = accepted_at is not None and batch.clock() - accepted_at < ACCEPTED_LATELY
    fault = fault_of(failure, are_others_accepted=is_lately)
    if fault != Fault.MAILBOX or has_status(failure):
        return fault
    last_at = mail.failed_at
    if last_at is None or not mail.error.startswith(f"{SmtpStage.RCPT}: 5"):
        return Fault.LATER
    return fault if accepted_at is not None and accepted_at > last_at else Fault.SERVER


def _note_sent(rendered: RenderedMail, *, clock: Callable[[], datetime]) -> None:
    """A mail that is not marked is sent again, so retry as long as the lease lasts while the
    database is busy or restarts."""
    until = clock() + settings.MAIL_LEASE
    while True:
        try:
            lease.mark_sent(rendered.mail, rendered.reminders, now=clock())
        except (OperationalError, InterfaceError):
            if clock() > until or connection.in_atomic_block:
                raise
            logger.warning(
                "Mail %s was sent, and cannot be marked yet", rendered.mail.pk, exc_info=True
            )
            with suppress(DatabaseError, InterfaceError):
                connection.close()
            sleep(NOTE_PAUSE_SECONDS)
        else:
            return


def _count(batch: _Batch) -> None:
    if batch.state is None:
        return
    count_batch(
        sent=batch.sent,
        failed=batch.failed,
        retried=batch.retried,
        accepted_at=batch.accepted_at if batch.sent else None,
    )
    if batch.told_by_request:
        lease.forget_refusals(batch.told_by_request)
