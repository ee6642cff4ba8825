"""A test notification, so that candidates see whether one arrives, and where."""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from accounts.keys import new_key
from interviews.models import Candidate, ChannelKind, Mail
from reminders.outbox import message_id
from reminders.wakeups import wake_notifiers

TOPIC = "test"


@transaction.atomic
def send_test(candidate: Candidate, now: datetime) -> bool:
    """Queue it for all devices of the candidate; return whether there are any."""
    channel = candidate.notification_channels.usable().filter(kind=ChannelKind.PUSH).first()
    if channel is None:
        return False
    key = new_key()
    with translation.override(settings.LANGUAGE_CODE):
        title = _("This is a test notification")
        told = {
            "title": title,
            "body": _("This is how we’ll tell you when it’s time to act."),
            "url": absolute_url("dashboard:notifications"),
            "topic": TOPIC,
            "lang": settings.LANGUAGE_CODE,
            "actions": [],
        }
    Mail.objects.create(
        id=key,
        kind=Mail.Kind.PUSH,
        user=candidate.user,
        recipient=str(channel.pk),
        message_id=message_id(key),
        subject=title,
        text=json.dumps(told),
        try_at=now,
        created_at=now,
    )
    transaction.on_commit(wake_notifiers)
    return True
