"""A position at a company, and how much the candidate wants it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import Company
from interviews.models.core.criterion import RATING_FIELDS, Criterion, rating_field
from interviews.models.validators import validate_web_link
from interviews.rules import limits

RATING = (MinValueValidator(limits.RATING_MIN), MaxValueValidator(limits.RATING_MAX))


def _one_to_five(*fields: str) -> Q:
    """Each rating is 1 to 5, or empty."""
    fits = Q()
    for field in fields:
        rated = {f"{field}__range": (limits.RATING_MIN, limits.RATING_MAX)}
        fits &= Q(**{f"{field}__isnull": True}) | Q(**rated)
    return fits


class Vacancy(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="vacancies", verbose_name=_("candidate")
    )
    company = models.ForeignKey(
        Company, models.RESTRICT, related_name="vacancies", verbose_name=_("company")
    )
    agency = models.ForeignKey(
        Company,
        models.RESTRICT,
        related_name="recruited_vacancies",
        verbose_name=_("recruitment agency"),
        null=True,
        blank=True,
    )
    title = models.CharField(_("position"), max_length=200)
    url = models.URLField(
        _("link to the job ad"), max_length=500, blank=True, validators=[validate_web_link]
    )
    source = models.CharField(_("where you found it"), max_length=200, blank=True)
    attractiveness = models.PositiveSmallIntegerField(
        _("attractiveness"), null=True, blank=True, validators=RATING
    )
    desire = models.PositiveSmallIntegerField(
        _("interest"), null=True, blank=True, validators=RATING
    )
    # Whether it follows the criteria below; otherwise the candidate set it.
    is_attractiveness_proposed = models.BooleanField(_("from criteria"), default=False)
    work_rating = rating_field(Criterion.WORK, validators=RATING)
    people_rating = rating_field(Criterion.PEOPLE, validators=RATING)
    pay_rating = rating_field(Criterion.PAY, validators=RATING)
    growth_rating = rating_field(Criterion.GROWTH, validators=RATING)
    way_rating = rating_field(Criterion.WAY, validators=RATING)
    security_rating = rating_field(Criterion.SECURITY, validators=RATING)
    rating_notes = models.TextField(_("pros and cons"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attractiveness__isnull=True)
                | Q(attractiveness__range=(limits.RATING_MIN, limits.RATING_MAX)),
                name="vacancy_attractiveness_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(desire__isnull=True)
                | Q(desire__range=(limits.RATING_MIN, limits.RATING_MAX)),
                name="vacancy_desire_1_to_5",
            ),
            models.CheckConstraint(
                condition=_one_to_five(*RATING_FIELDS), name="vacancy_criteria_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(is_attractiveness_proposed=False) | Q(attractiveness__isnull=False),
                name="vacancy_proposal_is_held",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="vacancy_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.company}"
