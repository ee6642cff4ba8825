"""What happened to an accepted mail, as a provider's webhook reports it.

The effects are those of a refusal by SMTP: no reminders go to an address without a mailbox, or of
somebody who marked a mail as spam, until its owner asks.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interviews.models import Mail
from reminders import lease
from reminders.event_log import log_event
from reminders.smtp import speaks_of_mailbox

logger = logging.getLogger(__name__)

# The metadata with our Message-ID: the provider creates one of its own.
MARK = "mail"
# Anymail's event types. A mail's last event counts; a deferral is followed by another.
REFUSED = {"bounced", "rejected", "failed"}
COMPLAINED = "complained"
# Reasons without the mail server's status: the mailbox does not exist, or its owner wants no mail.
NO_MAILBOX = {"invalid", "bounced", "spam", "unsubscribed"}
REPLY_MAX = 500


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """A webhook's report: `why` in Anymail's terms, `said` the mail server's message."""

    event: str
    message_id: str
    recipient: str
    why: str
    said: str


@transaction.atomic
def note(told: ProviderReport, *, now: datetime) -> None:
    if told.event != COMPLAINED and told.event not in REFUSED:
        return
    mail = Mail.objects.select_for_update(no_key=True).filter(message_id=told.message_id).first()
    if mail is None or mail.recipient.casefold() != told.recipient.casefold():
        logger.warning("A webhook speaks of a mail that is not known here: %s", told.event)
        return
    reply = " ".join(f"{told.event}: {told.said or told.why}".split())[:REPLY_MAX]
    log_event("returned", [], mail=mail, reply=reply.replace(mail.recipient, "…"))
    if told.event == COMPLAINED:
        lease.refuse_address(mail, reply, now=now)
        return
    is_mailbox = speaks_of_mailbox(told.said)
    if is_mailbox is None:
        is_mailbox = told.why in NO_MAILBOX
    lease.take_back(mail, reply, is_mailbox=is_mailbox, now=now)
