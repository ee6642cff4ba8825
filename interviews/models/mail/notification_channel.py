"""The ways, beside email, by which a candidate is told of a step: docs/channels.md."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class ChannelKind(models.TextChoices):
    """The order of a candidate's channels, reminders and the outbox contain the values."""

    EMAIL = "email", _("email")
    PUSH = "push", _("notification")


class NotificationChannelQuerySet(models.QuerySet["NotificationChannel"]):
    def usable(self) -> "NotificationChannelQuerySet":
        """Confirmed by the candidate, and not failed for good since."""
        return self.filter(confirmed_at__isnull=False, failed_at__isnull=True)


class NotificationChannel(models.Model):
    """One of each kind a candidate; email needs no row."""

    KINDS = [(each.value, each.label) for each in ChannelKind if each != ChannelKind.EMAIL]

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate,
        models.CASCADE,
        related_name="notification_channels",
        verbose_name=_("candidate"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=KINDS)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # When it failed for good, until the candidate sets it up again.
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = NotificationChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification channel")
        verbose_name_plural = _("notification channels")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "kind"], name="notification_channel_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["push"]), name="notification_channel_kind_known"
            ),
        ]
        indexes = [
            # /healthz and /metrics: mostly there is none, and the index is empty.
            models.Index(
                fields=["failed_at"],
                name="notification_channel_failed",
                condition=Q(failed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
