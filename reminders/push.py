"""Delivery of notifications to browsers, as `smtp.py` delivers mails.

A candidate's devices have servers of their own, the push services of their browsers: any of them
may be down, so no failure is about the others. Whoever knows a device's endpoint can disturb it,
so texts name its host alone.
"""

import base64
import hashlib
import json
import logging
import re
from email.utils import parseaddr
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import requests
from django.conf import settings
from django.db.models import F

from accounts import encryption
from interviews.models import Fault, Mail, PushDevice
from reminders import push_keys
from reminders.outbound_http import OutboundSession, RefusedUrlError, read_words
from reminders.push_keys import LostKeyError
from reminders.sending_clock import running
from reminders.smtp import SendError, SmtpStage

if TYPE_CHECKING:
    from reminders.push_messages import PushMessage, PushMessages

logger = logging.getLogger(__name__)

# RFC 8030 obliges push services to take bodies of 4096 bytes; encryption needs 103 of them.
CONTENT_MAX = 3900
TTL_SECONDS = 24 * 3600
TOPIC_MAX = 32
WORDS_MAX = 200
ACCEPTED, GONE, DENIED = (200, 201, 202), (404, 410), (401, 403)
# Of ours: a refused host, no answer, and a secret that this process cannot decrypt.
FORBIDDEN, NO_ANSWER, LOST = 403, 504, 500


class PushDelivery:
    """A context manager. It keeps connections to push services open, as for SMTP."""

    kinds = (Mail.Kind.PUSH,)
    # That a push service accepted something says nothing of a mailbox.
    knows_mailboxes = False

    def __init__(self) -> None:
        self._session = OutboundSession()
        self._messages: PushMessages | None = None

    def __enter__(self) -> "PushDelivery":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def open(self) -> None:
        """Nothing: each device has a server of its own."""

    def send(self, recipient: str, content: bytes, *, began: float) -> str:
        """Send to all devices of a channel; return how many accepted it. One is enough. Raise
        SendError, and ValueError for what no push service takes.

        `recipient` is the key of a NotificationChannel, and `content` is JSON. A notification
        replaces an earlier one with the same `topic` that a device has not received yet. The time
        limit counts from `began`, as for Delivery.send.
        """
        if len(content) > CONTENT_MAX:
            raise ValueError(f"A notification of {len(content)} bytes is too large.")
        topic = _topic(content)
        # Not those whose sessions were ended since, on a lost phone for example.
        own_key = F("channel__candidate__user__device_key")
        devices = list(PushDevice.objects.filter(channel=UUID(recipient), device_key=own_key))
        accepted = 0
        failures: list[SendError] = []
        for number, device in enumerate(devices):
            left = began + settings.MAIL_SECONDS - running()
            if left <= 0:
                late = f"it took longer than {settings.MAIL_SECONDS:g} s"
                failures.append(_failure(NO_ANSWER, late, Fault.LATER))
                break
            # A share each: one that never answers must not use up the time of the others.
            seconds = min(left / (len(devices) - number), settings.EMAIL_TIMEOUT)
            failure = self._send_to(device, content, topic, seconds)
            if failure is None:
                accepted += 1
            elif failure.fault == Fault.MAILBOX:
                _forget(device)
            else:
                logger.info("Device %s: %s", device.pk, failure)
                failures.append(failure)
        if accepted:
            return f"{accepted} of {len(devices)} devices"
        # If one may still accept it, try again.
        failures.sort(key=lambda each: each.fault != Fault.LATER)
        raise failures[0] if failures else _failure(410, "no device is left", Fault.MAILBOX)

    def _send_to(
        self, device: PushDevice, content: bytes, topic: str, seconds: float
    ) -> SendError | None:
        """Return what failed, MAILBOX if the device is gone; None if it was accepted."""
        subscription = encryption.try_decrypt(device.subscription)
        if subscription is None:
            return _failure(LOST, "the subscription cannot be decrypted", Fault.SERVER)
        message = self._written(subscription, content)
        if message is None:
            return _failure(410, "the subscription cannot be read", Fault.MAILBOX)
        headers = {**message.headers, "Urgency": "high", **({"Topic": topic} if topic else {})}
        host = urlsplit(message.endpoint).hostname
        try:
            answer = self._session.post(
                message.endpoint, data=message.body, headers=headers, timeout=seconds
            )
        except RefusedUrlError as error:
            # What nobody may be asked for is no device, and no fault of a push service.
            return _failure(FORBIDDEN, str(error), Fault.MAILBOX)
        except requests.Timeout:
            return _failure(NO_ANSWER, f"{host} did not answer in time", Fault.LATER)
        except requests.RequestException as error:
            return _failure(NO_ANSWER, f"{host}: {type(error).__name__}", Fault.LATER)
        said = _without_secrets(read_words(answer), message.endpoint)[:WORDS_MAX]
        return _failure_of(answer.status_code, f"{host}: {said}".removesuffix(": "))

    def _written(self, subscription: str, content: bytes) -> "PushMessage | None":
        if self._messages is None:
            from reminders.push_messages import PushMessages  # which imports pydantic

            sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
            self._messages = PushMessages(self._key(), sender=sender, ttl=TTL_SECONDS)
        try:
            return self._messages.write(subscription, content)
        except ValueError:
            return None

    @staticmethod
    def _key() -> bytes:
        try:
            return push_keys.private_key()
        except LostKeyError as error:
            raise _failure(LOST, str(error), Fault.SERVER) from error


def _topic(content: bytes) -> str:
    """As the header takes it; the push service learns nothing but which are the same."""
    said = json.loads(content).get("topic")
    if not said:
        return ""
    digest = hashlib.sha256(str(said).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:TOPIC_MAX]


def _forget(device: PushDevice) -> None:
    """Unless the browser has renewed its subscription meanwhile."""
    PushDevice.objects.filter(pk=device.pk, subscription=device.subscription).delete()


def _failure_of(status: int, said: str) -> SendError | None:
    if status in ACCEPTED:
        return None
    if status in GONE:
        return _failure(status, said, Fault.MAILBOX)
    # An operator must look if the key is refused; who is behind another answer is unknown.
    return _failure(status, said, Fault.SERVER if status in DENIED else Fault.LATER)


def _failure(code: int, said: str, fault: Fault) -> SendError:
    return SendError(SmtpStage.API, code, said, fault)


def _without_secrets(words: str, endpoint: str) -> str:
    """Servers tend to repeat the URL."""
    _scheme, _host, path, query, _fragment = urlsplit(endpoint)
    secrets = {each for each in re.split(r"[/?&=]", f"{path}?{query}") if len(each) > 4}
    for each in sorted(secrets, key=len, reverse=True):
        words = words.replace(each, "…")
    return words
