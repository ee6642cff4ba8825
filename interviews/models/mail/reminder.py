"""The ledger: one row for each (interview, step, due time), with its delivery state."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.interview import STEP_CHOICES, Interview
from interviews.models.mail.mail import DeliveryState, Mail
from interviews.models.mail.notification_channel import ChannelKind

# A mail may still carry these.
UNSENT = (DeliveryState.WAITING, DeliveryState.LEASED)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def open_or_linked(self) -> Self:
        """Reminders that a mail may still carry, or whose links still work."""
        return self.filter(Q(state__in=UNSENT) | Q(settled_at__isnull=True))

    def unmailed(self) -> Self:
        """Reminders that are in no mail yet (index reminder_to_mail)."""
        return self.filter(state=DeliveryState.WAITING, mail__isnull=True)

    def to_follow(self) -> Self:
        """Reminders that were told and not opened, and that another channel may follow (index
        reminder_to_follow)."""
        unopened = self.filter(opened_at__isnull=True, settled_at__isnull=True)
        return unopened.filter(state=DeliveryState.SENT).exclude(next_channel="")


class Reminder(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="reminders", verbose_name=_("interview")
    )
    # Also on the interview; stored here so that a sender finds the candidate by one index.
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="reminders", verbose_name=_("candidate")
    )
    step = models.CharField(_("step"), max_length=16, choices=STEP_CHOICES)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(
        _("state"), max_length=9, choices=DeliveryState, default=DeliveryState.WAITING
    )
    mail = models.ForeignKey(
        Mail,
        models.SET_NULL,
        related_name="reminders",
        verbose_name=_("email"),
        null=True,
        blank=True,
    )
    # When a fact settled its step, sent or not: its links end here.
    settled_at = models.DateTimeField(_("step done"), null=True, blank=True)
    # The channel that tells it, or is to tell it, not before `tell_at`; and the one that follows
    # if it fails for good, or the step is neither opened nor settled within an hour.
    channel = models.CharField(
        _("channel"), max_length=9, choices=ChannelKind, default="email", db_default="email"
    )
    next_channel = models.CharField(
        _("next channel"),
        max_length=9,
        choices=ChannelKind,
        blank=True,
        default="",
        db_default="",
    )
    tell_at = models.DateTimeField(_("not told before"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    # Told before by other channels: {"channel", "sent_at"}, or {"channel", "failed_at"}.
    earlier = models.JSONField(_("told before"), default=list, db_default=[], blank=True)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # When its mail was given up. The candidate's next mail names it while its step stands.
    missed_at = models.DateTimeField(_("missed"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "step", "due_at"], name="reminder_once_per_step_and_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="reminder_state_known"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[value for value, _label in STEP_CHOICES]),
                name="reminder_step_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=ChannelKind.values)
                & Q(next_channel__in=["", *ChannelKind.values]),
                name="reminder_channels_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="reminder_sent_has_moment",
            ),
        ]
        indexes = [
            # A sender's claim: candidates with reminders in no mail yet, the longest due first.
            models.Index(
                fields=["channel", "due_at"],
                name="reminder_to_mail",
                condition=Q(state="waiting", mail__isnull=True),
            ),
            # Told, and perhaps to be told by the next channel: mostly there is none.
            models.Index(
                fields=["sent_at"],
                name="reminder_to_follow",
                condition=Q(state="sent", opened_at__isnull=True, settled_at__isnull=True)
                & ~Q(next_channel=""),
            ),
            # For operators' list: newest first, all rows or those of one step; and of one rare
            # state, such as missed or set aside.
            models.Index(fields=["-due_at", "-id"], name="reminder_newest"),
            models.Index(fields=["step", "-due_at"], name="reminder_of_step"),
            models.Index(
                fields=["state", "-due_at"], name="reminder_unsent", condition=~Q(state="sent")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}, {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def tellings(self) -> list[tuple[str, datetime]]:
        """By which channels it was told, and when."""
        before = [
            (each["channel"], datetime.fromisoformat(each["sent_at"]))
            for each in self.earlier
            if "sent_at" in each
        ]
        return [*before, *([(self.channel, self.sent_at)] if self.sent_at is not None else [])]

    def is_about(self, interview: Interview) -> bool:
        """Whether its step and due time are still those of its interview."""
        return (
            self.settled_at is None
            and not interview.is_cancelled
            and (self.step, self.due_at) == (interview.step, interview.step_due_at)
        )
