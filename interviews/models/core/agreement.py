"""What was agreed about the answer. A new agreement replaces an older one; none is overwritten."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.contact import Channel, Contact
from interviews.models.core.interlocutor import Interlocutor
from interviews.models.core.interview import Interview
from interviews.models.validators import validate_timezone


class Agreement(CheckedRow):
    class Initiator(models.TextChoices):
        EMPLOYER = "employer", _("they will")
        CANDIDATE = "candidate", _("I will")

    class MayCall(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        NOT_ASKED = "not_asked", _("not asked")

    class FeedbackVia(models.TextChoices):
        DIRECT = "direct", _("directly")
        RECRUITER = "recruiter", _("through the recruiter")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="agreements", verbose_name=_("interview")
    )
    contact = models.OneToOneField(
        Contact,
        models.CASCADE,
        related_name="agreement",
        verbose_name=_("agreed during"),
        null=True,
        blank=True,
    )
    made_at = models.DateTimeField(_("agreed on"))
    due_on = models.DateField(_("promised date"), null=True, blank=True)
    due_time = models.TimeField(_("time"), null=True, blank=True)
    # The zone of the time; a date without a time is the same in every zone.
    due_timezone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[validate_timezone]
    )
    initiator = models.CharField(
        _("who gets in touch"), max_length=9, choices=Initiator, default=Initiator.EMPLOYER
    )
    channel = models.CharField(_("how"), max_length=7, choices=Channel, default=Channel.PHONE)
    may_call = models.CharField(
        _("may you call if you hear nothing"),
        max_length=9,
        choices=MayCall,
        default=MayCall.NOT_ASKED,
    )
    silence_is_refusal = models.BooleanField(_("no answer counts as a no"), default=False)
    feedback_via = models.CharField(
        _("how they’ll answer"), max_length=9, choices=FeedbackVia, default=FeedbackVia.DIRECT
    )
    responsible = models.ForeignKey(
        Interlocutor,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("who answers"),
        null=True,
        blank=True,
    )
    notes = models.TextField(_("notes"), blank=True)
    submission_id = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["made_at", "id"]
        # For operators' list, newest first.
        indexes = [models.Index(fields=["-made_at"], name="agreement_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "submission_id"], name="agreement_form_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | Q(due_on__isnull=False),
                name="agreement_time_has_day",
                violation_error_message=_("Choose a date for this time."),
            ),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | ~Q(due_timezone=""),
                name="agreement_time_has_zone",
            ),
            models.CheckConstraint(
                condition=Q(initiator__in=["employer", "candidate"])
                & Q(channel__in=["phone", "email", "message"])
                & Q(may_call__in=["yes", "no", "not_asked"])
                & Q(feedback_via__in=["direct", "recruiter"]),
                name="agreement_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_initiator_display()}, {self.due_on or '–'}"
