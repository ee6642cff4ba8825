"""A sender: takes mails in batches, and sends them one after another over one held connection.

For each: the lease is renewed by a conditional UPDATE which also asks whether the facts are still
as they were read; the mail is written, sent, and marked sent after the server's 250, before the
next one begins. The package's docstring states what that guarantees.
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
from interviews.quarantine import place_of, raise_if_passing, words_of
from reminders import claim, lease
from reminders.event_log import log_event
from reminders.postgres import ready_connection
from reminders.rendered_mail import RenderedMail, render_anew, rendered_mails_of, write
from reminders.sending_clock import FRESH, count_batch, note_at_work, running, running_from
from reminders.smtp import SendError, SmtpStage, fault_of, has_status

logger = logging.getLogger(__name__)

# While a database restarts: the mark is tried again, for the server has taken the mail over.
NOTE_PAUSE_SECONDS = 0.5
# A server that refuses one recipient without saying why is asked again; others that it accepted
# not longer ago than this make it likely that it means the mailbox.
ACCEPTED_LATELY = timedelta(hours=1)
# After so many mails in a row at which the connection was lost or nothing was answered, the server
# is taken to be away: each of them may have cost the time limit of a mail.
AWAY_MAX = 3
# A batch that lasts longer is given back: a worker that is told to stop must come to an end.
SLICE = timedelta(seconds=30)


class Way(Protocol):
    """Delivery, by SMTP, or ApiDelivery."""

    knows_mailboxes: bool

    def open(self) -> None: ...
    def send(self, recipient: str, content: bytes, *, began: float) -> str: ...


@dataclass
class _Batch:
    """What one batch came to."""

    clock: Callable[[], datetime]
    state: SenderState
    noted_at: datetime
    accepted_at: datetime | None
    sent: int = 0
    failed: int = 0
    retried: int = 0
    away_in_a_row: int = 0
    told_by_request: list[str] = field(default_factory=list)


def send_batch(*, now: datetime, delivery: Way) -> int:
    """Send the mails of one batch; how many were worked on. 0: nothing more to do for now."""
    ready_connection()
    state = note_at_work(now=now)
    mails = claim.claim_mails(now=now)
    if not mails:
        return 0
    batch = _Batch(running_from(now), state, now, state.accepted_at)
    try:
        delivery.open()
    except SendError as failure:
        # It says nothing about one mail: those are tried again later, and so is the server.
        for mail in mails:
            _put_back(RenderedMail(mail, []), failure, batch)
        _count(batch)
        return 0
    is_over = False
    for number, draft in enumerate(_drafts(mails, now=now)):
        try:
            _work_on(draft, delivery, batch)
        except _ServerGoneError:
            is_over = True
        except Exception as error:
            # No fault of the mail's: its lease runs out, and it is tried again.
            raise_if_passing(error)
            _set_aside(draft.mail, error, batch)
        if is_over or batch.clock() - now > SLICE:
            lease.give_back(mails[number + 1 :], now=batch.clock())
            break
    _count(batch)
    return 0 if is_over else len(mails)


def _drafts(mails: Sequence[Mail], *, now: datetime) -> list[RenderedMail]:
    """Written ahead; where one of them prevents that, each is written when its turn has come."""
    try:
        return rendered_mails_of(mails, now=now)
    except Exception as error:
        raise_if_passing(error)
        logger.error("%d mails cannot be written together: %s", len(mails), place_of(error))
        return [RenderedMail(mail, []) for mail in mails]


def _set_aside(mail: Mail, error: Exception, batch: _Batch) -> None:
    """One mail must not hold up the others."""
    logger.error("Mail %s cannot be sent: %s", mail.pk, place_of(error))
    lease.quarantine_mail(mail, words_of(error), now=batch.clock())
    batch.failed += 1


class _ServerGoneError(Exception):
    """No connection can be made, or none lasts."""


def _work_on(draft: RenderedMail, delivery: Way, batch: _Batch) -> None:
    if batch.clock() - batch.noted_at > FRESH:
        # A slow server makes a batch last; whoever waits for it is at work all the same.
        batch.noted_at = batch.clock()
        batch.state = note_at_work(now=batch.noted_at)
    if not (draft.is_written and _renew(draft, batch)):
        # Not written yet, or a fact has changed, or the lease is lost: see what is left to say.
        draft = render_anew(draft.mail, now=batch.clock())
        if not draft.is_to_send:
            lease.settle(draft.mail)
            return
        if not _renew(draft, batch):
            return
        write(draft, now=batch.clock())
    if draft.is_written:
        _send(draft, delivery, batch)
    else:
        lease.quarantine_mail(draft.mail, draft.error, now=batch.clock())


def _renew(draft: RenderedMail, batch: _Batch) -> bool:
    draft.renewed = running()
    return lease.renew(draft.mail, now=batch.clock(), reminders=len(draft.reminders))


def _send(draft: RenderedMail, delivery: Way, batch: _Batch) -> None:
    mail = draft.mail
    batch.retried += mail.failures > 0
    try:
        reply = delivery.send(mail.recipient, draft.message, began=draft.renewed)
    except SendError as failure:
        _put_back(draft, failure, batch)
        batch.away_in_a_row = batch.away_in_a_row + 1 if failure.code == 0 else 0
        if failure.is_connection or batch.away_in_a_row == AWAY_MAX:
            raise _ServerGoneError from failure
        return
    batch.away_in_a_row = 0
    _note_sent(draft, clock=batch.clock)
    log_event("accepted", draft.keys, mail=mail, reply=_unnamed(reply, mail))
    batch.sent += 1
    batch.accepted_at = batch.clock()
    if draft.is_account and delivery.knows_mailboxes:
        batch.told_by_request.append(mail.recipient)


def _put_back(draft: RenderedMail, failure: SendError, batch: _Batch) -> None:
    """To be tried again, or not: by what the failure means."""
    mail = draft.mail
    now, fault = batch.clock(), _fault(mail, failure, batch)
    log_event("failed", draft.keys, mail=mail, fault=fault, reply=_unnamed(str(failure), mail))
    batch.failed += 1
    if fault == Fault.MAILBOX:
        lease.refuse(mail, f"{failure.code} {failure.reply}", now=now)
    else:
        is_soon = failure.is_connection
        lease.put_back(
            mail, str(failure), fault, now=now, ran_for=batch.state.ran_for, is_soon=is_soon
        )


def _unnamed(reply: str, mail: Mail) -> str:
    """For the log, which names nobody; servers like to repeat the address."""
    return reply.replace(mail.recipient, "…")


def _fault(mail: Mail, failure: SendError, batch: _Batch) -> Fault:
    """A refusal of a recipient that gives no reason is believed when it is repeated, and another
    recipient was accepted between the two: a server may turn everybody away all at once."""
    accepted_at = batch.accepted_at
    is_lately = accepted_at is not None and batch.clock() - accepted_at < ACCEPTED_LATELY
    fault = fault_of(failure, are_others_accepted=is_lately)
    if fault != Fault.MAILBOX or has_status(failure):
        return fault
    last_at = mail.failed_at
    if last_at is None or not mail.error.startswith(f"{SmtpStage.RCPT}: 5"):
        return Fault.LATER
    return fault if accepted_at is not None and accepted_at > last_at else Fault.SERVER


def _note_sent(draft: RenderedMail, *, clock: Callable[[], datetime]) -> None:
    """What is not noted is sent again, so a database that is busy or restarts is asked for as
    long as the lease lasts."""
    until = clock() + settings.MAIL_LEASE
    while True:
        try:
            lease.mark_sent(draft.mail, draft.reminders, now=clock())
        except (OperationalError, InterfaceError):
            if clock() > until or connection.in_atomic_block:
                raise
            logger.warning(
                "Mail %s was sent, and cannot be marked yet", draft.mail.pk, exc_info=True
            )
            with suppress(DatabaseError, InterfaceError):
                connection.close()
            sleep(NOTE_PAUSE_SECONDS)
        else:
            return


def _count(batch: _Batch) -> None:
    count_batch(
        sent=batch.sent,
        failed=batch.failed,
        retried=batch.retried,
        accepted_at=batch.accepted_at if batch.sent else None,
    )
    if batch.told_by_request:
        lease.forget_refusals(batch.told_by_request)
