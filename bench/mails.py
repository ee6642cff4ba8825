"""How fast mails leave, each claimed, composed, sent and marked, over a local SMTP server."""

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from bench.database import database
from bench.figure import Figure
from bench.pace import once, rate
from bench.rows import NOW, candidate, waiting
from interviews.models import Mail
from interviews.reminders.sender import delivery, send_next
from interviews.reminders.sweep import sweep

MAILS = 300


def mails_per_second() -> Figure:
    where = database()
    for number in range(MAILS):
        waiting(candidate(f"Mailed{number}"))
    sweep(now=NOW)
    with _sink() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        value = once(_send_all)
        bare = _bare(port)
    assert Mail.objects.filter(state="sent").count() == MAILS
    return Figure(
        name="reminder mails sent",
        value=round(value),
        unit="1/s",
        yardstick=f"one sender on {where}; smtplib alone, held connection, the same mail over and "
        f"over to the same server: {bare:,.0f}/s",
    )


def _send_all() -> int:
    connection, count = delivery(), 0
    while send_next(now=NOW, connection=connection):
        count += 1
    connection.close()
    return count


def _bare(port: int) -> float:
    """A mail as long as a reminder, written once."""
    sent = Mail.objects.filter(state="sent")[0]
    message = EmailMultiAlternatives(sent.subject, sent.text, to=[sent.recipient])
    message.attach_alternative(sent.html, "text/html")
    raw = message.message().as_bytes(linesep="\r\n")
    with smtplib.SMTP("127.0.0.1", port) as server:

        def send() -> int:
            server.sendmail("reminders@localhost", [sent.recipient], raw)
            return 1

        return rate(send, seconds=1.5)


@contextmanager
def _sink() -> Iterator[int]:
    """A server in a process of its own, as a mail server is."""
    command = [sys.executable, "-m", "bench.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()
