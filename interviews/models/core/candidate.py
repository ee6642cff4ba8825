"""The candidate: time zone, holidays, contact hours, and mail preferences."""

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews import working_days
from interviews.models.checked_row import CheckedRow
from interviews.models.core.criterion import WEIGHT_FIELDS, Criterion, Weight, weight_field
from interviews.models.validators import validate_timezone
from interviews.rules import limits


class Candidate(CheckedRow):
    class Counting(models.TextChoices):
        CALENDAR = "calendar", _("calendar days")
        WORKING = "working", _("working days")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="candidate", verbose_name=_("user")
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("We skip its public holidays.")
    )
    subdivision = models.CharField(_("region"), max_length=32, blank=True)
    counting = models.CharField(
        _("how to count the 4–5 days"),
        max_length=8,
        choices=Counting,
        default=Counting.CALENDAR,
    )
    contact_opens = models.TimeField(_("calling hours from"), default=time(10))
    contact_closes = models.TimeField(_("calling hours to"), default=time(17))
    notice_days = models.PositiveSmallIntegerField(
        _("notice period in days"), null=True, blank=True
    )
    reminders_paused_at = models.DateTimeField(_("reminders paused"), null=True, blank=True)
    muted_steps = models.JSONField(_("steps without reminders"), default=list, blank=True)
    has_discreet_subjects = models.BooleanField(
        _("hide names in subjects"),
        default=False,
        help_text=_("Leave companies and people out of reminder subjects and calendar titles."),
    )
    # By step, "" for all others: the channels in their order, each a ChannelKind. Empty: email.
    channel_order = models.JSONField(
        _("order of channels"), default=dict, db_default={}, blank=True
    )
    shows_names_on_lock_screen = models.BooleanField(
        _("names on the lock screen"), default=False, db_default=False
    )
    # How much each criterion matters when rating a position.
    work_weight = weight_field(Criterion.WORK)
    people_weight = weight_field(Criterion.PEOPLE)
    pay_weight = weight_field(Criterion.PAY)
    growth_weight = weight_field(Criterion.GROWTH)
    way_weight = weight_field(Criterion.WAY)
    security_weight = weight_field(Criterion.SECURITY)
    # Since when the candidate's waits count, anonymously, for others
    # (interviews/services/statistics.py).
    shares_waits_at = models.DateTimeField(_("sharing waits since"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            # Two checks, since a difference of times wraps at midnight on some databases.
            models.CheckConstraint(
                condition=Q(contact_closes__gt=F("contact_opens")),
                name="candidate_contact_hours_in_order",
                violation_error_message=_("Choose an end time after the start time."),
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    ExpressionWrapper(
                        F("contact_closes") - F("contact_opens"), output_field=DurationField()
                    ),
                    limits.CONTACT_SPAN_MIN,
                ),
                name="candidate_contact_hours_span",
                violation_error_message=_("Choose calling hours of at least 30 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(counting__in=["calendar", "working"]),
                name="candidate_counting_known",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{field}__in": Weight.values for field in WEIGHT_FIELDS}),
                name="candidate_weights_known",
            ),
            models.CheckConstraint(
                condition=Q(subdivision="") | ~Q(country=""),
                name="candidate_region_has_country",
                violation_error_message=_("Choose a country before you choose a region."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def clean(self) -> None:
        if not working_days.is_known(self.country or None, self.subdivision or None):
            raise ValidationError(
                {
                    "country": _(
                        "We don’t have public holidays for this country or region. Choose "
                        "another one."
                    )
                },
                code="unknown_calendar",
            )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
