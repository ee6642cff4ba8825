"""The ways, beside email, by which a candidate is told of a step: docs/channels.md."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encrypted_field import EncryptedTextField
from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class ChannelKind(models.TextChoices):
    """The order of a candidate's channels, reminders and the outbox contain the values."""

    EMAIL = "email", _("email")
    PUSH = "push", _("notification")
    NTFY = "ntfy", _("ntfy")
    TELEGRAM = "telegram", _("Telegram")
    PUSHOVER = "pushover", _("Pushover")
    GOTIFY = "gotify", _("Gotify")
    MATRIX = "matrix", _("Matrix")
    SIGNAL = "signal", _("Signal")
    WEBHOOK = "webhook", _("webhook")


# Sent as messages to an account or a server of the candidate's (reminders/messages.py).
MESSAGES = tuple(each for each in ChannelKind if each not in (ChannelKind.EMAIL, ChannelKind.PUSH))


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
    # Of messages: the settings as JSON, encrypted by accounts.encryption. Whoever knows them can
    # send in the candidate's name.
    target = EncryptedTextField(editable=False, blank=True, default="", db_default="")
    # A channel of messages counts once the candidate has entered the code that arrived by it.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # A keyed hash; empty if no code waits to be entered.
    code_digest = models.CharField(
        max_length=64, editable=False, blank=True, default="", db_default=""
    )
    code_sent_at = models.DateTimeField(_("code sent"), null=True, blank=True)
    code_failures = models.PositiveSmallIntegerField(
        _("wrong codes"), default=0, db_default=0, editable=False
    )
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
                condition=Q(kind__in=["push", *MESSAGES]), name="notification_channel_kind_known"
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

    @property
    def is_usable(self) -> bool:
        """As `usable` of rows."""
        return self.confirmed_at is not None and self.failed_at is None
