"""What a failure means: for the mail, for its address, for the operator, and for the reminder."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from interviews.reminders import lease
from interviews.reminders.clock import gap, note_at_work, running
from interviews.reminders.delivery import Delivery, SendError, Stage, fault_of
from interviews.reminders.sender import AWAY_MAX, send_batch
from interviews.reminders.sweep import sweep
from interviews.services.reminders import missed_reminders, retry_address
from tests.interviews.reminders.conftest import NOW, Send, send_all
from tests.interviews.reminders.servers import HANG_UP, Answering
from tests.support.inbox import text_of
from tests.support.people import make_candidate, make_contact, make_user
from tests.support.standing import stand

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
        (Stage.CONNECT, 0, "ConnectionRefusedError", True, Fault.AWAY),
        (Stage.END, 0, "took longer than 60 s", True, Fault.AWAY),
        (Stage.CONNECT, 421, "too busy", True, Fault.LATER),
        (Stage.RCPT, 450, "4.2.0 Greylisted", True, Fault.LATER),
        (Stage.RCPT, 452, "4.2.2 Mailbox full", True, Fault.LATER),
        (Stage.RCPT, 550, "5.1.1 No such user", False, Fault.MAILBOX),
        (Stage.RCPT, 556, "5.1.10 null MX", False, Fault.MAILBOX),
        (Stage.RCPT, 550, "5.1.23.9 is on our list", False, Fault.SERVER),
        (Stage.RCPT, 550, "Host 5.1.1.7 is on our list", False, Fault.SERVER),
        (Stage.RCPT, 553, "5.1.3 Bad address syntax", True, Fault.MAILBOX),
        (Stage.RCPT, 550, "No such user", True, Fault.MAILBOX),
        (Stage.RCPT, 550, "No such user", False, Fault.SERVER),
        (Stage.RCPT, 554, "5.7.1 Relay access denied", True, Fault.SERVER),
        (Stage.RCPT, 552, "5.2.2 Mailbox full", True, Fault.SERVER),
        # About the sender's address, though at RCPT: no candidate can mend that.
        (Stage.RCPT, 550, "5.1.8 Sender's domain not found", True, Fault.SERVER),
        (Stage.RCPT, 553, "5.1.7 Bad sender's address", True, Fault.SERVER),
        (Stage.CONNECT, 535, "5.7.8 Authentication failed", True, Fault.SERVER),
        (Stage.MAIL, 550, "5.1.1 Sender rejected", True, Fault.SERVER),
        (Stage.END, 554, "5.6.0 Looks like spam", True, Fault.SERVER),
    ],
)
def test_what_an_answer_means(
    stage: Stage, code: int, reply: str, others: bool, fault: Fault
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
    # Her reminder waits, is not missed, and is asked for no more.
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


def test_when_she_says_so_it_is_tried_again_and_a_second_refusal_stops_it_anew(
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


def test_a_code_that_she_asks_for_is_tried_and_lifts_the_stop(
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


def test_who_stood_still_after_renewing_does_not_send(
    promised: Interview, answering: Answering, settings: Settings
) -> None:
    with Delivery() as delivery, pytest.raises(SendError, match="took longer"):
        delivery.send(
            "alice@example.org", b"Subject: late\r\n\r\n", began=running() - settings.MAIL_SECONDS
        )
    assert answering.seen == []


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


def test_hours_without_a_sender_do_not_count(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = HOUR
    answering.answers = ["451 later"] * 3
    sweep(now=NOW)
    send_all(now=NOW)
    send_all(now=NOW + 48 * HOUR)  # nobody was at work between the two
    assert Mail.objects.get().state == "waiting"
    moment = NOW + 48 * HOUR
    while moment < NOW + 49.1 * HOUR:
        moment += MINUTE
        note_at_work(now=moment)
    send_all(now=moment)
    assert Mail.objects.get().state == "missed"
    assert missed_reminders(alice).exists()


def test_the_senders_clock_counts_once_for_all_and_leaves_gaps_out(db: None) -> None:
    note_at_work(now=NOW)
    note_at_work(now=NOW + MINUTE)
    note_at_work(now=NOW + MINUTE)  # another sender, at the same moment
    assert SenderState.objects.get().ran_for == MINUTE
    assert SenderState.objects.get().started_at == NOW
    after = NOW + MINUTE + gap() + timedelta(seconds=1)
    state = note_at_work(now=after)
    assert state.ran_for == SenderState.objects.get().ran_for == MINUTE
    assert SenderState.objects.get().started_at == after


def test_what_was_missed_is_named_in_the_next_mail_that_gets_through(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = timedelta(0)
    answering.answers = ["451 later"]
    sweep(now=NOW)
    send_all(now=NOW)
    assert Reminder.objects.get().state == "missed"
    stand(alice, "write", now=NOW, company="Bolt")
    later = NOW + 2 * HOUR
    sweep(now=later)
    answering.answers = ["451 later"]  # neither does the next one get through
    send_all(now=later)
    assert promised in {each.interview for each in missed_reminders(alice)}
    stand(alice, "close", now=NOW, company="Cobalt")
    last = later + 3 * HOUR
    sweep(now=last)
    send_all(now=last)
    said = text_of(answering.seen[-1])
    assert "Acme" in said
    assert "Bolt" in said
    assert "Cobalt" in said
    assert said.count("An earlier mail about this could not be delivered.") == 2
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
    assert not missed_reminders(alice).exists()


def test_what_was_missed_and_settled_since_is_not_named(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = timedelta(0)
    answering.answers = ["451 later"]
    sweep(now=NOW)
    send_all(now=NOW)
    make_contact(promised, now=NOW + MINUTE)
    stand(alice, "write", now=NOW, company="Bolt")
    later = NOW + 2 * HOUR
    sweep(now=later)
    send_all(now=later)
    assert "Acme" not in text_of(answering.seen[-1])
    assert Reminder.objects.get(interview=promised).state == "missed"


def test_a_mail_at_which_senders_die_is_set_aside(promised: Interview, settings: Settings) -> None:
    sweep(now=NOW)
    moment = NOW
    for _death in range(lease.DEATHS_MAX):
        (mail,) = lease.claim_mails(now=moment)
        assert lease.renew(mail, now=moment, reminders=1)
        moment += settings.MAIL_LEASE
    assert lease.claim_mails(now=moment) == []
    assert Mail.objects.get().state == "set_aside"
    assert Reminder.objects.get().state == "set_aside"


def test_a_code_does_not_wait_behind_reminders(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_BATCH = 1
    sweep(now=NOW)
    Mail.objects.create(
        kind="account",
        recipient="new@example.org",
        message_id="<code@hearback.example>",
        subject="Your code",
        text="A1B2",
        try_at=NOW,
        created_at=NOW,
    )
    with Delivery() as delivery:
        send_batch(now=NOW, delivery=delivery)
    assert [str(each["To"]) for each in answering.seen] == ["new@example.org"]


def test_a_server_that_is_away_costs_one_look_and_nobodys_place(
    db: None, settings: Settings
) -> None:
    """The batch is put back as tried; what had not been claimed is not touched."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.MAIL_BATCH = 2
    for name in ("One", "Two", "Three"):
        stand(make_candidate(make_user(name)), "call", now=NOW)
    sweep(now=NOW)
    assert send_all(now=NOW) == 0
    assert list(Mail.objects.values_list("state", "fault")) == [("waiting", Fault.AWAY)] * 2
    assert Reminder.objects.unmailed().count() == 1


def test_mails_wait_for_minutes_for_a_server_that_was_away_for_hours(
    promised: Interview, answering: Answering, settings: Settings
) -> None:
    away, back = 1, settings.EMAIL_PORT
    settings.EMAIL_PORT = away
    sweep(now=NOW)
    for hours in range(12):
        send_all(now=NOW + hours * HOUR)
    settings.EMAIL_PORT = back
    send_all(now=NOW + 11 * HOUR + 11 * MINUTE)
    assert Reminder.objects.get().state == "sent"


def test_a_server_at_which_every_connection_is_lost_is_left_alone(
    db: None, answering: Answering, settings: Settings
) -> None:
    for number in range(6):
        stand(make_candidate(make_user(f"Person{number}")), "call", now=NOW)
    answering.answers = [HANG_UP] * AWAY_MAX
    sweep(now=NOW)
    send_all(now=NOW)
    assert len(answering.seen) == AWAY_MAX
    states = Mail.objects.values_list("failures", "state")
    assert sorted(states) == [(0, "waiting")] * 3 + [(1, "waiting")] * 3
    assert send_all(now=NOW + MINUTE / 2) == 3  # those that were not begun can be sent at once


@contextmanager
def dribbling(greeting: bytes) -> Iterator[int]:
    """A server that says what follows its greeting so slowly that no socket operation ever times
    out."""
    listening = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            connection, _peer = listening.accept()
            if greeting:
                connection.sendall(greeting)
                connection.recv(1024)
                connection.sendall(b"250 slow\r\n")
            while not is_over.wait(0.05):
                connection.sendall(b"2")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        is_over.set()
        listening.close()
        thread.join(timeout=5)


@pytest.mark.parametrize("greeting", [b"220 slow\r\n", b""])
def test_one_mail_has_a_time_limit_of_its_own(
    promised: Interview, settings: Settings, greeting: bytes
) -> None:
    """From the greeting on: a server may be slow at any point."""
    settings.MAIL_SECONDS = 0.5
    sweep(now=NOW)
    with dribbling(greeting) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        began = time.monotonic()
        send_all(now=NOW)
        assert time.monotonic() - began < settings.EMAIL_TIMEOUT
    mail = Mail.objects.get()
    assert (mail.state, mail.fault) == ("waiting", Fault.AWAY)
    assert "took longer than 0.5 s" in mail.error


def test_who_still_has_rows_for_the_sweep_is_not_mailed_yet(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    """Else a machine that was asleep would send a mail for each batch of the sweep."""
    other = stand(alice, "write", now=NOW, company="Bolt")
    sweep(now=NOW)
    Interview.objects.filter(pk=other.pk).update(review_at=NOW)
    assert lease.claim_mails(now=NOW) == []
    assert len(post()) == 1
