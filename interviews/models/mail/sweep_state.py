"""What the sweep remembers between runs: one row for the whole instance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SweepState(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # When the last finished sweep began.
    swept_at = models.DateTimeField(_("last sweep"), null=True, blank=True)
    # Since when sweeps have run without a gap: nothing is late before that.
    started_at = models.DateTimeField(_("sweeping since"), null=True, blank=True)
    # How long the last sweep with work took.
    seconds = models.FloatField(_("seconds of the last sweep with work"), null=True, blank=True)
    # The versions of rules and holiday data by which all open waits were last decided.
    decided_by = models.CharField(_("decided by"), max_length=100, blank=True)
    # The versions of a pass that is under way since an upgrade, and the last row it reached.
    deciding_by = models.CharField(
        _("being decided by"), max_length=100, blank=True, default="", db_default=""
    )
    decided_to = models.UUIDField(_("decided up to"), null=True, blank=True)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweep")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sweep_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.swept_at}"
