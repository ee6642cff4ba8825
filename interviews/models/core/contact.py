"""A call, letter or message since an interview."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.interlocutor import Interlocutor
from interviews.models.core.interview import Interview


class Channel(models.TextChoices):
    PHONE = "phone", _("by phone")
    EMAIL = "email", _("by email")
    MESSAGE = "message", _("by message")


class Contact(CheckedRow):
    class Direction(models.TextChoices):
        IN = "in", _("from them")
        OUT = "out", _("from me")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("in touch, no decision yet")
        NO_ANSWER = "no_answer", _("no answer")
        SENT = "sent", _("sent")

    class Purpose(models.TextChoices):
        FOLLOW_UP = "follow_up", _("about the result")
        THANKS = "thanks", _("thanks")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="contacts", verbose_name=_("interview")
    )
    at = models.DateTimeField(_("when"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel, default=Channel.PHONE)
    person = models.ForeignKey(
        Interlocutor,
        models.SET_NULL,
        related_name="contacts",
        verbose_name=_("with"),
        null=True,
        blank=True,
    )
    outcome = models.CharField(_("how it went"), max_length=9, choices=Outcome)
    purpose = models.CharField(
        _("reason"), max_length=9, choices=Purpose, default=Purpose.FOLLOW_UP
    )
    notes = models.TextField(_("notes"), blank=True)
    submission_id = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("call or letter")
        verbose_name_plural = _("calls and letters")
        # Keys sort by creation: of two contacts at the same instant the one recorded later is the
        # newer.
        ordering = ["at", "id"]
        # For operators' list, newest first.
        indexes = [models.Index(fields=["-at"], name="contact_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "submission_id"], name="contact_form_recorded_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent") | (Q(direction="out") & ~Q(channel="phone")),
                name="contact_sent_is_outbound_writing",
                violation_error_message=_("Choose “sent” only for letters and messages you sent."),
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["in", "out"])
                & Q(channel__in=["phone", "email", "message"])
                & Q(outcome__in=["reached", "no_answer", "sent"])
                & Q(purpose__in=["follow_up", "thanks", "other"]),
                name="contact_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.get_channel_display()}"
