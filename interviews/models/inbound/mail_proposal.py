"""What a forwarded mail seems to say. It changes no fact until the candidate answers."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate
from interviews.models.core.contact import Contact
from interviews.models.core.interview import Interview
from interviews.models.core.result import Result
from interviews.models.core.vacancy import Vacancy
from interviews.models.inbound.inbound_mail import InboundMail


class MailProposalQuerySet(models.QuerySet["MailProposal"]):
    def open(self) -> Self:
        """Not answered yet (index mail_proposal_open)."""
        return self.filter(status=MailProposal.Status.OPEN)

    def news(self) -> Self:
        """Open ones about waits: the settings show the codes."""
        return self.open().exclude(kind=MailProposal.Kind.CONFIRMATION_CODE)

    def unmailed(self) -> Self:
        """About which the candidate was not told by mail (index mail_proposal_to_mail)."""
        return self.news().filter(mailed_at=None)

    def confirmations(self, since: datetime) -> Self:
        """Providers' requests to confirm forwarding, newest first."""
        codes = self.filter(kind=MailProposal.Kind.CONFIRMATION_CODE, created_at__gte=since)
        return codes.order_by("-created_at")


class MailProposal(models.Model):
    class Kind(models.TextChoices):
        """The reader's kinds, without those that say nothing about a wait."""

        RECEIPT = "receipt", _("a receipt")
        QUESTION = "question", _("a question")
        NOT_YET = "not_yet", _("no decision yet")
        INVITATION = "invitation", _("an invitation")
        NEXT_STAGE = "next_stage", _("a next stage")
        REJECTION = "rejection", _("a rejection")
        OFFER = "offer", _("an offer")
        MOVED = "moved", _("a new time")
        CANCELLED = "cancelled", _("a cancellation")
        OWN_LETTER = "own_letter", _("your letter")
        CONFIRMATION_CODE = "confirmation_code", _("a forwarding confirmation")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        RECORDED = "recorded", _("recorded")
        CORRECTED = "corrected", _("corrected")
        DISMISSED = "dismissed", _("dismissed")

    EXCERPT_MAX = 300
    NAME_MAX = 200
    ADDRESS_MAX = 320
    SUBJECT_MAX = 300

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="mail_proposals", verbose_name=_("candidate")
    )
    # Gone when it was forgotten.
    mail = models.OneToOneField(
        InboundMail,
        models.SET_NULL,
        related_name="proposal",
        verbose_name=_("forwarded email"),
        null=True,
        blank=True,
    )
    # SHA-256 of the innermost letter: forwarded again, in whatever wrapping, it is the same.
    digest = models.CharField(_("checksum of the letter"), max_length=64)
    kind = models.CharField(_("kind"), max_length=17, choices=Kind)
    # The wait that it belongs to: an interview, or a position without one. Neither if it asks.
    interview = models.ForeignKey(
        Interview,
        models.SET_NULL,
        related_name="mail_proposals",
        verbose_name=_("interview"),
        null=True,
        blank=True,
    )
    vacancy = models.ForeignKey(
        Vacancy,
        models.SET_NULL,
        related_name="mail_proposals",
        verbose_name=_("position"),
        null=True,
        blank=True,
    )
    # The waits between which nothing decides, as [{"interview": key} or {"vacancy": key}, …]. Empty
    # with neither: it concerns none that is known.
    choices = models.JSONField(_("choices"), default=list, blank=True)
    sender_name = models.CharField(_("sender’s name"), max_length=NAME_MAX, blank=True)
    sender_address = models.CharField(_("sender’s address"), max_length=ADDRESS_MAX, blank=True)
    subject = models.CharField(_("subject"), max_length=SUBJECT_MAX, blank=True)
    written_at = models.DateTimeField(_("written"))
    # The passage that it rests on.
    excerpt = models.CharField(_("excerpt"), max_length=EXCERPT_MAX, blank=True)
    # Message-IDs of the letter and of those it answers: a later answer is of the same wait.
    message_ids = models.JSONField(default=list, blank=True, editable=False)
    # "dates": starts offered or the new time, aware, ISO 8601; "zone": as the mail named it, or
    # null; "by_when": the day of an answer, or null; "has_ics"; "why": one sentence; "language";
    # "letter": its own Message-ID, or empty; "code" and "link" of a confirmation.
    details = models.JSONField(_("details"), default=dict, blank=True)
    # The receiving host could not confirm the sender.
    is_doubtful = models.BooleanField(_("sender not confirmed"), default=False)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.OPEN)
    # What the candidate said it is instead, so that the phrases can be mended.
    corrected_kind = models.CharField(_("corrected to"), max_length=17, choices=Kind, blank=True)
    created_at = models.DateTimeField(_("created"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # When the one mail that tells of it was queued, or is not to be.
    mailed_at = models.DateTimeField(_("told by email"), null=True, blank=True)
    # What was recorded, and what else undoing it needs to know.
    contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        related_name="mail_proposals",
        verbose_name=_("call or letter"),
        null=True,
        blank=True,
    )
    result = models.ForeignKey(
        Result,
        models.SET_NULL,
        related_name="mail_proposals",
        verbose_name=_("result"),
        null=True,
        blank=True,
    )
    recorded_interview = models.ForeignKey(
        Interview,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("recorded interview"),
        null=True,
        blank=True,
    )
    undo = models.JSONField(default=dict, blank=True, editable=False)

    objects = MailProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding in an email")
        verbose_name_plural = _("findings in emails")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "digest", "written_at"], name="mail_proposal_once_per_letter"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("receipt", "question", "not_yet", "invitation", "next_stage"),
                        *("rejection", "offer", "moved", "cancelled"),
                        *("own_letter", "confirmation_code"),
                    ]
                ),
                name="mail_proposal_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "recorded", "corrected", "dismissed"]),
                name="mail_proposal_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_at__isnull=True)
                | ~Q(status="open") & Q(answered_at__isnull=False),
                name="mail_proposal_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(corrected_kind="") | Q(status="corrected"),
                name="mail_proposal_correction_is_answer",
            ),
        ]
        indexes = [
            # Today, and the reminders that an open one pauses.
            models.Index(
                fields=["candidate", "interview"],
                name="mail_proposal_open",
                condition=Q(status="open"),
            ),
            # The worker that tells of them by mail.
            models.Index(
                fields=["created_at"],
                name="mail_proposal_to_mail",
                condition=Q(status="open", mailed_at__isnull=True),
            ),
            # The settings: codes of the last days.
            models.Index(
                fields=["candidate", "-created_at"],
                name="mail_proposal_code",
                condition=Q(kind="confirmation_code"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        return self.status == MailProposal.Status.OPEN

    @property
    def position_id(self) -> UUID | None:
        return self.interview.vacancy_id if self.interview else self.vacancy_id

    def was_dismissed_before(self, moment: datetime) -> bool:
        is_dismissed = self.status == MailProposal.Status.DISMISSED
        return is_dismissed and self.answered_at is not None and self.answered_at < moment

    def starts_after(self, now: datetime) -> list[datetime]:
        """The times that it names and that are still to come."""
        starts = [datetime.fromisoformat(each) for each in self.details.get("dates", ())]
        return sorted(each for each in starts if each > now)

    @property
    def answer_by_on(self) -> date | None:
        """The day by which they answer, or ask for an answer."""
        said = self.details.get("by_when")
        return date.fromisoformat(said) if said else None

    @property
    def interview_ids(self) -> set[UUID]:
        """The interviews that it may be about."""
        asked = {UUID(each["interview"]) for each in self.choices if "interview" in each}
        return asked if self.interview_id is None else {self.interview_id}
