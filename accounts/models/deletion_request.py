"""A user's request to delete the account. It can be cancelled until its day."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User

WAIT = timedelta(days=7)


class DeletionRequestQuerySet(models.QuerySet["DeletionRequest"]):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at")


class DeletionRequest(models.Model):
    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="deletion_request",
        verbose_name=_("user"),
    )
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("deletion date"), db_index=True)
    # Why the last attempt failed. The database also has the default, because older processes insert
    # rows without it during an upgrade.
    error = models.TextField(_("last error"), blank=True, default="", db_default="")

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("account deletion")
        verbose_name_plural = _("account deletions")
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="departure_waits")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.due_at:%Y-%m-%d}"
