"""The counting push service, on which the outcomes of notifications rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reminders.push_messages import PushMessages
from tests.faults.behaviour import Behaviour
from tests.faults.counting_server import CountingServer
from tests.faults.delivery_count import Event
from tests.faults.subscriptions import OURS, browser_of

pytestmark = pytest.mark.servers


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CountingServer]:
    made = CountingServer("push", tmp_path, Behaviour())
    made.start()
    yield made
    made.kill()


def _send(
    server: CountingServer,
    number: int,
    *,
    timeout: float = 10,
    key: ec.EllipticCurvePrivateKey = OURS,
) -> int:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    messages = PushMessages(pem, sender="reminders@hearback.example", ttl=60)
    browser = browser_of(f"c{number}@example.org", origin=f"http://127.0.0.1:{server.port}")
    content = json.dumps({"topic": str(number)}).encode()
    message = messages.write(json.dumps(browser.subscription()), content)
    answer = requests.post(
        message.endpoint, data=message.body, headers=message.headers, timeout=timeout
    )
    return answer.status_code


def test_each_notification_is_counted_as_often_as_it_is_taken(server: CountingServer) -> None:
    assert [_send(server, number) for number in (1, 2, 1)] == [201, 201, 201]
    first, second = ("c1@example.org", "1"), ("c2@example.org", "2")
    assert server.deliveries.taken() == [first, second, first]


def test_another_sender_is_refused(server: CountingServer) -> None:
    assert _send(server, 1, key=ec.generate_private_key(ec.SECP256R1())) == 403
    assert not server.deliveries.events()


def test_every_third_is_to_come_later(server: CountingServer) -> None:
    server.behave(Behaviour(later_every=3))
    assert [_send(server, number) for number in (1, 2, 3)] == [201, 201, 503]
    assert server.deliveries.events() == {Event.TAKEN: 2, Event.LATER: 1}


def test_it_hangs_and_takes_nothing_over(server: CountingServer) -> None:
    server.behave(Behaviour(hang=1))
    with pytest.raises(requests.Timeout):
        _send(server, 1, timeout=0.5)
    _send(server, 1)
    assert server.deliveries.events() == {Event.HUNG: 1, Event.TAKEN: 1}


def test_an_answer_is_lost_after_it_was_taken(server: CountingServer) -> None:
    server.behave(Behaviour(cut=1))
    with pytest.raises(requests.ConnectionError):
        _send(server, 1)
    _send(server, 1)
    assert server.deliveries.taken_count() == 2


def test_a_device_that_is_not_there(server: CountingServer) -> None:
    server.behave(Behaviour(refuse=("c1@example.org",)))
    assert [_send(server, number) for number in (1, 2)] == [410, 201]
    assert server.deliveries.events() == {Event.REFUSED: 1, Event.TAKEN: 1}
