"""A user asked to be deleted: what waits for the day, and can be taken back until then."""

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
    due_at = models.DateTimeField(_("to be erased"), db_index=True)
    # Why it could not be done the last time. The database's default too: while an upgrade runs,
    # older processes write rows without it.
    error = models.TextField(_("last error"), blank=True, default="", db_default="")

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="departure_waits")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.due_at:%Y-%m-%d}"
