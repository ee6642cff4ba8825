"""The stored statistics of a candidate's facts; pages only read them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class StatisticsQuerySet(models.QuerySet["Statistics"]):
    def to_compute(self, now: datetime) -> Self:
        """Rows to compute again, the longest due first (index learned_due)."""
        return self.filter(due_at__lte=now).order_by("due_at")

    def quarantined(self) -> Self:
        """Rows whose last computation failed (index learned_aside)."""
        return self.exclude(error="")


class Statistics(models.Model):
    """Computed from facts only, so that losing a row loses nothing.

    `insights/statistics/figures.py` writes and reads `figures`; `spells` are the candidate's spells
    of silence with counts, and `posterior` is the forecast's basis for open waits
    (`insights/forecast`).
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="statistics", verbose_name=_("candidate")
    )
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    spells = models.JSONField(_("periods without news"), default=list, blank=True)
    posterior = models.JSONField(_("forecasts for open waits"), default=dict, blank=True)
    computed_at = models.DateTimeField(_("calculated"), null=True, blank=True)
    # When to compute again: set by every fact (services/statistics.py), and for the next day while
    # a recent wait is open.
    due_at = models.DateTimeField(_("next calculation"), null=True, blank=True)
    # Why the last computation failed.
    error = models.TextField(_("last error"), blank=True, default="", db_default="")

    objects = StatisticsQuerySet.as_manager()

    class Meta:
        verbose_name = _("insights")
        verbose_name_plural = _("insights")
        indexes = [
            # The task: WHERE due_at <= now ORDER BY due_at. Partial, as interview_review is.
            models.Index(fields=["due_at"], name="learned_due", condition=Q(due_at__isnull=False)),
            # /healthz: is there any? Mostly there is none, and the index is empty.
            models.Index(fields=["id"], name="learned_aside", condition=~Q(error="")),
        ]

    def __str__(self) -> str:
        return str(self.candidate)
