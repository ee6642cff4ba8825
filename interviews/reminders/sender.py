"""A sender: takes one mail after another, reads the facts again, sends, and marks it sent.

One connection is held open for as long as there is mail. The lease is renewed just before each
send, and a mail is marked sent only after the server's 250; the package's docstring states what
that guarantees.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, OperationalError

from interviews.models import Mail, Reminder
from interviews.reminders import lease
from interviews.reminders.compose import Content, compose
from interviews.reminders.links import unsubscribe_url
from interviews.reminders.members import open_members

logger = logging.getLogger(__name__)

NOTE_TRIES = 3


def delivery() -> BaseEmailBackend:
    """The connection mails really leave by; open it once and pass it to each `send_next`."""
    backend: BaseEmailBackend = get_connection(settings.MAIL_DELIVERY_BACKEND)
    return backend


def send_next(*, now: datetime, connection: BaseEmailBackend) -> bool:
    """Send one mail; whether there was one to work on."""
    mail = lease.claim_mail(now=now)
    if mail is None:
        return False
    later = _clock_from(now)
    try:
        reminders, content = _written(mail, now=now)
        message = _message(mail, reminders, content, connection) if content else None
    except DatabaseError:
        raise  # no fault of the mail's: its lease runs out, and it is tried again
    except Exception as error:
        logger.exception("Mail %s cannot be written; it is set aside", mail.pk)
        lease.set_aside(mail, f"{type(error).__name__}: {error}", now=now)
        return True
    if content is None or message is None:
        lease.settle(mail)
    elif lease.renew(mail, now=later()) and _is_sent(mail, message, connection, now=now):
        mail.subject = content.subject
        _note_sent(mail, reminders, now=later())
    return True


def _clock_from(now: datetime) -> Callable[[], datetime]:
    """The moments after `now`: a lease must last from when it is renewed, not from the claim."""
    started = monotonic()
    return lambda: now + timedelta(seconds=monotonic() - started)


def _written(mail: Mail, *, now: datetime) -> tuple[list[Reminder], Content | None]:
    """What the mail says now, and the reminders it carries; None where nothing is left to say."""
    if mail.kind == Mail.Kind.ACCOUNT:
        return [], Content(mail.subject, mail.text, mail.html)
    reminders = open_members(mail, now=now)
    try:
        return reminders, compose(reminders, now=now) if reminders else None
    except DatabaseError:
        raise
    except Exception:
        sound = [each for each in reminders if _can_be_written(each, now=now)]
        if not sound:
            raise
        return sound, compose(sound, now=now)


def _can_be_written(reminder: Reminder, *, now: datetime) -> bool:
    """One reminder that cannot be written must not hold up the others of its mail."""
    try:
        compose([reminder], now=now)
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("Reminder %s cannot be written; it is set aside", reminder.pk)
        lease.set_reminder_aside(reminder, f"{type(error).__name__}: {error}")
        return False
    return True


def _message(
    mail: Mail, reminders: list[Reminder], content: Content, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if reminders:
        # RFC 8058: the mail program posts to this address, and reminder mail stops.
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(reminders[0].candidate)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        to=[mail.recipient],
        headers=headers,
        connection=connection,
    )
    if content.html:
        message.attach_alternative(content.html, "text/html")
    message.message()  # headers that cannot be written fail here, not while sending
    return message


def _is_sent(
    mail: Mail,
    message: EmailMultiAlternatives,
    connection: BaseEmailBackend,
    *,
    now: datetime,
) -> bool:
    """Whether the server took the mail over; if not, it is put back to be tried again."""
    try:
        connection.open()  # a connection that Django opens by itself is closed after one mail
        message.send()
    except Exception as error:  # whatever a server or a network does is a failed try
        logger.warning("Mail %s was not sent (%s); it will be tried again", mail.pk, error)
        with suppress(OSError):
            connection.close()
        lease.put_back(mail, f"{type(error).__name__}: {error}", now=now)
        return False
    return True


def _note_sent(mail: Mail, reminders: list[Reminder], *, now: datetime) -> None:
    """What is not noted is sent again, so a busy database is asked more than once."""
    for tries_left in reversed(range(NOTE_TRIES)):
        try:
            lease.mark_sent(mail, reminders, now=now)
        except OperationalError:
            if not tries_left:
                raise
        else:
            return
