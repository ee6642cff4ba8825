"""The address that a candidate's mails are forwarded to."""

import string
from secrets import choice

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate

LOCAL_PART_LENGTH = 22
# Programs may change the case of an address, and an underscore is lost under a link's line. No
# first sign is read as a flag, and the signs hold 113 bits.
SIGNS = string.ascii_lowercase + string.digits


def new_local_part() -> str:
    return "".join(choice(SIGNS) for _sign in range(LOCAL_PART_LENGTH))


class InboundAddress(models.Model):
    """Readable, so that the candidate can copy it again. Who knows it can propose, and nothing
    else."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="inbound_address", verbose_name=_("candidate")
    )
    local_part = models.CharField(
        _("part before the @"), max_length=LOCAL_PART_LENGTH, default=new_local_part
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("forwarding address")
        verbose_name_plural = _("forwarding addresses")
        constraints = [
            models.UniqueConstraint(fields=["local_part"], name="inbound_address_once"),
            models.CheckConstraint(condition=~Q(local_part=""), name="inbound_address_has_part"),
        ]

    def __str__(self) -> str:
        return str(self.candidate)

    @property
    def email(self) -> str:
        return f"{self.local_part}@{settings.INBOUND_DOMAIN}"
