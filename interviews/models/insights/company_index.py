"""The promise index: what candidates who share have seen of a company.

A tally belongs to one candidate, is visible to nobody else, and exists only while the candidate
shares. The index is computed from tallies once a week, rounded, and omits companies with too few of
them (`insights/statistics/pooled.py`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import NORMALISED_MAX


class CompanyTally(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="company_tallies", verbose_name=_("candidate")
    )
    normalised_name = models.CharField(_("company"), max_length=NORMALISED_MAX)
    waits = models.PositiveSmallIntegerField(_("waits"))
    answered = models.PositiveSmallIntegerField(_("answered"))
    kept = models.PositiveSmallIntegerField(_("promises kept"), default=0)
    late = models.PositiveSmallIntegerField(_("promises kept late"), default=0)
    broken = models.PositiveSmallIntegerField(_("promises broken"), default=0)

    class Meta:
        verbose_name = _("company tally")
        verbose_name_plural = _("company tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "normalised_name"], name="tally_once_per_candidate"
            ),
            models.CheckConstraint(condition=~Q(normalised_name=""), name="tally_has_name"),
            models.CheckConstraint(
                condition=Q(answered__lte=F("waits")), name="tally_answered_were_waited_for"
            ),
        ]
        # The weekly computation groups all rows by name.
        indexes = [models.Index(fields=["normalised_name"], name="tally_by_name")]

    def __str__(self) -> str:
        return self.normalised_name


class CompanyIndex(models.Model):
    """Rounded: percents to tens, counts to fives."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    normalised_name = models.CharField(
        _("company"), max_length=NORMALISED_MAX, unique=True, editable=False
    )
    waits = models.PositiveIntegerField(_("waits (rounded)"))
    answered_percent = models.PositiveSmallIntegerField(_("answered (%)"))
    promises = models.PositiveIntegerField(_("promises (rounded)"), default=0)
    # None if there were too few promises.
    kept_percent = models.PositiveSmallIntegerField(_("kept (%)"), null=True, blank=True)
    reckoned_at = models.DateTimeField(_("calculated"))

    class Meta:
        verbose_name = _("promise index entry")
        verbose_name_plural = _("promise index")
        ordering = ["normalised_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_percent__lte=100)
                & (Q(kept_percent__isnull=True) | Q(kept_percent__lte=100)),
                name="company_index_percents",
            )
        ]

    def __str__(self) -> str:
        return self.normalised_name


class StatisticsState(models.Model):
    """The statistics of all who share: one row for the whole instance."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Their spells of silence with counts; empty if too few share.
    spells = models.JSONField(_("periods without news"), default=list, blank=True)
    candidates = models.PositiveIntegerField(_("candidates sharing"), default=0)
    waits = models.PositiveIntegerField(_("shared waits"), default=0)
    # What followed their calls and letters; empty if too few share.
    comparison = models.JSONField(_("effect of calls and letters"), default=dict, blank=True)
    reckoned_at = models.DateTimeField(_("calculated"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared figures")
        verbose_name_plural = _("shared figures")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="learned_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.reckoned_at}"
