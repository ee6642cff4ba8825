"""The secret address of a candidate's calendar, and what calendar programs last received of each
event."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class CalendarFeed(models.Model):
    """The token is readable, so that the candidate can copy the address again
    (docs/decisions/calendar-feed.md)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="calendar_feed", verbose_name=_("candidate")
    )
    token = models.CharField(_("secret part of the link"), max_length=64)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        constraints = [
            models.UniqueConstraint(fields=["token"], name="calendar_feed_token_once"),
            models.CheckConstraint(condition=~Q(token=""), name="calendar_feed_has_token"),
        ]

    def __str__(self) -> str:
        return str(self.candidate)


class CalendarEvent(models.Model):
    """What calendar programs received of an event: enough to notice and number a change, and to
    cancel the event once it is gone. Neither title nor name is stored."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    feed = models.ForeignKey(
        CalendarFeed, models.CASCADE, related_name="events", verbose_name=_("calendar link")
    )
    uid = models.CharField(_("calendar ID"), max_length=80)
    fingerprint = models.CharField(_("content fingerprint"), max_length=64)
    sequence = models.PositiveIntegerField(_("times changed"), default=0)
    changed_at = models.DateTimeField(_("changed"))
    # Both are midnight in UTC for whole-day events.
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_all_day = models.BooleanField(_("all day"), default=False)
    gone_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar event")
        verbose_name_plural = _("calendar events")
        ordering = ["starts_at", "uid"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "uid"], name="calendar_event_once_per_feed"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="calendar_event_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.uid
