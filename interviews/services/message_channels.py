"""Channels of messages: set up, confirmed by a code that arrived by them, and removed."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts import encryption
from interviews.channel_order import ORDER_OF_ALL
from interviews.models import Candidate, ChannelKind, NotificationChannel
from interviews.services import locks
from interviews.services.notification_channels import set_order
from interviews.services.reminders import match_channels, match_to_wishes

CODE_VALID = timedelta(minutes=15)
FAILURES_MAX = 5
Settings = Mapping[str, str]


def settings_of(channel: NotificationChannel) -> Settings | None:
    """None if no known key decrypts them."""
    found = encryption.try_decrypt(channel.target)
    settings: Settings | None = None if found is None else json.loads(found)
    return settings


@transaction.atomic
def set_up(*, candidate: Candidate, kind: str, settings: Settings) -> NotificationChannel:
    """Store the settings, which tell nothing until they are confirmed; unless nothing changed."""
    locks.lock_candidate(candidate.pk)
    channel = candidate.notification_channels.filter(kind=kind).first()
    if channel is not None and settings_of(channel) == settings:
        return channel
    channel, _is_new = NotificationChannel.objects.update_or_create(
        candidate=candidate,
        kind=kind,
        defaults={"target": encryption.encrypt(json.dumps(settings)), **_UNCONFIRMED},
    )
    match_channels(candidate)
    return channel


_UNCONFIRMED = {
    "confirmed_at": None,
    "failed_at": None,
    "error": "",
    "code_digest": "",
    "code_failures": 0,
}


@transaction.atomic
def new_code(*, channel: NotificationChannel, now: datetime) -> str:
    """A code that confirms the channel from now on; an earlier one no longer does."""
    locks.lock_candidate(channel.candidate_id)
    code = f"{secrets.randbelow(10**6):06}"
    stored = {**_UNCONFIRMED, "code_digest": _digest(channel, code), "code_sent_at": now}
    NotificationChannel.objects.filter(pk=channel.pk).update(**stored)
    match_channels(channel.candidate)
    return code


def enter_code(*, channel: NotificationChannel, code: str, now: datetime) -> None:
    """Raise ValidationError unless it is the code that was sent last."""
    if refusal := _try_code(channel, code, now=now):
        raise ValidationError({"code": refusal})


@transaction.atomic
def _try_code(channel: NotificationChannel, code: str, *, now: datetime) -> str:
    """Return why it is refused, which is counted."""
    candidate = channel.candidate
    locks.lock_candidate(candidate.pk)
    channel.refresh_from_db()
    sent_at = channel.code_sent_at
    if not channel.code_digest or sent_at is None or now - sent_at > CODE_VALID:
        return _("This code has expired. Send a new one.")
    if channel.code_failures >= FAILURES_MAX:
        return _("We can’t check more codes for this message. Send a new one.")
    if not constant_time_compare(channel.code_digest, _digest(channel, code)):
        channel.code_failures += 1
        channel.save(update_fields=["code_failures"])
        return _("Enter the six digits of our latest message.")
    channel.confirmed_at, channel.failed_at, channel.error = now, None, ""
    channel.code_digest, channel.code_failures = "", 0
    channel.save()
    if candidate.channel_order:
        match_channels(candidate)
    else:
        order = [channel.kind, ChannelKind.EMAIL.value]
        set_order(candidate=candidate, order={ORDER_OF_ALL: order})
    return ""


@transaction.atomic
def remove_channel(*, channel: NotificationChannel) -> None:
    """What it was to tell is told by the next."""
    locks.lock_candidate(channel.candidate_id)
    channel.delete()
    match_to_wishes(channel.candidate)


def _digest(channel: NotificationChannel, code: str) -> str:
    """Keyed, as there are few codes."""
    key = f"{channel.pk} {code}"
    return salted_hmac("interviews.channel-code", key, algorithm="sha256").hexdigest()
