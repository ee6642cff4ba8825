"""A word by which the candidate groups positions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import NORMALISED_MAX, normalise_name


class Tag(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="tags", verbose_name=_("candidate")
    )
    name = models.CharField(_("tag"), max_length=60)
    normalised_name = models.CharField(max_length=NORMALISED_MAX, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["normalised_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "normalised_name"], name="tag_once_per_candidate"
            ),
            models.CheckConstraint(condition=~Q(normalised_name=""), name="tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.normalised_name = normalise_name(self.name)
