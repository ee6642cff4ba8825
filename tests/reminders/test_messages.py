"""Messages: what each service is asked for, what its answers mean, and what follows."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from pytest_django import Settings

from interviews.models import Candidate, Interview, Mail, NotificationChannel, Reminder
from interviews.services.notification_channels import set_order
from reminders.channel_code import send_code
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Tell, Use
from tests.support.inbox import Inbox
from tests.support.message_server import HANG_UP, KINDS, MessageServer, Taken
from tests.support.step_factories import stand

NIGHT = NOW + timedelta(hours=13)


def said(taken: Taken) -> str:
    """Title and text, wherever the service takes them."""
    told = taken.told
    data = told.get("data", told)
    assert isinstance(data, dict)
    names = ("title", "message", "text", "body", "url")
    return "\n".join(str(data[name]) for name in names if name in data)


@pytest.mark.parametrize("kind", KINDS)
def test_each_service_takes_a_reminder(
    kind: str, tell: Tell, alice: Candidate, message_server: MessageServer, use: Use, inbox: Inbox
) -> None:
    use(kind)
    call = stand(alice, "call", now=NOW)
    tell()
    (taken,) = message_server.taken
    words = said(taken)
    assert words.removeprefix("<b>").startswith("Call")
    assert f"https://hearback.example/interviews/{call.pk}/" in words
    assert "Acme" not in words, "the message is discreet"
    reminder, mail = Reminder.objects.get(), Mail.objects.get()
    assert (reminder.channel, reminder.state, reminder.next_channel) == (kind, "sent", "email")
    assert (mail.kind, mail.state, mail.text) == (kind, "sent", "")
    tell(minutes=59)
    assert (len(message_server.taken), inbox.messages) == (1, [])
    tell(minutes=61)
    assert (len(message_server.taken), len(inbox.messages)) == (1, 1)


@pytest.fixture
def call(alice: Candidate) -> Interview:
    return stand(alice, "call", now=NOW)


def test_ntfy_opens_the_interview_by_a_tap(
    tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    use("ntfy")
    tell()
    (taken,) = message_server.taken
    assert taken.told["topic"] == "waiting"
    assert taken.headers["X-Click"] == f"https://hearback.example/interviews/{call.pk}/"
    assert taken.headers["User-Agent"] == "Hearback"
    assert "Snooze until Tue 24 Nov: https://hearback.example/act/" in str(taken.told["message"])


def test_names_come_only_if_the_candidate_wants_them(
    tell: Tell, alice: Candidate, message_server: MessageServer, use: Use, call: Interview
) -> None:
    alice.shows_names_on_lock_screen = True
    alice.save()
    use("telegram")
    tell()
    (taken,) = message_server.taken
    assert "Call Anna Petrova (Acme) today" in said(taken)
    assert taken.told["disable_web_page_preview"], "whoever fetches the link counts as a reader"


def test_a_webhook_is_signed(
    tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    """https://www.standardwebhooks.com/"""
    use("webhook")
    tell()
    (taken,) = message_server.taken
    key, at = taken.headers["webhook-id"], taken.headers["webhook-timestamp"]
    signed = f"{key}.{at}.".encode() + taken.body
    expected = hmac.new(b"s3cret" * 4, signed, hashlib.sha256).digest()
    assert taken.headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert key == str(Mail.objects.get().pk)
    assert set(taken.told) == {"type", "timestamp", "data"}
    assert taken.told["type"] == "reminder.due"
    data = taken.told["data"]
    assert isinstance(data, dict)
    assert data["url"] == f"https://hearback.example/interviews/{call.pk}/"
    assert [each["title"] for each in data["actions"]] == ["Snooze until Tue 24 Nov"]


def test_a_lost_answer_repeats_the_webhook_with_its_id(
    tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    use("webhook")
    message_server.answers.append(HANG_UP)
    tell()
    tell(minutes=1)
    first, second = message_server.taken
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Mail.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("kind", "status"),
    [*((kind, 503) for kind in KINDS), ("ntfy", 429), ("ntfy", 500), ("ntfy", 400)],
)
def test_a_service_that_is_away_is_tried_again(
    kind: str, status: int, tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    channel = use(kind)
    message_server.answers.extend([status] * 10)
    tell()
    mail = Mail.objects.get()
    assert (mail.state, mail.fault) == ("waiting", "later")
    assert mail.error == f"API: {status} 127.0.0.1"
    message_server.answers.clear()
    tell(minutes=1)
    assert len(message_server.taken) == 1
    channel.refresh_from_db()
    assert channel.failed_at is None


@pytest.mark.parametrize(
    ("kind", "status"),
    [*((kind, 410) for kind in KINDS), *(("ntfy", status) for status in (401, 403, 404, 302))],
)
def test_settings_that_no_longer_work_end_the_channel(
    kind: str,
    status: int,
    tell: Tell,
    message_server: MessageServer,
    use: Use,
    call: Interview,
    inbox: Inbox,
) -> None:
    channel = use(kind)
    message_server.answers.extend([status] * 10)
    tell()
    channel.refresh_from_db()
    assert channel.failed_at is not None
    for text in (channel.error, *Mail.objects.values_list("error", flat=True)):
        assert "s3cret" not in text
    tell(minutes=1)
    assert (message_server.taken, len(inbox.messages)) == ([], 1)
    (notice,) = outbox.outbox
    assert notice.subject == f"Messages by {channel.get_kind_display()} no longer reach you"
    assert not any("elsewhere" in asked for asked in message_server.requests), (
        "no redirect is followed"
    )


@pytest.mark.parametrize("status", [401, 404, 302, 400])
def test_a_webhook_is_gone_by_410_alone(
    status: int, tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    channel = use("webhook")
    message_server.answers.append(status)
    tell()
    channel.refresh_from_db()
    assert (channel.failed_at, Mail.objects.get().state) == (None, "waiting")
    tell(minutes=1)
    assert len(message_server.taken) == 1


def test_what_the_services_refuse_themselves(
    tell: Tell, message_server: MessageServer, use: Use, call: Interview
) -> None:
    """A chat that a bot does not know is answered by 400, and is gone."""
    channel = use("telegram", chat="43")
    tell()
    channel.refresh_from_db()
    assert channel.failed_at is not None


def test_a_changed_channel_tells_nothing_until_it_is_confirmed(
    tell: Tell, message_server: MessageServer, use: Use, call: Interview, inbox: Inbox
) -> None:
    channel = use("ntfy")
    sweep(now=NOW)
    NotificationChannel.objects.update(confirmed_at=None)
    tell()
    assert message_server.requests == []
    NotificationChannel.objects.update(confirmed_at=NOW)
    tell(minutes=1)
    assert (len(message_server.taken), inbox.messages) == (1, [])
    assert channel.kind == "ntfy"


def test_a_code_is_sent_by_night_to_what_is_not_confirmed(
    tell: Tell, message_server: MessageServer, use: Use
) -> None:
    channel = use("ntfy")
    send_code(channel=channel, now=NIGHT)
    tell(minutes=13 * 60)
    (taken,) = message_server.taken
    assert re.fullmatch(r"Your code for Hearback: \d{6}", str(taken.told["title"]))
    assert "within 15 minutes" in str(taken.told["message"])
    mail = Mail.objects.get()
    assert (mail.state, mail.text) == ("sent", "")
    channel.refresh_from_db()
    assert not channel.is_usable


def test_a_code_that_cannot_arrive_is_said_on_the_page_alone(
    tell: Tell, message_server: MessageServer, use: Use
) -> None:
    channel = use("gotify", token="another")
    send_code(channel=channel, now=NOW)
    tell()
    channel.refresh_from_db()
    assert channel.failed_at is not None
    assert channel.error == "401 127.0.0.1"
    assert outbox.outbox == []


def test_a_code_is_given_up_when_it_is_no_longer_valid(
    tell: Tell, message_server: MessageServer, use: Use
) -> None:
    send_code(channel=use("webhook"), now=NOW)
    message_server.answers.extend([503] * 100)
    for minute in range(20):
        tell(minutes=minute)
    assert Mail.objects.get().state == "missed"


def test_several_kinds_are_told_in_one_run(
    tell: Tell, alice: Candidate, message_server: MessageServer, use: Use, call: Interview
) -> None:
    use("gotify")
    use("ntfy")
    stand(alice, "write", now=NOW, company="Dune")
    set_order(candidate=alice, order={"": ["gotify"], "write": ["ntfy"]})
    tell()
    assert [taken.path for taken in message_server.taken] == ["/", "/gotify/message"]


def test_a_process_with_another_secret_ends_no_channel(
    tell: Tell,
    message_server: MessageServer,
    use: Use,
    call: Interview,
    settings: Settings,
) -> None:
    """It may run since before the secret was changed; an operator must look."""
    channel = use("ntfy")
    settings.SECRET_KEY = "another"
    tell()
    channel.refresh_from_db()
    assert channel.failed_at is None
    assert (Mail.objects.get().fault, message_server.taken) == ("server", [])
