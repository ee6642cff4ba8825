"""Forwarded mails while the server that takes them and the readers are killed: what was answered
with 250 is proposed, once."""

import os
import signal
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

from devserver.instance import System
from integrations.forwarding.address import create_address
from interviews.models import Candidate, InboundMail, MailProposal
from tests.integrations.forwarding.conftest import letter
from tests.support.people import make_interview
from tests.support.running import Running
from tests.support.waiting import let_pass, wait_until

COUNT, KILLS = 40, 3  # of each
SECONDS = 120


def deliver(port: int, recipient: str, numbers: list[int]) -> None:
    """As a mail server does: until each is answered with 250."""
    until = time.monotonic() + SECONDS
    while numbers and time.monotonic() < until:
        raw = letter(f"Sadly, we must reject you, number {numbers[0]}.")
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                client.sendmail("", recipient, raw)
        except (smtplib.SMTPException, OSError):
            let_pass(0.1)
        else:
            numbers.pop(0)


@contextmanager
def delivering(port: int, recipient: str) -> Iterator[list[list[int]]]:
    left = [list(range(start, COUNT, 2)) for start in range(2)]
    threads = [threading.Thread(target=deliver, args=(port, recipient, each)) for each in left]
    for each in threads:
        each.start()
    yield left
    for each in threads:
        each.join()


def wait_for(rows: QuerySet[Model], count: int) -> None:
    what = f"{count} of {rows.model.__name__}"
    wait_until(lambda: rows.count() >= count, seconds=SECONDS, what=what, every=0.05)


def kill(system: System, name: str) -> None:
    os.kill(system.children[name].pid, signal.SIGKILL)
    system.restart(name)


def test_nothing_is_lost_and_nothing_is_twice(
    start_running: Callable[..., Running], alice: Candidate
) -> None:
    running, now = start_running(INBOUND_LEASE_SECONDS="2"), timezone.now()
    make_interview(alice, starts_at=now - timedelta(days=5), now=now)
    address = create_address(candidate=alice, now=now)
    taken, told = InboundMail.objects.all(), MailProposal.objects.all()
    with delivering(running.take_mail(), address.email) as left:
        for done in range(1, COUNT, COUNT // KILLS):
            wait_for(taken, done)
            kill(running.system, "inbound")
            wait_for(told, done)
            kill(running.system, "worker")
    assert left == [[], []]
    wait_for(told, COUNT)
    assert not taken.filter(read_at=None).exists()
    texts = [f"Sadly, we must reject you, number {each}." for each in range(COUNT)]
    assert sorted(told.values_list("excerpt", flat=True)) == sorted(texts)
