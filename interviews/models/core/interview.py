"""A stage of a vacancy, and the stored next step that every page, feed and mail reads."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.candidate import Candidate
from interviews.models.core.interlocutor import Interlocutor
from interviews.models.core.today import MOMENT, OPEN_OFFER, ORDER, section_of
from interviews.models.core.vacancy import Vacancy
from interviews.models.validators import validate_web_link
from interviews.rules import Rule, Step, limits

STEP_CHOICES = [(step.value, step.value) for step in Step]


def rule_choices() -> list[tuple[str, str]]:
    """Migrations name this function, so that a new rule needs none."""
    return [(rule.value, rule.value) for rule in Rule]


class InterviewQuerySet(models.QuerySet["Interview"]):
    def of(self, candidate: Candidate) -> Self:
        return self.filter(candidate=candidate)

    def not_cancelled(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def unanswered(self) -> Self:
        """Open waits: no result, and not cancelled."""
        return self.not_cancelled().filter(result__isnull=True)

    def with_open_offer(self) -> Self:
        """Offers that wait for the candidate's answer."""
        return self.not_cancelled().filter(OPEN_OFFER)

    def undecided(self) -> Self:
        """Open waits and open offers."""
        is_waited_for = Q(result__isnull=True)
        return self.not_cancelled().filter(is_waited_for | OPEN_OFFER)

    def undone(self) -> Self:
        """Rows with something to do or to wait for."""
        return self.not_cancelled().exclude(step=Step.DONE.value)

    def of_today(self, *, now: datetime, calls_from: datetime, answered_since: datetime) -> Self:
        """The rows of Today, each with its `section`, in the order of the page.

        Nobody can be called before `calls_from`; a result that became known before
        `answered_since` is not shown any more.
        """
        is_waited_for = Q(result__isnull=True) | Q(step_due_at__lte=now) | OPEN_OFFER
        rows = self.not_cancelled().filter(is_waited_for | Q(result__known_at__gte=answered_since))
        section = section_of(now=now, calls_from=calls_from)
        return rows.annotate(section=section).annotate(moment=MOMENT).order_by(*ORDER)

    def keys_after(self, pk: UUID | None, count: int) -> list[UUID]:
        """The next keys in order, to go through all rows in batches."""
        rows = self if pk is None else self.filter(pk__gt=pk)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:count])

    def to_review(self, now: datetime) -> Self:
        """Rows whose `review_at` has come, oldest first (index interview_review)."""
        return self.filter(review_at__lte=now).order_by("review_at")

    def quarantined(self) -> Self:
        """Rows that could not be decided (index interview_aside)."""
        return self.exclude(review_error="")

    def with_facts(self) -> Self:
        """Rows with their single related facts for the rules; lists are fetched separately
        (next_step.py)."""
        return self.select_related("candidate", "vacancy", "result")

    def with_parties(self) -> Self:
        """Rows with what one line about an interview shows."""
        return self.select_related(
            "candidate__user", "vacancy__company", "vacancy__agency", "step_person", "result"
        )

    def with_names(self) -> Self:
        """Rows with what a card shows, if the candidate is already known."""
        return self.select_related(None).select_related("vacancy__company", "step_person", "result")


class Interview(CheckedRow):
    class Stage(models.TextChoices):
        SCREENING = "screening", _("phone screening")
        FIRST = "first", _("first interview")
        SECOND = "second", _("second interview")
        TEST = "test", _("test or trial day")
        MANAGEMENT = "management", _("interview with management")
        FINAL = "final", _("final interview")
        OTHER = "other", _("other stage")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    # Also on the vacancy; stored here so that a candidate's rows are found without a join.
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="interviews", verbose_name=_("candidate")
    )
    vacancy = models.ForeignKey(
        Vacancy, models.CASCADE, related_name="interviews", verbose_name=_("position")
    )
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="continued_by",
        verbose_name=_("earlier stage"),
        null=True,
        blank=True,
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.FIRST)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=60,
        validators=[
            MinValueValidator(limits.MINUTES_MIN),
            MaxValueValidator(limits.MINUTES_MAX),
        ],
    )
    place = models.CharField(_("where"), max_length=300, blank=True)
    link = models.URLField(
        _("video call link"), max_length=500, blank=True, validators=[validate_web_link]
    )
    notes = models.TextField(_("notes"), blank=True)
    interlocutors = models.ManyToManyField(
        Interlocutor,
        through="interviews.Participation",
        related_name="interviews",
        verbose_name=_("interviewers"),
    )
    moved_from_at = models.DateTimeField(_("rescheduled from"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    # The result of another stage that cancelled this one before it took place.
    cancelled_by = models.ForeignKey(
        "interviews.Result",
        models.SET_NULL,
        related_name="cancelled_interviews",
        verbose_name=_("cancelled by"),
        null=True,
        blank=True,
    )
    # When it was written down, if that was after its end; what was agreed is then asked for from
    # here on.
    noted_at = models.DateTimeField(_("written down after its end"), null=True, blank=True)
    nothing_agreed_at = models.DateTimeField(_("nothing was agreed"), null=True, blank=True)
    snoozed_until = models.DateTimeField(_("snoozed until"), null=True, blank=True)

    # The stored next step: the rules' answer to the stored facts. Written only by
    # services/next_step.py; `manage.py check_steps` verifies it. Empty while cancelled.
    step = models.CharField(_("next step"), max_length=16, blank=True, choices=STEP_CHOICES)
    step_due_at = models.DateTimeField(_("due"), null=True, blank=True)
    step_expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    step_person = models.ForeignKey(
        Interlocutor,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("with"),
        null=True,
        blank=True,
    )
    step_rule = models.CharField(_("rule"), max_length=20, blank=True, choices=rule_choices)
    step_reason = models.JSONField(_("reason"), default=dict, blank=True)
    # When a sweep must next look at this row: its step becomes due, or expires.
    review_at = models.DateTimeField(_("next check"), null=True, blank=True)

    # Why a sweep could not decide this row; it is quarantined until a fact changes.
    review_error = models.TextField(_("why it couldn’t be decided"), blank=True)

    # When a fact was last recorded; written by services/next_step.py.
    active_at = models.DateTimeField(_("last activity"), null=True, blank=True)

    # The invitation that it came from: its UID, and its SEQUENCE.
    invitation_uid = models.CharField(max_length=255, blank=True, editable=False)
    invitation_sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # When that version was written, for programs that do not number versions.
    invitation_stamped_at = models.DateTimeField(null=True, blank=True, editable=False)

    submission_id = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "submission_id"], name="interview_form_recorded_once"
            ),
            models.UniqueConstraint(
                fields=["candidate", "invitation_uid"],
                condition=~Q(invitation_uid=""),
                name="interview_invitation_once_per_candidate",
                violation_error_message=_(
                    "You’ve already added the interview from this invitation."
                ),
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(limits.MINUTES_MIN, limits.MINUTES_MAX)),
                name="interview_minutes_in_range",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        *("screening", "first", "second", "test"),
                        *("management", "final", "other"),
                    ]
                ),
                name="interview_stage_known",
            ),
            models.CheckConstraint(
                condition=Q(step="", step_rule="")
                | Q(step__in=[step.value for step in Step]) & ~Q(step_rule=""),
                name="interview_step_known",
            ),
            models.CheckConstraint(
                condition=Q(step="", review_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="interview_cancelled_has_no_step",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True) | Q(cancelled_at__isnull=False),
                name="interview_cancelled_by_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("id")),
                name="interview_continues_another",
            ),
        ]
        indexes = [
            # The sweep: WHERE review_at <= now ORDER BY review_at. Partial, since most rows of an
            # old instance are done.
            models.Index(
                fields=["review_at"],
                name="interview_review",
                condition=Q(review_at__isnull=False),
            ),
            # For operators: mostly there is none, and the index is empty.
            models.Index(
                fields=["candidate"], name="interview_aside", condition=~Q(review_error="")
            ),
            models.Index(fields=["candidate", "-starts_at"], name="interview_of_candidate"),
            # The overdue and upcoming steps of a coach's many candidates.
            models.Index(
                fields=["candidate", "step_due_at"],
                name="interview_due_of_candidate",
                condition=Q(step_due_at__isnull=False),
            ),
            # For operators' list: newest first, all rows or those of one step.
            models.Index(fields=["-starts_at"], name="interview_newest"),
            models.Index(fields=["step", "-starts_at"], name="interview_of_step"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy} ({self.get_stage_display()})"

    @property
    def stage_label(self) -> str:
        """For lists and mails: get_stage_display builds all choices at each call."""
        return str(_STAGE_LABELS.get(self.stage, self.stage))

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "result")

    def is_stale(self, now: datetime) -> bool:
        """Whether the stored step has expired and must be recomputed before it is shown."""
        return self.step_expires_at is not None and self.step_expires_at <= now


_STAGE_LABELS = {stage.value: stage.label for stage in Interview.Stage}
