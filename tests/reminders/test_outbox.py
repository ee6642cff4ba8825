"""Every mail that Django or allauth sends is a row first, and a worker delivers it."""

import os
import subprocess
import sys
import threading
from socketserver import TCPServer

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from interviews.models import Candidate, Mail
from tests.reminders.conftest import Send, send_all
from tests.support.inbox import Inbox, text_of


@pytest.fixture(autouse=True)
def _outbox(settings: Settings) -> None:
    # The test runner puts a backend of its own there; the product's is what is tested here.
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"


def test_a_sign_in_code_is_queued_sent_and_forgotten(
    alice: Candidate, client: Client, inbox: Inbox, post: Send
) -> None:
    page = client.post("/accounts/login/code/", {"email": "alice@example.org"})
    assert page.status_code == 302
    assert inbox.messages == []
    queued = Mail.objects.get()
    assert (queued.kind, queued.state) == ("account", "waiting")
    assert (queued.user, queued.recipient) == (alice.user, "alice@example.org")
    code = queued.text
    assert code
    send_all(now=timezone.now())
    message = inbox.take(to="alice@example.org")
    assert text_of(message).split() == code.split()
    assert message["Message-ID"] == queued.message_id
    assert message["List-Unsubscribe"] is None
    queued.refresh_from_db()
    assert (queued.state, queued.text, queued.html) == ("sent", "", "")


def test_a_stopped_candidate_can_still_sign_in(
    alice: Candidate, client: Client, inbox: Inbox, post: Send
) -> None:
    Candidate.objects.update(reminders_paused_at=timezone.now())
    client.post("/accounts/login/code/", {"email": "alice@example.org"})
    send_all(now=timezone.now())
    inbox.take(to="alice@example.org")


def test_each_recipient_gets_a_mail_of_its_own(inbox: Inbox, post: Send, db: None) -> None:
    message = EmailMessage(
        "Subject", "Text", to=["one@example.org", "two@example.org"], bcc=["three@example.org"]
    )
    assert message.send() == 1
    send_all(now=timezone.now())
    assert {str(each["To"]) for each in inbox.messages} == {
        "one@example.org",
        "two@example.org",
        "three@example.org",
    }
    assert len({str(each["Message-ID"]) for each in inbox.messages}) == 3


def test_text_and_html_both_arrive(inbox: Inbox, post: Send, db: None) -> None:
    message = EmailMultiAlternatives("Subject", "Text", to=["one@example.org"])
    message.attach_alternative("<p>HTML</p>", "text/html")
    message.send()
    send_all(now=timezone.now())
    arrived = inbox.take(to="one@example.org")
    html = arrived.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<p>HTML</p>"
    assert text_of(arrived).strip() == "Text"


def test_a_subject_that_is_too_long_is_cut(inbox: Inbox, post: Send, db: None) -> None:
    django_mail.send_mail("S" * 500, "Text", None, ["one@example.org"])
    send_all(now=timezone.now())
    assert len(str(inbox.take()["Subject"]).strip()) == Mail.SUBJECT_MAX


def test_a_subject_with_a_line_break_is_quarantined_and_stops_nobody(
    inbox: Inbox, post: Send, db: None
) -> None:
    django_mail.send_mail("One\nBcc: charlie@example.org", "Text", None, ["one@example.org"])
    django_mail.send_mail("Two", "Text", None, ["two@example.org"])
    send_all(now=timezone.now())
    assert [str(each["To"]) for each in inbox.messages] == ["two@example.org"]
    assert dict(Mail.objects.values_list("recipient", "state")) == {
        "one@example.org": "set_aside",
        "two@example.org": "sent",
    }


def test_nothing_to_send_is_nothing(db: None) -> None:
    assert EmailMessage("Subject", "Text", to=[]).send() == 0
    assert django_mail.get_connection().send_messages([]) == 0
    assert not Mail.objects.exists()


def test_a_queued_mail_is_hinted_at_once_its_row_is_there(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        django_mail.send_mail("One", "Text", None, ["one@example.org"])
    assert [each.__name__ for each in callbacks] == ["wake_senders"]


def leave_hint(*, port: int) -> None:
    """In a process whose broker, on this port, is away."""
    ran = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import django; django.setup(); from reminders import wakeups; wakeups.wake_senders()",
        ],
        env={**os.environ, "CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "The broker cannot be reached" in ran.stderr


def test_a_broker_that_is_away_fails_nothing() -> None:
    """The hint is lost; the row is there, and beat finds it."""
    leave_hint(port=1)


def test_a_request_that_leaves_a_hint_waits_for_no_broker_that_may_come_back() -> None:
    tries: list[object] = []
    # It hangs up on whoever comes.
    with TCPServer(("127.0.0.1", 0), lambda *asked: tries.append(asked)) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            leave_hint(port=server.server_address[1])
        finally:
            server.shutdown()
            thread.join()
    assert len(tries) == 1
