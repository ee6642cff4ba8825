"""A sender: takes one mail after another, reads the facts again, sends, and marks it sent.

One connection is held open for as long as there is mail. The lease is renewed just before each
send, and a mail is marked sent only after the server's 250; the package's docstring states what
that guarantees.
"""

import logging
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from interviews.models import DeliveryState, Mail, Reminder
from interviews.reminders import lease
from interviews.reminders.compose import Content, compose
from interviews.reminders.links import is_live, unsubscribe_url

logger = logging.getLogger(__name__)


def delivery() -> BaseEmailBackend:
    """The connection mails really leave by; open it once and pass it to each `send_next`."""
    backend: BaseEmailBackend = get_connection(settings.MAIL_DELIVERY_BACKEND)
    return backend


def send_next(*, now: datetime, connection: BaseEmailBackend) -> bool:
    """Send one mail; whether there was one to work on."""
    mail = lease.claim_mail(now=now)
    if mail is None:
        return False
    try:
        reminders = _open_reminders(mail, now=now)
        if mail.kind == Mail.Kind.REMINDER and not reminders:
            lease.settle(mail)
            return True
        content = _content(mail, reminders, now=now)
        message = _message(mail, reminders, content, connection)
    except Exception as error:
        logger.exception("Mail %s cannot be written; it is set aside", mail.pk)
        lease.set_aside(mail, f"{type(error).__name__}: {error}", now=now)
        return True
    if lease.renew(mail, now=now):
        _send(mail, reminders, content, message, connection, now=now)
    return True


def _open_reminders(mail: Mail, *, now: datetime) -> list[Reminder]:
    """The mail's reminders whose step still stands; the others are settled."""
    members = (
        mail.reminders.filter(state=DeliveryState.LEASED)
        .select_related(
            "candidate__user",
            "interview__candidate__user",
            "interview__vacancy__company",
            "interview__step_person",
        )
        .order_by("due_at", "pk")
    )
    live = [each for each in members if _is_wanted(each) and is_live(each, now=now)]
    mail.reminders.filter(state=DeliveryState.LEASED).exclude(
        pk__in=[each.pk for each in live]
    ).update(state=DeliveryState.SETTLED)
    return live


def _is_wanted(reminder: Reminder) -> bool:
    candidate = reminder.candidate
    return (
        candidate.reminders_paused_at is None
        and reminder.step not in candidate.muted_steps
        and reminder.due_at == reminder.interview.step_due_at
    )


def _content(mail: Mail, reminders: list[Reminder], *, now: datetime) -> Content:
    if mail.kind == Mail.Kind.REMINDER:
        return compose(reminders, now=now)
    return Content(mail.subject, mail.text, mail.html)


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


def _send(
    mail: Mail,
    reminders: list[Reminder],
    content: Content,
    message: EmailMultiAlternatives,
    connection: BaseEmailBackend,
    *,
    now: datetime,
) -> None:
    try:
        connection.open()  # a connection that Django opens by itself is closed after one mail
        message.send()
    except Exception as error:  # whatever a server or a network does is a failed try
        logger.warning("Mail %s was not sent (%s); it will be tried again", mail.pk, error)
        with suppress(OSError):
            connection.close()
        lease.put_back(mail, f"{type(error).__name__}: {error}", now=now)
        return
    mail.subject, mail.text, mail.html = content.subject, content.text, content.html
    lease.mark_sent(mail, reminders, now=now)
