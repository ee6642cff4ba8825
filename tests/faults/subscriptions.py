"""The browsers of a run's candidates: all with one key pair, which their push service knows too,
and each at a path that is the candidate's email."""

import json
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.push_service import Browser, encoded, point_of

# Secret from nobody, so that no process needs to tell the others.
OURS, THEIRS = (ec.derive_private_key(number, ec.SECP256R1()) for number in (2, 3))
APPLICATION_KEY = encoded(point_of(OURS.public_key()))


def browser_of(email: str, *, origin: str) -> Browser:
    return Browser(f"{origin}/{email}", APPLICATION_KEY, private=THEIRS, auth=bytes(16))


def subscribe_all(port: int, *, now: datetime) -> None:
    """Give each candidate a browser at the push service of this port."""
    from accounts.encryption import encrypt
    from interviews.models import Candidate, ChannelKind, NotificationChannel, PushDevice, PushKey
    from interviews.services.notification_channels import digest_of

    pem = OURS.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    PushKey.objects.create(
        pk=1, private_key=encrypt(pem), public_key=APPLICATION_KEY, created_at=now
    )
    Candidate.objects.update(channel_order={"": [ChannelKind.PUSH, ChannelKind.EMAIL]})
    channels, devices = [], []
    for candidate in Candidate.objects.select_related("user"):
        origin = f"http://127.0.0.1:{port}"
        subscription = browser_of(candidate.user.email, origin=origin).subscription()
        channel = NotificationChannel(candidate=candidate, kind=ChannelKind.PUSH, confirmed_at=now)
        channels.append(channel)
        devices.append(
            PushDevice(
                channel=channel,
                name="Firefox",
                device_key=candidate.user.device_key,
                subscription=encrypt(json.dumps(subscription)),
                endpoint_digest=digest_of(subscription),
                created_at=now,
                seen_at=now,
            )
        )
    NotificationChannel.objects.bulk_create(channels)
    PushDevice.objects.bulk_create(devices)
