"""A competence that was missing; the same one in three interviews is one thing to learn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import NORMALISED_MAX, normalise_name
from interviews.models.validators import DAYS_KNOWN


class Competence(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="competences", verbose_name=_("candidate")
    )
    name = models.CharField(_("skill gap"), max_length=120)
    normalised_name = models.CharField(max_length=NORMALISED_MAX, editable=False)
    plan = models.TextField(_("my plan"), blank=True)
    working_since_on = models.DateField(_("working on it since"), null=True, blank=True)

    class Meta:
        verbose_name = _("skill gap")
        verbose_name_plural = _("skill gaps")
        ordering = ["normalised_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "normalised_name"], name="competence_once_per_candidate"
            ),
            models.CheckConstraint(condition=~Q(normalised_name=""), name="competence_has_name"),
            models.CheckConstraint(
                condition=Q(working_since_on__isnull=True) | Q(working_since_on__range=DAYS_KNOWN),
                name="competence_since_in_known_years",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.normalised_name = normalise_name(self.name)
