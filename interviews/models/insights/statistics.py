"""What a candidate's own facts have taught, as it was last reckoned; pages only read it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class LearnedQuerySet(models.QuerySet["Statistics"]):
    def to_compute(self, now: datetime) -> Self:
        """Whose figures are to be reckoned anew, the longest due first (index learned_due)."""
        return self.filter(due_at__lte=now).order_by("due_at")

    def set_aside(self) -> Self:
        """What could not be reckoned the last time (index learned_aside)."""
        return self.exclude(error="")


class Statistics(models.Model):
    """Reckoned from facts alone, so that losing a row loses nothing.

    `figures` is what `insights/statistics/figures.py` writes and reads, `spells` her own stretches
    of silence, counted, and `posterior` what follows from them for waits that are open
    (`insights/forecast`).
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="statistics", verbose_name=_("candidate")
    )
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    spells = models.JSONField(_("stretches of silence"), default=list, blank=True)
    posterior = models.JSONField(_("what follows for open waits"), default=dict, blank=True)
    computed_at = models.DateTimeField(_("reckoned at"), null=True, blank=True)
    # When it must be reckoned anew: set by every fact (services/learned.py), and by the coming day
    # while something is open.
    due_at = models.DateTimeField(_("to be reckoned at"), null=True, blank=True)
    # Why it could not be reckoned the last time.
    error = models.TextField(_("last error"), blank=True, default="", db_default="")

    objects = LearnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("what was learned")
        verbose_name_plural = _("what was learned")
        indexes = [
            # The task: WHERE due_at <= now ORDER BY due_at. Partial, as interview_review is.
            models.Index(fields=["due_at"], name="learned_due", condition=Q(due_at__isnull=False)),
            # /healthz: is there any? Mostly there is none, and the index is empty.
            models.Index(fields=["id"], name="learned_aside", condition=~Q(error="")),
        ]

    def __str__(self) -> str:
        return str(self.candidate)
