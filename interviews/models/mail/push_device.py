"""A browser that receives a candidate's notifications: a push subscription (W3C Push API)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encrypted_field import EncryptedTextField
from accounts.keys import new_key
from interviews.models.mail.notification_channel import NotificationChannel


class PushDevice(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    channel = models.ForeignKey(
        NotificationChannel, models.CASCADE, related_name="devices", verbose_name=_("channel")
    )
    name = models.CharField(_("device"), max_length=100)
    # Whoever knows it can send: `PushSubscription.toJSON()`, encrypted by accounts.encryption.
    subscription = EncryptedTextField(editable=False)
    # SHA-256 of the endpoint: a browser that subscribes again keeps its row.
    endpoint_digest = models.CharField(max_length=64, unique=True, editable=False)
    # The user's when it subscribed or was renewed: it is told nothing once sessions were ended.
    device_key = models.UUIDField(editable=False)
    created_at = models.DateTimeField(_("added"))
    seen_at = models.DateTimeField(_("last visit"))

    class Meta:
        verbose_name = _("device with notifications")
        verbose_name_plural = _("devices with notifications")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
