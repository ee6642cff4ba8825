"""alice has an address and waits for Acme; a real server takes mails for it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from integrations.forwarding.address import create_address
from integrations.forwarding.reader import read_batch
from integrations.forwarding.serving import InboundThread
from interviews.models import Candidate, InboundAddress, InboundMail, Interview
from tests.support.step_factories import stand

# Monday, as in tests/reminders.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOMAIN = "in.hearback.example"
NO_LETTER = "We have decided to go ahead with another candidate for this position."


@dataclass
class Serving:
    port: int
    woken: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(*, is_lmtp: bool = False) -> Iterator[Serving]:
    listening = socket.create_server(("127.0.0.1", 0))
    told = Serving(listening.getsockname()[1])
    thread = InboundThread(listening, hostname=DOMAIN, wake=told.woken.set, is_lmtp=is_lmtp)
    thread.start()
    try:
        yield told
    finally:
        thread.stop()


@pytest.fixture
def offered(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = settings.INBOUND_AUTHSERV_ID = DOMAIN
    settings.DEFAULT_FROM_EMAIL = "Hearback <reminders@hearback.example>"


@pytest.fixture
def address(alice: Candidate, offered: None) -> InboundAddress:
    return create_address(candidate=alice, now=NOW)


@pytest.fixture
def waiting(alice: Candidate) -> Interview:
    """Anna Petrova of Acme, anna@acme.test, promised an answer by Friday."""
    interview = stand(alice, "call", now=NOW)
    interview.interlocutors.update(email="anna@acme.test")
    return interview


@pytest.fixture
def server(transactional_db: None, address: InboundAddress) -> Iterator[Serving]:
    with serving() as told:
        yield told


def letter(text: str = NO_LETTER, **headers: str) -> bytes:
    """Anna's mail, as a filter of alice's mailbox forwards it."""
    message = EmailMessage()
    told = {
        "From": "Anna Petrova <anna@acme.test>",
        "To": "alice@example.org",
        "Subject": "Your application",
        "Date": "Mon, 23 Nov 2026 09:30:00 +0100",
        "Message-ID": "<one@acme.test>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in told.items():
        message[name] = value
    message.set_content(f"Dear Alice,\n\n{text}\n\nKind regards\nAnna Petrova\n")
    return message.as_bytes()


def keep(candidate: Candidate, raw: bytes, *, now: datetime = NOW) -> InboundMail:
    from integrations.forwarding import intake

    assert intake.keep(raw, candidate.inbound_address.email, now=now) == intake.Reply.KEPT
    return InboundMail.objects.latest("received_at", "pk")


def read(*, now: datetime = NOW) -> int:
    count = 0
    while claimed := read_batch(clock=lambda: now):
        count += claimed
    return count
