"""The counting SMTP server, on which the other outcomes rest."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.faults.behaviour import Behaviour
from tests.faults.counting_server import CountingServer
from tests.faults.delivery_count import Event
from tests.support.waiting import wait_until

pytestmark = pytest.mark.servers


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CountingServer]:
    made = CountingServer("smtp", tmp_path, Behaviour())
    made.start()
    yield made
    made.kill()


def _send(server: CountingServer, number: int, *, timeout: float = 10) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "reminders@localhost", f"c{number}@example.org"
    message["Message-ID"] = f"<{number}@localhost>"
    message.set_content("Hello")
    with smtplib.SMTP("127.0.0.1", server.port, timeout=timeout) as client:
        client.send_message(message)


def test_each_mail_is_counted_as_often_as_it_is_taken(server: CountingServer) -> None:
    for number in (1, 2, 1):
        _send(server, number)
    first, second = ("c1@example.org", "<1@localhost>"), ("c2@example.org", "<2@localhost>")
    assert server.deliveries.taken() == [first, second, first]
    assert server.deliveries.taken_count() == 3


def test_it_comes_back_at_its_port_and_goes_on_counting(server: CountingServer) -> None:
    _send(server, 1)
    server.kill()
    with pytest.raises(ConnectionRefusedError):
        _send(server, 2)
    server.start()
    _send(server, 3)
    assert server.deliveries.taken_count() == 2


def test_every_third_is_to_come_later(server: CountingServer) -> None:
    server.behave(Behaviour(later_every=3))
    _send(server, 1)
    _send(server, 2)
    with pytest.raises(smtplib.SMTPDataError) as caught:
        _send(server, 3)
    assert caught.value.smtp_code == 451
    assert server.deliveries.events() == {Event.TAKEN: 2, Event.LATER: 1}


def test_it_hangs_before_the_end_and_takes_nothing_over(server: CountingServer) -> None:
    server.behave(Behaviour(hang=1))
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        _send(server, 1, timeout=0.5)
    _send(server, 2)
    assert server.deliveries.events() == {Event.HUNG: 1, Event.TAKEN: 1}


def test_an_answer_is_lost_after_the_mail_was_taken(server: CountingServer) -> None:
    server.behave(Behaviour(cut=1))
    with pytest.raises((ConnectionResetError, smtplib.SMTPServerDisconnected)):
        _send(server, 1)
    _send(server, 1)
    assert server.deliveries.taken_count() == 2


def test_whoever_leaves_before_the_answer_has_handed_nothing_over(server: CountingServer) -> None:
    server.behave(Behaviour(pause=0.5))
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        _send(server, 1, timeout=0.1)
    server.behave(Behaviour())
    _send(server, 2)
    assert server.deliveries.taken() == [("c2@example.org", "<2@localhost>")]


def test_whoever_leaves_after_that_has(server: CountingServer) -> None:
    server.behave(Behaviour(answer_pause=10))
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        _send(server, 1, timeout=0.5)
    wait_until(lambda: server.deliveries.taken_count() == 1, seconds=5, what="the mail taken over")


def test_a_mailbox_that_is_not_there(server: CountingServer) -> None:
    server.behave(Behaviour(refuse=("c1@example.org",)))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        _send(server, 1)
    _send(server, 2)
    assert server.deliveries.events() == {Event.REFUSED: 1, Event.TAKEN: 1}
