"""Tell a candidate that a channel no longer works. Today says so too."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from interviews.channel_order import mailable_addresses
from interviews.models import MESSAGES, NotificationChannel
from interviews.services.notification_channels import fail_channel


@transaction.atomic
def fail_and_tell(*, channel_id: UUID, error: str, now: datetime) -> None:
    """Once: a channel that had failed before is told of no more. One that was never confirmed told
    nothing so far; its page says what happened."""
    if not fail_channel(channel_id=channel_id, error=error, now=now):
        return
    channel = NotificationChannel.objects.select_related("candidate__user").get(pk=channel_id)
    user = channel.candidate.user
    if channel.confirmed_at is None or not mailable_addresses().filter(user=user).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Notifications no longer reach you")
        context = {"url": absolute_url("dashboard:notifications"), "channel": ""}
        if channel.kind in MESSAGES:
            context["channel"] = channel.get_kind_display()
            subject = _("Messages by %(channel)s no longer reach you") % context
        text = render_to_string("emails/channel_failed.txt", context)
        EmailMessage(subject, text, None, [user.email]).send()
