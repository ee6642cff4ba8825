"""Mail by a provider's API, with a server that behaves like one, and the events of its webhook."""

import json
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from config.mail import api_settings
from interviews.models import Candidate, Fault, Interview, Mail, RefusedAddress, Reminder
from reminders.sender import send_batch
from reminders.sweep import sweep
from reminders.tasks import way_out
from tests.reminders.conftest import NOW

ALICE = "alice@example.org"
ACCEPTED = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": ALICE})


class Provider(ThreadingHTTPServer):
    """As Postmark answers. Keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: tuple[int, dict[str, Any]] = ACCEPTED
        self.taken: list[tuple[str, dict[str, Any]]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["X-Postmark-Server-Token"], json.loads(body)))
        status, told = self.server.answer
        answer = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_said: object) -> None:
        """Nowhere."""


def use(settings: Settings, port: int) -> None:
    url = f"postmark://t0ken@api?api_url=http://127.0.0.1:{port}/"
    settings.MAIL_API = "postmark"
    settings.ANYMAIL = api_settings(url, webhook_secret="hook:s3cret", timeout=5)


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        use(settings, server.server_port)
        yield server
        server.shutdown()
        thread.join()


def post() -> None:
    sweep(now=NOW)
    with way_out() as delivery:
        send_batch(now=NOW, delivery=delivery)


def test_a_reminder_goes_with_all_that_it_has(promised: Interview, provider: Provider) -> None:
    post()
    ((token, taken),) = provider.taken
    mail = Mail.objects.get()
    assert (token, taken["To"], taken["Metadata"]) == ("t0ken", ALICE, {"mail": mail.message_id})
    assert taken["Subject"] == mail.subject != ""
    assert "Anna Petrova" in taken["TextBody"]
    assert "Anna Petrova" in taken["HtmlBody"]
    headers = {each["Name"]: each["Value"] for each in taken["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip("<>") in taken["TextBody"]
    # Nobody else opens its links, or learns that the candidate did.
    assert (taken["TrackOpens"], taken["TrackLinks"]) == (False, "None")
    assert (mail.state, Reminder.objects.get().state) == ("sent", "sent")


INACTIVE = {"ErrorCode": 406, "Message": f"Found inactive addresses: {ALICE}.\nInactive recipients"}
INVALID = {"ErrorCode": 300, "Message": f"Invalid 'To' address: '{ALICE}'."}
NO_SENDER = {"ErrorCode": 400, "Message": "Sender signature not found."}


@pytest.mark.parametrize(
    ("status", "told", "fault", "state"),
    [
        (422, INACTIVE, Fault.MAILBOX, "missed"),
        (422, INVALID, Fault.MAILBOX, "missed"),
        (422, NO_SENDER, Fault.SERVER, "waiting"),
        (401, {"ErrorCode": 10, "Message": "Bad token"}, Fault.SERVER, "waiting"),
        (429, {"Message": "Slow down"}, Fault.LATER, "waiting"),
        (500, {}, Fault.LATER, "waiting"),
        (503, {"Message": "Maintenance"}, Fault.LATER, "waiting"),
    ],
)
def test_what_an_answer_means(
    status: int,
    told: dict[str, Any],
    fault: Fault,
    state: str,
    promised: Interview,
    provider: Provider,
) -> None:
    provider.answer = (status, told)
    post()
    mail = Mail.objects.get()
    assert (mail.fault, mail.state) == (fault, state)
    assert "t0ken" not in mail.error
    is_refused = fault == Fault.MAILBOX
    assert RefusedAddress.objects.filter(address__email=ALICE).exists() == is_refused
    assert Reminder.objects.get().state == "waiting"


def test_a_provider_that_is_away(promised: Interview, settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    use(settings, port)
    post()
    mail = Mail.objects.get()
    assert (mail.fault, mail.state) == (Fault.AWAY, "waiting")


# --- the webhook ---------------------------------------------------------------------------------


def tell(client: Client, *, secret: str = "hook:s3cret", **said: Any) -> int:
    """The answer to Postmark's event about the one mail there is."""
    event = {
        "RecordType": "Bounce",
        "Email": ALICE,
        "MessageID": "b7bc2f4a",
        "Metadata": {"mail": Mail.objects.get().message_id},
        "BouncedAt": "2026-11-23T09:05:00Z",
        "ID": 1,
        **said,
    }
    authorization = f"Basic {b64encode(secret.encode()).decode()}" if secret else ""
    answer = client.post(
        "/mail-events/", event, content_type="application/json", HTTP_AUTHORIZATION=authorization
    )
    return answer.status_code


GONE = {"Type": "HardBounce", "Details": "smtp;550 5.1.1 No such user"}
FULL = {"Type": "SoftBounce", "Details": "smtp;552 5.2.2 Over quota"}
BLOCKED = {"Type": "Blocked", "Details": "smtp;550 5.7.1 Blocked by 192.5.1.10"}
SPAM = {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}


@pytest.mark.parametrize(
    ("said", "mail_state", "reminder_state", "is_refused"),
    [
        (GONE, "missed", "waiting", True),
        ({"Type": "HardBounce"}, "missed", "waiting", True),
        ({"Type": "BadEmailAddress"}, "missed", "waiting", True),
        (FULL, "missed", "missed", False),
        (BLOCKED, "missed", "missed", False),
        (SPAM, "sent", "sent", True),
        ({"Type": "Transient"}, "sent", "sent", False),
        ({"RecordType": "Delivery", "DeliveredAt": "2026-11-23T09:05:00Z"}, "sent", "sent", False),
        ({**GONE, "Email": "somebody@example.org"}, "sent", "sent", False),
        ({**GONE, "Metadata": {}}, "sent", "sent", False),
    ],
)
def test_what_became_of_a_mail(
    said: dict[str, Any],
    mail_state: str,
    reminder_state: str,
    is_refused: bool,
    promised: Interview,
    provider: Provider,
    client: Client,
) -> None:
    post()
    for _ in range(2):  # a provider may tell it twice
        assert tell(client, **said) == 200
    assert (Mail.objects.get().state, Reminder.objects.get().state) == (mail_state, reminder_state)
    assert RefusedAddress.objects.filter(address__email=ALICE).exists() == is_refused


@pytest.mark.parametrize("secret", ["", "hook:other", "hook"])
def test_who_does_not_know_the_secret_tells_nothing(
    secret: str, promised: Interview, provider: Provider, client: Client
) -> None:
    post()
    assert tell(client, secret=secret, **GONE) == 400
    assert not RefusedAddress.objects.exists()


def test_without_a_secret_nobody_is_heard(
    promised: Interview, provider: Provider, client: Client, settings: Settings
) -> None:
    post()
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}
    assert tell(client, **GONE) == 404


def test_what_is_taken_over_does_not_end_a_refusal(
    alice: Candidate, promised: Interview, provider: Provider, client: Client
) -> None:
    """Unlike an SMTP server's word: a provider takes mail for any address."""
    post()
    assert tell(client, **GONE) == 200
    Mail.objects.create(
        kind=Mail.Kind.ACCOUNT,
        user=alice.user,
        recipient=ALICE,
        message_id="<code@hearback.example>",
        subject="Your code",
        text="A1B2",
        try_at=NOW,
        created_at=NOW,
    )
    post()
    assert Mail.objects.get(kind=Mail.Kind.ACCOUNT).state == "sent"
    assert RefusedAddress.objects.count() == 1
