"""Notifications to browsers by a push service that is as strict as theirs."""

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from interviews.models import Candidate, PushDevice
from reminders.push import CONTENT_MAX, PushDelivery
from reminders.sending_clock import running
from tests.reminders.push_devices import PAYLOAD, channel, send, subscribe
from tests.support.push_service import PushService, decoded, decrypted


def test_each_device_can_read_it(alice: Candidate, push_service: PushService) -> None:
    browsers = [subscribe(alice, push_service) for _ in range(3)]
    assert send() == "3 of 3 devices"
    assert [each.accepted for each in browsers] == [[PAYLOAD]] * 3
    assert [each.refused for each in browsers] == [[]] * 3
    assert push_service.connections == 1


def test_what_the_push_service_learns(alice: Candidate, push_service: PushService) -> None:
    browser = subscribe(alice, push_service)
    send()
    send(PAYLOAD.replace(b"Call", b"Mail"))
    send(b'{"topic": "interview 2"}')
    send(b'{"title": "No topic"}')
    headers = [each.headers for each in browser.received]
    assert {(each["TTL"], each["Urgency"]) for each in headers} == {("86400", "high")}
    first, second, third, none = [each["Topic"] for each in headers]
    assert first == second != third
    assert (len(first), none) == (32, None)
    token = headers[0]["Authorization"].split("t=")[1].split(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["sub"] == "mailto:reminders@hearback.example"


def test_many_are_sent_over_one_connection(alice: Candidate, push_service: PushService) -> None:
    browser = subscribe(alice, push_service)
    with PushDelivery() as delivery:
        for _ in range(3):
            delivery.send(channel(), PAYLOAD, began=running())
    assert (len(browser.accepted), push_service.connections) == (3, 1)


def test_the_largest_is_taken(alice: Candidate, push_service: PushService) -> None:
    browser = subscribe(alice, push_service)
    largest = json.dumps({"title": "a" * (CONTENT_MAX - 13)}).encode()
    assert len(largest) == CONTENT_MAX == 3900
    send(largest)
    assert browser.accepted == [largest]
    with pytest.raises(ValueError, match="3901 bytes"):
        send(largest + b" ")
    assert len(browser.received) == 1


@pytest.mark.parametrize("answer", [200, 201, 202])
def test_one_device_that_takes_it_is_enough(
    alice: Candidate, push_service: PushService, answer: int
) -> None:
    for others in (410, 500, 403):
        subscribe(alice, push_service, others)
    subscribe(alice, push_service, answer)
    assert send() == "1 of 4 devices"
    assert PushDevice.objects.count() == 3


# RFC 8291, appendix A.
PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def test_the_browser_of_the_tests_reads_as_the_rfc_says() -> None:
    private = ec.derive_private_key(int.from_bytes(decoded(PRIVATE)), ec.SECP256R1())
    read = decrypted(decoded(BODY), private=private, auth=decoded(AUTH))
    assert read == b"When I grow up, I want to be a watermelon"
