"""Delivery of messages: by services that the candidate uses, or to a webhook of the candidate's.

Each channel has a server of its own, as a browser has its push service: no failure is about the
others. Whoever knows a channel's settings can write in the candidate's name, so texts name the host
alone.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any
from uuid import UUID

import requests
from django.conf import settings as site
from django.utils import timezone

from interviews.models import MESSAGES, ChannelKind, Fault, Mail, NotificationChannel
from interviews.services.message_channels import Settings, settings_of
from reminders.channel_code import CODE
from reminders.message_requests import GONE, LOST, NO_ANSWER, MessageRequests, failure
from reminders.outbound_http import OutboundSession

REMINDER_DUE = "reminder.due"
# These say by 400 that they know no such chat, or user; others, that they are out of order.
GONE_BY_KIND = {
    ChannelKind.TELEGRAM: GONE | {400},
    ChannelKind.PUSHOVER: GONE | {400},
    # As Standard Webhooks has it: the others may be those of a server that is set up anew.
    ChannelKind.WEBHOOK: frozenset({410}),
}


class MessageDelivery:
    """A context manager. It keeps connections open, as for SMTP."""

    kinds = tuple(Mail.Kind(each.value) for each in MESSAGES)
    knows_mailboxes = False

    def __init__(self) -> None:
        self._session = OutboundSession()

    def __enter__(self) -> "MessageDelivery":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def open(self) -> None:
        """Nothing: each channel has a server of its own."""

    def send(self, recipient: str, content: bytes, *, began: float) -> str:
        """Send to a channel; return which one. Raise SendError.

        `recipient` is the key of a NotificationChannel, and `content` is the JSON of a
        notification. The time limit counts from `began`, as for Delivery.send.
        """
        told = json.loads(content)
        channel = NotificationChannel.objects.filter(pk=UUID(recipient)).first()
        if channel is None:
            raise failure(410, "the channel is gone", Fault.MAILBOX)
        settings = settings_of(channel)
        if settings is None:
            # By this process: another may have the SECRET_KEY that encrypted them.
            raise failure(LOST, "its settings cannot be decrypted", Fault.SERVER)
        if channel.confirmed_at is None and told.get("type") != CODE:
            # Changed since the lease was renewed; the next try finds that it is not told here.
            raise failure(NO_ANSWER, "not confirmed", Fault.LATER)
        kind = ChannelKind(channel.kind)
        ends = began + site.MAIL_SECONDS
        by = MessageRequests(self._session, ends, GONE_BY_KIND.get(kind, GONE))
        if kind == ChannelKind.WEBHOOK:
            is_accepted = _post(settings, told, by)
        else:
            is_accepted = _notify(kind, settings, told, by)
        if is_accepted:
            return kind.value
        raise by.failure or failure(NO_ANSWER, "not accepted", Fault.LATER)


def _notify(kind: str, settings: Settings, told: Mapping[str, Any], by: MessageRequests) -> bool:
    from reminders.message_services import notify  # which imports a large library

    links = [f"{each['title']}: {each['url']}" for each in told["actions"]]
    text = "\n".join([told["body"], told["url"], *links])
    try:
        return notify(kind, settings, title=told["title"], text=text, url=told["url"], by=by)
    except ValueError as error:
        raise failure(410, str(error), Fault.MAILBOX) from error


def _post(settings: Settings, told: Mapping[str, Any], by: MessageRequests) -> bool:
    """As Standard Webhooks has it; a message that is sent again has the same id."""
    now = timezone.now()
    data = {name: told[name] for name in ("title", "body", "url", "actions")}
    event = {"type": told.get("type", REMINDER_DUE), "timestamp": now.isoformat(), "data": data}
    body = json.dumps(event)
    key, seconds = str(told["id"]), str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature(settings['secret'], f'{key}.{seconds}.{body}')}",
    }
    with suppress(requests.RequestException):
        by.request("POST", settings["url"], data=body.encode(), headers=headers)
    return by.failure is None


def signature(secret: str, signed: str) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
