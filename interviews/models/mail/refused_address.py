"""An address without a mailbox, as a mail server said: no reminders are mailed there until the
candidate asks."""

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusedAddress(models.Model):
    address = models.OneToOneField(
        EmailAddress, models.CASCADE, related_name="refusal", verbose_name=_("address")
    )
    reply = models.TextField(_("server reply"))
    refused_at = models.DateTimeField(_("refused"))

    class Meta:
        verbose_name = _("undeliverable address")
        verbose_name_plural = _("undeliverable addresses")

    def __str__(self) -> str:
        return f"{self.address.email}"
