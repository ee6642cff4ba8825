"""What happens to mails and reminders while a server, a sender or a clock fails."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from pytest_django import Settings

from interviews.models import (
    Candidate,
    Fault,
    Interview,
    Mail,
    Reminder,
    SenderState,
)
from interviews.services.reminders import missed_reminders
from reminders import claim, lease
from reminders.sender import AWAY_MAX, send_batch
from reminders.sending_clock import gap, note_at_work, running
from reminders.smtp import Delivery, SendError
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.reminders.servers import HANG_UP, Answering
from tests.support.inbox import text_of
from tests.support.people import make_candidate, make_contact, make_user
from tests.support.step_factories import stand

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_who_stood_still_after_renewing_does_not_send(
    promised: Interview, answering: Answering, settings: Settings
) -> None:
    with Delivery() as delivery, pytest.raises(SendError, match="took longer"):
        delivery.send(
            "alice@example.org", b"Subject: late\r\n\r\n", began=running() - settings.MAIL_SECONDS
        )
    assert answering.seen == []


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
    assert said.count("We emailed you about this before, but the email didn’t arrive.") == 2
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


def test_a_mail_at_which_senders_die_is_quarantined(
    promised: Interview, settings: Settings
) -> None:
    sweep(now=NOW)
    moment = NOW
    for _death in range(claim.DEATHS_MAX):
        (mail,) = claim.claim_mails(now=moment)
        assert lease.renew(mail, now=moment, reminders=1)
        assert claim.claim_mails(now=moment + MINUTE) == []  # it is held again
        moment += settings.MAIL_LEASE
    assert claim.claim_mails(now=moment) == []
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
    assert claim.claim_mails(now=NOW) == []
    assert len(post()) == 1
