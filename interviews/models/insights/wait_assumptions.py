"""The candidate's own assumptions for the forecast, if they differ from the published figures."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate

PERCENT = (1, 99)
DAYS = (1, 90)
WORTH = (1, 100)


def _within(bounds: tuple[int, int]) -> tuple[MinValueValidator, MaxValueValidator]:
    return MinValueValidator(bounds[0]), MaxValueValidator(bounds[1])


class WaitAssumptions(models.Model):
    """Without a row the published figures apply (`insights/forecast/priors.py`)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="assumptions", verbose_name=_("candidate")
    )
    told_percent = models.PositiveSmallIntegerField(
        _("interviews answered, of 100"), validators=_within(PERCENT)
    )
    kept_percent = models.PositiveSmallIntegerField(
        _("promised dates kept, of 100"), validators=_within(PERCENT)
    )
    positive_percent = models.PositiveSmallIntegerField(
        _("good answers, of 100"), validators=_within(PERCENT)
    )
    median_days = models.PositiveSmallIntegerField(
        _("days until half the answers arrive"), validators=_within(DAYS)
    )
    # As how many of the candidate's waits the numbers above count.
    published_worth = models.PositiveSmallIntegerField(
        _("weight of these assumptions, in waits"), validators=_within(WORTH)
    )
    counts_others = models.BooleanField(_("include waits other people share"), default=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("assumptions")
        verbose_name_plural = _("assumptions")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    told_percent__range=PERCENT,
                    kept_percent__range=PERCENT,
                    positive_percent__range=PERCENT,
                    median_days__range=DAYS,
                    published_worth__range=WORTH,
                ),
                name="wait_assumptions_in_range",
            ),
            # A kept promise is an answer.
            models.CheckConstraint(
                condition=Q(kept_percent__lte=models.F("told_percent")),
                name="wait_assumptions_kept_is_told",
                violation_error_message=_(
                    "Promised dates kept can’t be higher than interviews answered. Lower one or "
                    "raise the other."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.candidate)
