"""What is done if a push service, or a device's subscription, is no good."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from interviews.models import Candidate, Fault, PushDevice
from interviews.services.notification_channels import add_device
from reminders.push import PushDelivery
from reminders.push_keys import public_key
from reminders.sending_clock import running
from reminders.smtp import SendError
from tests.reminders.conftest import NOW
from tests.reminders.push_devices import (
    PAYLOAD,
    add,
    channel,
    failure_of_sending,
    send,
    subscribe,
)
from tests.support.ports import own_port
from tests.support.push_service import HANG, HANG_UP, TRICKLE, PushService


@pytest.mark.parametrize(
    ("answer", "code", "fault"),
    [
        (301, 301, Fault.LATER),
        (400, 400, Fault.LATER),
        (401, 401, Fault.SERVER),
        (403, 403, Fault.SERVER),
        (413, 413, Fault.LATER),
        (429, 429, Fault.LATER),
        (500, 500, Fault.LATER),
        (503, 503, Fault.LATER),
        (HANG_UP, 504, Fault.LATER),
    ],
)
def test_what_an_answer_means(
    alice: Candidate, push_service: PushService, answer: int | str, code: int, fault: Fault
) -> None:
    browser = subscribe(alice, push_service, answer)
    failure = failure_of_sending()
    assert (failure.code, failure.fault) == (code, fault)
    assert "127.0.0.1" in str(failure)
    assert browser.endpoint.rsplit("/", 1)[1] not in str(failure)
    assert PushDevice.objects.count() == 1
    assert send() == "1 of 1 devices"


def test_an_answer_that_was_lost_is_replaced_by_the_next(
    alice: Candidate, push_service: PushService
) -> None:
    browser = subscribe(alice, push_service, HANG_UP)
    failure_of_sending()
    send()
    assert browser.accepted == [PAYLOAD, PAYLOAD]
    first, second = (each.headers["Topic"] for each in browser.received)
    assert first == second


@pytest.mark.parametrize("answers", [(500, 403), (403, 500), (410, 500)])
def test_if_one_may_take_it_later_it_is_tried_again(
    alice: Candidate, push_service: PushService, answers: tuple[int, int]
) -> None:
    for each in answers:
        subscribe(alice, push_service, each)
    assert failure_of_sending().fault == Fault.LATER


@pytest.mark.parametrize("answer", [404, 410])
def test_devices_that_are_gone_are_deleted(
    alice: Candidate, push_service: PushService, answer: int
) -> None:
    for _ in range(2):
        subscribe(alice, push_service, answer)
    for _ in range(2):  # the second time there is none
        failure = failure_of_sending()
        assert (failure.code, failure.fault) == (410, Fault.MAILBOX)
        assert not PushDevice.objects.exists()


def test_others_keep_their_devices(
    alice: Candidate, charlie: Candidate, push_service: PushService
) -> None:
    subscribe(alice, push_service, 410)
    mine = channel()
    theirs = subscribe(charlie, push_service)
    with PushDelivery() as delivery, pytest.raises(SendError):
        delivery.send(mine, PAYLOAD, began=running())
    assert PushDevice.objects.get().channel.candidate == charlie
    assert theirs.received == []


@pytest.mark.parametrize("what", ["keys", "endpoint", "p256dh", "auth"])
def test_what_is_no_subscription_is_gone(
    alice: Candidate, push_service: PushService, what: str
) -> None:
    browser = push_service.subscribe(public_key())
    subscription = browser.subscription()
    if what in ("keys", "endpoint"):
        subscription[what] = "nothing"
    else:
        subscription["keys"][what] = "A"
    add_device(candidate=alice, subscription=subscription, name="Firefox", now=NOW)
    assert failure_of_sending().fault == Fault.MAILBOX
    assert not PushDevice.objects.exists()


def test_a_subscription_that_no_key_opens_stays(
    alice: Candidate, push_service: PushService, settings: Settings
) -> None:
    """Its own fate alone: the instance's key pair is readable."""
    settings.SECRET_KEY, kept = "another", settings.SECRET_KEY
    lost = add(alice, push_service.subscribe("another"))
    settings.SECRET_KEY = kept
    subscribe(alice, push_service)
    assert send() == "1 of 2 devices"
    assert PushDevice.objects.filter(pk=lost.pk).exists()


def test_without_the_key_pair_an_operator_must_look(
    alice: Candidate, push_service: PushService, settings: Settings
) -> None:
    browser = subscribe(alice, push_service)
    settings.SECRET_KEY = "another"
    assert failure_of_sending().fault == Fault.SERVER
    assert (PushDevice.objects.count(), browser.received) == (1, [])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_host_is_not_called(
    alice: Candidate, push_service: PushService, settings: Settings, scheme: str
) -> None:
    browser = push_service.subscribe(public_key())
    browser.endpoint = browser.endpoint.replace("http", scheme)
    add(alice, browser)
    settings.NOTIFY_PRIVATE_HOSTS = False
    failure = failure_of_sending()
    assert (failure.code, failure.fault) == (410, Fault.MAILBOX)
    assert not PushDevice.objects.exists()
    assert browser.endpoint.rsplit("/", 1)[1] not in str(failure)
    assert push_service.connections == 0


def test_a_push_service_that_is_away(
    alice: Candidate, push_service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    browser = push_service.subscribe(public_key())
    browser.endpoint = f"http://127.0.0.1:{own_port()}/s3cret"
    add(alice, browser)
    failure = failure_of_sending()
    assert (failure.code, failure.fault) == (504, Fault.LATER)
    assert "127.0.0.1: ConnectionError" in caplog.text
    assert "s3cret" not in caplog.text + str(failure)


@pytest.mark.parametrize("answer", [HANG, TRICKLE])
def test_one_that_does_not_answer_leaves_time_for_the_others(
    alice: Candidate, push_service: PushService, settings: Settings, answer: str
) -> None:
    settings.MAIL_SECONDS = 0.5
    other = subscribe(alice, push_service)
    slow = push_service.subscribe(public_key(), answer)
    add(alice, slow, now=NOW + timedelta(days=1))  # the device in use is asked first
    assert send() == "1 of 2 devices"
    assert (len(slow.received), len(other.accepted)) == (1, 1)
    assert PushDevice.objects.count() == 2


@pytest.mark.parametrize("answer", [HANG, TRICKLE])
def test_one_that_does_not_answer_is_asked_again(
    alice: Candidate, push_service: PushService, settings: Settings, answer: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.1
    subscribe(alice, push_service, answer)
    failure = failure_of_sending()
    assert (failure.code, failure.fault) == (504, Fault.LATER)
    assert "did not answer" in str(failure)


def test_a_sender_that_was_stopped_sends_nothing(
    alice: Candidate, push_service: PushService, settings: Settings
) -> None:
    """Its lease may have run out, and another has taken over."""
    browser = subscribe(alice, push_service)
    with pytest.raises(SendError) as failure:
        send(began=running() - settings.MAIL_SECONDS)
    assert (failure.value.code, failure.value.fault) == (504, Fault.LATER)
    assert browser.received == []


def test_the_time_of_all_devices_is_limited_together(
    alice: Candidate, push_service: PushService, settings: Settings
) -> None:
    """With more of it, each of them would have answered in the end."""
    settings.MAIL_SECONDS = 0.2
    browsers = [subscribe(alice, push_service, HANG) for _ in range(3)]
    assert failure_of_sending().fault == Fault.LATER
    assert [len(each.received) for each in browsers] == [1, 1, 1]
