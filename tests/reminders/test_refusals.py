"""What a server's refusal means for the mail, for its address, and for the operator."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from allauth.account.models import EmailAddress
from pytest_django import Settings

from interviews.models import (
    Candidate,
    Fault,
    Interview,
    Mail,
    RefusedAddress,
    Reminder,
    SenderState,
)
from interviews.services.reminders import missed_reminders, retry_address
from reminders.smtp import SendError, SmtpStage, fault_of
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, notify, send_all
from tests.reminders.push_devices import subscribe
from tests.reminders.servers import Answering
from tests.support.people import keep_hours
from tests.support.push_service import PushService
from tests.support.step_factories import stand

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NO_MAILBOX = "550 5.1.1 No such user here"


class Particular(Answering):
    """Refuses recipients with the answer that `refusals` holds for them."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: dict[str, str] = {}
        self.asked: list[str] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        if address not in self.refusals:
            envelope.rcpt_tos.append(address)
            return "250 ok"
        return self.refusals[address]


@pytest.fixture
def particular(settings: Settings) -> Iterator[Particular]:
    with Particular() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.mark.parametrize(
    ("stage", "code", "reply", "others", "fault"),
    [
        (SmtpStage.CONNECT, 0, "ConnectionRefusedError", True, Fault.AWAY),
        (SmtpStage.END, 0, "took longer than 60 s", True, Fault.AWAY),
        (SmtpStage.CONNECT, 421, "too busy", True, Fault.LATER),
        (SmtpStage.RCPT, 450, "4.2.0 Greylisted", True, Fault.LATER),
        (SmtpStage.RCPT, 452, "4.2.2 Mailbox full", True, Fault.LATER),
        (SmtpStage.RCPT, 550, "5.1.1 No such user", False, Fault.MAILBOX),
        (SmtpStage.RCPT, 556, "5.1.10 null MX", False, Fault.MAILBOX),
        (SmtpStage.RCPT, 550, "5.1.23.9 is on our list", False, Fault.SERVER),
        (SmtpStage.RCPT, 550, "Host 5.1.1.7 is on our list", False, Fault.SERVER),
        (SmtpStage.RCPT, 553, "5.1.3 Bad address syntax", True, Fault.MAILBOX),
        (SmtpStage.RCPT, 550, "No such user", True, Fault.MAILBOX),
        (SmtpStage.RCPT, 550, "No such user", False, Fault.SERVER),
        (SmtpStage.RCPT, 554, "5.7.1 Relay access denied", True, Fault.SERVER),
        (SmtpStage.RCPT, 552, "5.2.2 Mailbox full", True, Fault.SERVER),
        # About the sender's address, though at RCPT: no candidate can mend that.
        (SmtpStage.RCPT, 550, "5.1.8 Sender's domain not found", True, Fault.SERVER),
        (SmtpStage.RCPT, 553, "5.1.7 Bad sender's address", True, Fault.SERVER),
        (SmtpStage.CONNECT, 535, "5.7.8 Authentication failed", True, Fault.SERVER),
        (SmtpStage.MAIL, 550, "5.1.1 Sender rejected", True, Fault.SERVER),
        (SmtpStage.END, 554, "5.6.0 Looks like spam", True, Fault.SERVER),
    ],
)
def test_what_an_answer_means(
    stage: SmtpStage, code: int, reply: str, others: bool, fault: Fault
) -> None:
    assert fault_of(SendError(stage, code, reply), are_others_accepted=others) == fault


def test_no_mailbox_stops_mail_to_that_address_alone(
    alice: Candidate, charlie: Candidate, promised: Interview, particular: Particular
) -> None:
    stand(charlie, "call", now=NOW, company="Dune")
    particular.refusals = {"alice@example.org": NO_MAILBOX}
    later = NOW + 6 * HOUR
    sweep(now=later)
    send_all(now=later)
    assert len(particular.seen) == 1
    mail = Mail.objects.get(user=alice.user)
    assert (mail.state, mail.fault, mail.failures) == ("missed", Fault.MAILBOX, 1)
    refused = RefusedAddress.objects.get()
    assert refused.address.email == "alice@example.org"
    assert "No such user here" in refused.reply
    # The reminder waits, is not missed, and is not claimed again.
    assert Reminder.objects.get(candidate=alice).state == "waiting"
    assert not missed_reminders(alice).exists()
    assert send_all(now=later + HOUR) == 0
    assert particular.asked.count("alice@example.org") == 1


def test_a_reminder_goes_to_the_address_that_takes_mail(
    alice: Candidate, promised: Interview, particular: Particular
) -> None:
    particular.refusals = {"alice@example.org": NO_MAILBOX}
    sweep(now=NOW)
    send_all(now=NOW)
    EmailAddress.objects.update(primary=False)
    EmailAddress.objects.create(
        user=alice.user, email="alice@home.example", verified=True, primary=True
    )
    send_all(now=NOW + MINUTE)
    assert particular.asked == ["alice@example.org", "alice@home.example"]
    assert Reminder.objects.get().state == "sent"


def test_on_request_it_is_tried_again_and_a_second_refusal_stops_it_anew(
    alice: Candidate, promised: Interview, particular: Particular
) -> None:
    particular.refusals = {"alice@example.org": NO_MAILBOX}
    sweep(now=NOW)
    send_all(now=NOW)
    assert retry_address(candidate=alice)
    send_all(now=NOW + MINUTE)
    assert RefusedAddress.objects.get().refused_at >= NOW + MINUTE
    assert send_all(now=NOW + HOUR) == 0
    particular.refusals = {}
    assert retry_address(candidate=alice)
    send_all(now=NOW + HOUR)
    assert particular.asked == ["alice@example.org"] * 3
    assert Reminder.objects.get().state == "sent"
    assert not RefusedAddress.objects.exists()


def test_a_code_that_is_asked_for_is_tried_and_lifts_the_stop(
    alice: Candidate, promised: Interview, particular: Particular
) -> None:
    particular.refusals = {"alice@example.org": NO_MAILBOX}
    sweep(now=NOW)
    send_all(now=NOW)
    particular.refusals = {}
    Mail.objects.create(
        kind="account",
        user=alice.user,
        recipient="alice@example.org",
        message_id="<code@hearback.example>",
        subject="Your code",
        text="A1B2",
        try_at=NOW,
        created_at=NOW,
    )
    send_all(now=NOW + MINUTE)
    assert not RefusedAddress.objects.exists()
    assert Reminder.objects.get().state == "sent"


def test_a_refusal_without_a_reason_is_believed_when_others_are_accepted(
    alice: Candidate, charlie: Candidate, promised: Interview, particular: Particular
) -> None:
    particular.refusals = {"alice@example.org": "550 Unknown"}
    sweep(now=NOW)
    send_all(now=NOW)
    mail = Mail.objects.get()
    assert (mail.state, mail.fault) == ("waiting", Fault.SERVER)  # nobody was accepted yet
    send_all(now=NOW + 2 * MINUTE)
    assert not RefusedAddress.objects.exists()
    later = NOW + 6 * HOUR
    SenderState.objects.update(accepted_at=later)
    send_all(now=later + MINUTE)
    mail.refresh_from_db()
    assert (mail.state, mail.fault) == ("missed", Fault.MAILBOX)
    assert RefusedAddress.objects.count() == 1


def test_another_failure_before_does_not_make_one_refusal_two(
    alice: Candidate, promised: Interview, particular: Particular
) -> None:
    particular.refusals = {"alice@example.org": "451 later"}
    sweep(now=NOW)
    send_all(now=NOW)
    SenderState.objects.update(accepted_at=NOW + MINUTE)
    particular.refusals = {"alice@example.org": "550 Too many"}
    send_all(now=NOW + 2 * MINUTE)
    assert Mail.objects.get().state == "waiting"
    assert not RefusedAddress.objects.exists()


def test_a_server_that_turns_everybody_away_stops_nobodys_mail(
    alice: Candidate, charlie: Candidate, promised: Interview, particular: Particular
) -> None:
    """Others were accepted a minute ago, and now it refuses all: that is not about mailboxes."""
    SenderState.objects.update_or_create(pk=1, defaults={"accepted_at": NOW - MINUTE})
    particular.refusals = {"alice@example.org": "550 Go away"}
    sweep(now=NOW)
    for minutes in (0, 2, 10, 30):
        send_all(now=NOW + minutes * MINUTE)
    mail = Mail.objects.get()
    assert (mail.state, mail.fault, mail.failures) == ("waiting", Fault.SERVER, 4)
    assert Mail.objects.refused_by_server().count() == 1
    assert not RefusedAddress.objects.exists()


def test_a_push_that_is_accepted_blames_no_mailbox(
    alice: Candidate,
    charlie: Candidate,
    promised: Interview,
    particular: Particular,
    push_service: PushService,
) -> None:
    """A mail server that refuses everybody without a status is still that."""
    particular.refusals = {"alice@example.org": "550 go away"}
    browser = subscribe(keep_hours(charlie, now=NOW, is_open=True), push_service)
    for minute in (0, 2, 10, 60):
        now = NOW + minute * MINUTE
        stand(charlie, "call", now=NOW, company=f"Dune {minute}")
        sweep(now=now)
        notify(now=now)
        send_all(now=now)
    assert len(browser.accepted) == 4
    assert not RefusedAddress.objects.exists()
    assert Mail.objects.get(recipient="alice@example.org").fault in (Fault.SERVER, Fault.LATER)
