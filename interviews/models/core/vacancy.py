"""A position at a company, and how much the candidate wants it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import Company
from interviews.models.core.criterion import RATING_FIELDS, Criterion, rating_field
from interviews.models.core.tag import Tag
from interviews.models.validators import DAYS_KNOWN, validate_web_link
from interviews.rules import limits

RATING = (MinValueValidator(limits.RATING_MIN), MaxValueValidator(limits.RATING_MAX))


def _one_to_five(*fields: str) -> Q:
    """Each rating is 1 to 5, or empty."""
    fits = Q()
    for field in fields:
        rated = {f"{field}__range": (limits.RATING_MIN, limits.RATING_MAX)}
        fits &= Q(**{f"{field}__isnull": True}) | Q(**rated)
    return fits


def _in_known_years(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": DAYS_KNOWN})


class Vacancy(CheckedRow):
    class State(models.TextChoices):
        SAVED = "saved", _("saved")
        APPLIED = "applied", _("applied")
        IN_TALKS = "in_talks", _("interviewing")
        OFFER = "offer", _("offer")
        CLOSED = "closed", _("closed")

    class ClosingReason(models.TextChoices):
        REFUSED = "refused", _("rejected")
        NO_RESPONSE = "no_response", _("no response")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ACCEPTED = "accepted", _("offer accepted")
        DECLINED = "declined", _("offer declined")
        POSITION_GONE = "position_gone", _("position filled or cancelled")
        OTHER = "other", _("another reason")

    class AppliedVia(models.TextChoices):
        ONLINE = "online", _("online form")
        EMAIL = "email", _("email")
        POST = "post", _("letter by post")
        PHONE = "phone", _("phone")
        IN_PERSON = "in_person", _("in person")
        AGENCY = "agency", _("recruitment agency")

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
    # Kept as text, since job ads vanish.
    advert_text = models.TextField(_("text of the job ad"), blank=True)
    source = models.CharField(_("where you found it"), max_length=200, blank=True)
    # None: not said.
    was_advertised = models.BooleanField(_("advertised"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    salary = models.CharField(_("salary"), max_length=200, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    applied_via = models.CharField(
        _("how you applied"), max_length=9, choices=AppliedVia, blank=True
    )
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    tags = models.ManyToManyField(Tag, related_name="vacancies", verbose_name=_("tags"), blank=True)
    # What the candidate says about it while there is no interview.
    declared_state = models.CharField(
        _("state before an interview"), max_length=8, choices=State, default=State.SAVED
    )
    # Closed by the candidate. What an interview's result ends needs no reason here.
    closing_reason = models.CharField(
        _("why it was closed"), max_length=13, choices=ClosingReason, blank=True
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # Computed from the closing, the interviews and `declared_state`; written only by
    # services/position_state.py.
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.SAVED, editable=False
    )
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
            models.CheckConstraint(
                condition=_in_known_years("applied_on")
                & _in_known_years("closed_on")
                & _in_known_years("follow_up_on"),
                name="vacancy_days_in_known_years",
            ),
            models.CheckConstraint(
                condition=Q(declared_state__in=["saved", "applied", "in_talks", "offer"])
                & Q(state__in=["saved", "applied", "in_talks", "offer", "closed"]),
                name="vacancy_states_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    closing_reason__in=[
                        *("", "refused", "no_response", "withdrawn", "accepted"),
                        *("declined", "position_gone", "other"),
                    ]
                ),
                name="vacancy_closing_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(closing_reason=""),
                name="vacancy_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    applied_via__in=["", "online", "email", "post", "phone", "in_person", "agency"]
                ),
                name="vacancy_applied_via_known",
            ),
        ]
        indexes = [
            # The list of positions, whole or of one state, newest first.
            models.Index(fields=["candidate", "-created_at"], name="vacancy_newest"),
            models.Index(fields=["candidate", "state", "-created_at"], name="vacancy_of_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.company}"
