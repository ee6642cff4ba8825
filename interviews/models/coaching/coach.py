"""A user who coaches: organisation, time zone, and days of the morning mail."""

from datetime import datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.coaching.organisation import Organisation
from interviews.models.validators import validate_timezone

WEEKDAYS = range(7)  # 0 is Monday, as in date.weekday()


class CoachQuerySet(models.QuerySet["Coach"]):
    def quarantined(self) -> Self:
        """Coaches whose last morning mail could not be written (index coach_aside)."""
        return self.exclude(digest_error="")

    def to_mail(self, now: datetime) -> Self:
        """Coaches whose morning mail is due, the longest due first (index coach_digest_due)."""
        mailed = Q(user__is_active=True, user__is_staff=True, user__deletion_request__isnull=True)
        return self.filter(mailed, digest_due_at__lte=now).order_by("digest_due_at")


def _validate_weekdays(value: object) -> None:
    days = value if isinstance(value, list) else [None]
    if not all(day in WEEKDAYS for day in days) or len(set(days)) != len(days):
        raise ValidationError(_("Choose days from the list."), code="unknown_weekday")


class Coach(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coach", verbose_name=_("user")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        related_name="coaches",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    # None: no mail. Only the coach chooses it.
    digest_weekdays = models.JSONField(
        _("morning email days"), default=list, blank=True, validators=[_validate_weekdays]
    )
    digest_time = models.TimeField(_("morning email time"), default=time(7, 30))
    # When a sweep must next look whether there is a mail to write.
    digest_due_at = models.DateTimeField(_("next morning email"), null=True, blank=True)
    # Why the last mail could not be written. Defaults are in the database too, here and elsewhere,
    # because older processes insert rows without them during an upgrade.
    digest_error = models.TextField(_("morning email error"), blank=True, default="", db_default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CoachQuerySet.as_manager()

    class Meta:
        verbose_name = _("coach")
        verbose_name_plural = _("coaches")
        indexes = [
            # The sweep: WHERE digest_due_at <= now ORDER BY digest_due_at.
            models.Index(
                fields=["digest_due_at"],
                name="coach_digest_due",
                condition=Q(digest_due_at__isnull=False),
            ),
            # /healthz: is there any? Mostly there is none, and the index is empty.
            models.Index(fields=["id"], name="coach_aside", condition=~Q(digest_error="")),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
