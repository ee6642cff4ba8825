"""Browsers of the candidates that subscribed, and what comes of sending to them."""

import json
from datetime import datetime

import pytest

from interviews.models import Candidate, NotificationChannel, PushDevice
from interviews.services.notification_channels import add_device
from reminders.push import PushDelivery
from reminders.push_keys import public_key
from reminders.sending_clock import running
from reminders.smtp import SendError
from tests.reminders.conftest import NOW
from tests.support.push_service import Browser, PushService

PAYLOAD = json.dumps({"title": "Call Anna Petrova", "topic": "interview 1"}).encode()


def add(candidate: Candidate, browser: Browser, *, now: datetime = NOW) -> PushDevice:
    subscription = browser.subscription()
    return add_device(candidate=candidate, subscription=subscription, name="Firefox", now=now)


def subscribe(candidate: Candidate, service: PushService, *answers: int | str) -> Browser:
    browser = service.subscribe(public_key(), *answers)
    add(candidate, browser)
    return browser


def channel() -> str:
    return str(NotificationChannel.objects.get().pk)


def send(content: bytes = PAYLOAD, *, began: float | None = None) -> str:
    with PushDelivery() as delivery:
        delivery.open()
        return delivery.send(channel(), content, began=running() if began is None else began)


def failure_of_sending() -> SendError:
    with pytest.raises(SendError) as failure:
        send()
    assert failure.value.code, "a batch would end: no server answered"
    assert not failure.value.is_connection
    return failure.value
