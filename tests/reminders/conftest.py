"""A sender at work: a fixed Monday, real SMTP, and what came of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from interviews.models import Candidate, Interview
from reminders.following import follow_unopened
from reminders.push import PushDelivery
from reminders.sender import send_batch
from reminders.smtp import Delivery
from reminders.sweep import sweep
from tests.reminders.servers import Answering
from tests.support.inbox import Inbox
from tests.support.push_service import Browser, PushService
from tests.support.step_factories import stand

# Monday 23 November 2026, 10:00 in Berlin: every step of tests.support.step_factories is due.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

Send = Callable[..., list[EmailMessage]]
Work = Callable[..., None]


def send_all(*, now: datetime) -> int:
    """What a worker does with what is there at `now`; how many mails it worked on."""
    count = 0
    with Delivery() as delivery:
        while worked := send_batch(now=now, delivery=delivery):
            count += worked
            assert count < 1000, "a sender that finds no end"
    return count


def notify(*, now: datetime) -> None:
    """The same by push."""
    with PushDelivery() as delivery:
        while send_batch(now=now, delivery=delivery):
            pass


@pytest.fixture
def post(inbox: Inbox, settings: Settings) -> Send:
    """`post()` sweeps, sends, and gives the mails that arrived in this call."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    settings.MAIL_DOMAIN = "hearback.example"
    settings.BASE_URL = "https://hearback.example"

    def run(*, now: datetime = NOW) -> list[EmailMessage]:
        before = len(inbox.messages)
        sweep(now=now)
        send_all(now=now)
        return inbox.messages[before:]

    return run


@pytest.fixture
def answering(settings: Settings) -> Iterator[Answering]:
    """A server whose answers the test chooses; the sender's mail goes there."""
    with Answering() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture
def promised(alice: Candidate) -> Interview:
    """Anna Petrova (Acme) promised an answer by Friday 20 November, and welcomed a call."""
    return stand(alice, "call", now=NOW)


@pytest.fixture
def push_service(settings: Settings) -> Iterator[PushService]:
    settings.NOTIFY_PRIVATE_HOSTS = True
    settings.DEFAULT_FROM_EMAIL = "Hearback <reminders@hearback.example>"
    with PushService() as started:
        yield started


@pytest.fixture
def work(inbox: Inbox, settings: Settings) -> Work:
    """What the workers do at a moment: sweep, follow, and send by both channels."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    settings.BASE_URL = "https://hearback.example"

    def run(*, now: datetime = NOW) -> None:
        sweep(now=now)
        follow_unopened(now=now)
        notify(now=now)
        send_all(now=now)

    return run


@pytest.fixture
def browser(alice: Candidate, push_service: PushService) -> Browser:
    """Alice's, so that notifications come first and email follows."""
    from tests.reminders.push_devices import subscribe

    found = subscribe(alice, push_service)
    alice.refresh_from_db()
    return found


@pytest.fixture
def call(alice: Candidate, browser: Browser) -> Interview:
    return stand(alice, "call", now=NOW)
