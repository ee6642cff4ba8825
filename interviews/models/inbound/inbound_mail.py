"""A mail that was forwarded: a row before the sending server is told that it was taken."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def claimable(self, now: datetime) -> Self:
        """Not read yet, or leased by a reader that died, oldest first (index
        inbound_mail_to_read)."""
        return self.filter(read_at=None, try_at__lte=now).order_by("try_at")


class InboundMail(models.Model):
    """Its bytes are erased when nothing is left to ask about it, at the latest after
    `integrations.forwarding.forgetting.KEPT`."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="inbound_mails", verbose_name=_("candidate")
    )
    raw = models.BinaryField(_("bytes"))
    # SHA-256 of the bytes: a server that lost our answer delivers them again.
    digest = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(_("received"))
    # While it waits: when it is to be read. While leased: when the lease runs out.
    try_at = models.DateTimeField(_("next try or end of lease"))
    lease_id = models.UUIDField(null=True, blank=True, editable=False)
    # Counted when a reader begins with this mail, not when it is leased with others.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    # What the reader said it is; empty until then.
    kind = models.CharField(_("kind"), max_length=17, blank=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("forwarded email")
        verbose_name_plural = _("forwarded emails")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "digest"], name="inbound_mail_once_per_candidate"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | ~Q(kind=""), name="inbound_mail_read_has_kind"
            ),
        ]
        indexes = [
            # A reader's claim, and /healthz: mostly there is none, and the index is empty.
            models.Index(
                fields=["try_at"], name="inbound_mail_to_read", condition=Q(read_at__isnull=True)
            ),
            # The hourly retention.
            models.Index(fields=["received_at"], name="inbound_mail_of_age"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]
