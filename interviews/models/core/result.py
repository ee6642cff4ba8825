"""How a wait ended, and what it taught."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.competence import Competence
from interviews.models.core.interview import Interview
from interviews.models.validators import DAYS_KNOWN


class Result(CheckedRow):
    class Kind(models.TextChoices):
        OFFER = "offer", _("offer")
        NEXT_STAGE = "next_stage", _("next stage")
        REFUSAL = "refusal", _("rejection")
        ASSUMED_REFUSAL = "assumed_refusal", _("counted as a no")
        WITHDRAWN = "withdrawn", _("withdrawn")
        NO_RESPONSE = "no_response", _("no response")

    # The employer's answers. The other endings are the candidate's, or nobody's.
    ANSWERS = frozenset({Kind.OFFER, Kind.NEXT_STAGE, Kind.REFUSAL})

    class Via(models.TextChoices):
        PHONE = "phone", _("by phone")
        EMAIL = "email", _("by email")
        MESSAGE = "message", _("by message")
        IN_PERSON = "in_person", _("in person")
        RECRUITER = "recruiter", _("through the recruiter")
        SILENCE = "silence", _("by no answer")

    class Lessons(models.TextChoices):
        MISSING = "missing", _("not yet")
        RECORDED = "recorded", _("recorded")
        SKIPPED = "skipped", _("not needed")

    class Answer(models.TextChoices):
        OPEN = "open", _("not answered yet")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    interview = models.OneToOneField(
        Interview, models.CASCADE, related_name="result", verbose_name=_("interview")
    )
    kind = models.CharField(_("result"), max_length=15, choices=Kind)
    known_at = models.DateTimeField(_("heard on"))
    # An import may bring an answer without its day; `known_at` is then a likely one.
    is_day_known = models.BooleanField(_("the day is known"), default=True)
    via = models.CharField(_("how you heard"), max_length=9, choices=Via, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    lessons = models.CharField(
        _("what was missing"), max_length=8, choices=Lessons, default=Lessons.MISSING
    )
    competences = models.ManyToManyField(
        Competence, related_name="results", verbose_name=_("what was missing"), blank=True
    )
    recommended_to = models.CharField(
        _("recommended for another position"), max_length=300, blank=True
    )
    recontact_on = models.DateField(_("kept on file: get in touch again on"), null=True, blank=True)
    offer_answer_by_on = models.DateField(_("answer by"), null=True, blank=True)
    offer_starts_on = models.DateField(_("start date"), null=True, blank=True)
    offer_answer = models.CharField(_("your answer"), max_length=8, choices=Answer, blank=True)
    # The cause of a result that was not recorded here: the next stage, or the result of another
    # stage of the vacancy. Deleting the cause deletes this result.
    next_interview = models.OneToOneField(
        Interview,
        models.CASCADE,
        related_name="earned_by",
        verbose_name=_("next stage"),
        null=True,
        blank=True,
    )
    follows = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="followed_by",
        verbose_name=_("results from"),
        null=True,
        blank=True,
    )
    submission_id = models.UUIDField(null=True, blank=True, editable=False)
    # Submission ids of the forms whose results this one replaced: sent again, they must not bring
    # those back.
    replaced_submission_ids = models.JSONField(default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-known_at"]
        # For operators' list, newest first.
        indexes = [models.Index(fields=["-known_at"], name="result_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="next_stage", next_interview__isnull=False)
                | (~Q(kind="next_stage") & Q(next_interview__isnull=True)),
                name="result_next_stage_names_its_interview",
            ),
            models.CheckConstraint(
                condition=Q(kind="offer")
                | Q(
                    offer_answer_by_on__isnull=True,
                    offer_starts_on__isnull=True,
                    offer_answer="",
                ),
                name="result_offer_fields_need_an_offer",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "offer",
                        "next_stage",
                        "refusal",
                        "assumed_refusal",
                        "withdrawn",
                        "no_response",
                    ]
                )
                & Q(lessons__in=["missing", "recorded", "skipped"])
                & Q(offer_answer__in=["", "open", "accepted", "declined"])
                & Q(
                    via__in=[
                        *("", "phone", "email", "message"),
                        *("in_person", "recruiter", "silence"),
                    ]
                ),
                name="result_words_known",
            ),
            models.CheckConstraint(
                condition=Q(recontact_on__isnull=True) | Q(recontact_on__range=DAYS_KNOWN),
                name="result_recontact_in_known_years",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def of(cls, interview: Interview) -> Self | None:
        """Django's own attribute raises where there is none."""
        found: Self | None = getattr(interview, "result", None)
        return found

    @property
    def is_open_offer(self) -> bool:
        """Whether it waits for the candidate's answer."""
        return self.kind == self.Kind.OFFER and self.offer_answer == self.Answer.OPEN

    @property
    def submissions(self) -> list[str]:
        """Every form that has recorded this result or an earlier one."""
        own = [] if self.submission_id is None else [str(self.submission_id)]
        return [*self.replaced_submission_ids, *own]
