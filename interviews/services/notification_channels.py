"""The channels by which a candidate is told of a step: set up, ordered, and lost."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import encryption
from interviews.channel_order import ORDER_OF_ALL
from interviews.models import Candidate, ChannelKind, NotificationChannel, PushDevice
from interviews.services import locks
from interviews.services.reminders import match_channels, match_to_wishes

DEVICES_MAX = 20


def digest_of(subscription: Mapping[str, object]) -> str:
    """By which the browser's device is found: `PushDevice.endpoint_digest`."""
    return hashlib.sha256(str(subscription["endpoint"]).encode()).hexdigest()


@transaction.atomic
def add_device(
    *, candidate: Candidate, subscription: Mapping[str, object], name: str, now: datetime
) -> PushDevice:
    """Store a browser's push subscription (`PushSubscription.toJSON()`), or renew it. With the
    first device notifications come first and email follows, unless an order was chosen before."""
    locks.lock_candidate(candidate.pk)
    channel, _is_new = NotificationChannel.objects.update_or_create(
        candidate=candidate,
        kind=ChannelKind.PUSH,
        defaults={"failed_at": None, "error": ""},
        create_defaults={"confirmed_at": now},
    )
    digest = digest_of(subscription)
    stored = {
        "channel": channel,
        "name": name,
        "device_key": candidate.user.device_key,
        "subscription": encryption.encrypt(json.dumps(subscription)),
        "seen_at": now,
    }
    device, _is_new = PushDevice.objects.update_or_create(
        endpoint_digest=digest, defaults=stored, create_defaults={**stored, "created_at": now}
    )
    too_many = channel.devices.order_by("-seen_at").values("pk")[DEVICES_MAX:]
    PushDevice.objects.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()
    if not candidate.channel_order:
        order = [ChannelKind.PUSH.value, ChannelKind.EMAIL.value]
        set_order(candidate=candidate, order={ORDER_OF_ALL: order})
    else:
        match_channels(candidate)  # it may have failed before
    return device


def rename_device(*, device: PushDevice | None, subscription: Mapping[str, object]) -> bool:
    """Let the device be found by its browser's new subscription; False without a device."""
    if device is None:
        return False
    device.endpoint_digest = digest_of(subscription)
    device.save(update_fields=["endpoint_digest"])
    return True


@transaction.atomic
def remove_device(*, device: PushDevice) -> None:
    """By the candidate. Without a device the channel is gone, and what it was to tell is told by
    the next."""
    channel = device.channel
    locks.lock_candidate(channel.candidate_id)
    device.delete()
    if not channel.devices.exists():
        channel.delete()
        match_to_wishes(channel.candidate)


@transaction.atomic
def set_order(*, candidate: Candidate, order: Mapping[str, Sequence[str]]) -> None:
    """By step, "" for all others. What is not told yet follows the new order."""
    locks.lock_candidate(candidate.pk)
    candidate.channel_order = dict(order)
    candidate.save(update_fields=["channel_order"])
    # What failed, and is wanted no more, is not told of for ever.
    wanted = {kind for kinds in order.values() for kind in kinds}
    failed = candidate.notification_channels.filter(failed_at__isnull=False)
    failed.exclude(kind__in=wanted).delete()
    match_to_wishes(candidate)


@transaction.atomic
def fail_channel(*, channel_id: UUID, error: str, now: datetime) -> bool:
    """It failed for good: nothing is told by it until the candidate sets it up again. False if it
    had failed before, or a browser has subscribed meanwhile."""
    rows = NotificationChannel.objects.filter(pk=channel_id, failed_at=None)
    own_key = F("channel__candidate__user__device_key")
    devices = PushDevice.objects.filter(channel=channel_id, device_key=own_key)
    if devices.exists() or not rows.exists():
        return False
    rows.update(failed_at=now, error=error)
    channel = NotificationChannel.objects.select_related("candidate").get(pk=channel_id)
    match_channels(channel.candidate)
    return True


def failed_channels(candidate: Candidate) -> Sequence[NotificationChannel]:
    """Those that worked and failed for good, to tell the candidate; no query if all is told by
    email."""
    if not candidate.channel_order:
        return []
    failed = candidate.notification_channels.filter(failed_at__isnull=False)
    return list(failed.filter(confirmed_at__isnull=False).order_by("kind"))
