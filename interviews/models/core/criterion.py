"""The criteria by which a position is rated, and their weights."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Criterion(models.TextChoices):
    WORK = "work", _("the work")
    PEOPLE = "people", _("the people")
    PAY = "pay", _("the pay")
    GROWTH = "growth", _("learning")
    WAY = "way", _("the commute")
    SECURITY = "security", _("job security")

    @property
    def rating_field(self) -> str:
        """The field of the vacancy: 1 to 5, or empty."""
        return f"{self.value}_rating"

    @property
    def weight_field(self) -> str:
        """The field of the candidate: a `Weight`."""
        return f"{self.value}_weight"


class Weight(models.IntegerChoices):
    """The factor of a criterion in the mean; 0 if it does not matter."""

    NOT_IMPORTANT = 0, _("not important")
    IMPORTANT = 1, _("important")
    VERY_IMPORTANT = 2, _("very important")


def rating_field(
    criterion: Criterion, **options: Any
) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(criterion.label, null=True, blank=True, **options)


def weight_field(criterion: Criterion) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        criterion.label, choices=Weight, default=Weight.IMPORTANT
    )


RATING_FIELDS = tuple(criterion.rating_field for criterion in Criterion)
WEIGHT_FIELDS = tuple(criterion.weight_field for criterion in Criterion)
