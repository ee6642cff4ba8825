"""The code by which a candidate confirms a channel of messages."""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from accounts.keys import new_key
from interviews.models import DeliveryState, Mail, NotificationChannel
from interviews.services.message_channels import new_code
from reminders.outbox import message_id
from reminders.wakeups import wake_notifiers

CODE = "channel.code"  # the type of the message


@transaction.atomic
def send_code(*, channel: NotificationChannel, now: datetime) -> None:
    """Queue a new one. An earlier one that was not sent yet is not sent any more."""
    code, key = new_code(channel=channel, now=now), new_key()
    recipient = str(channel.pk)
    earlier = Mail.objects.filter(recipient=recipient, state=DeliveryState.WAITING)
    earlier.exclude(text="").update(state=DeliveryState.SETTLED, text="")
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "id": str(key),
            "type": CODE,
            "title": _("Your code for Hearback: %(code)s") % {"code": code},
            "body": _("Enter it in Hearback within 15 minutes. Reminders then come this way."),
            "url": absolute_url("dashboard:message-channel-code", channel.kind),
            "lang": settings.LANGUAGE_CODE,
            "actions": [],
        }
        subject = _("Code for a channel")
    Mail.objects.create(
        id=key,
        kind=channel.kind,
        user=channel.candidate.user,
        recipient=recipient,
        message_id=message_id(key),
        subject=subject,
        text=json.dumps(told),
        try_at=now,
        created_at=now,
    )
    transaction.on_commit(wake_notifiers)
