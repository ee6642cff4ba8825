"""A step that a coach proposes. The candidate accepts or declines it; it changes no fact."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.coaching.coaching import Coaching, CoachingVacancy, is_active
from interviews.models.core.interview import Interview

DONE = "done"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def current(self, now: datetime) -> Self:
        """Not withdrawn, of an active coaching, and about an interview that is still shared."""
        chosen = CoachingVacancy.objects.filter(
            coaching=OuterRef("coaching"), vacancy=OuterRef("interview__vacancy")
        )
        return self.filter(
            Q(coaching__covers_all=True) | Exists(chosen),
            is_active(now, of="coaching__"),
            withdrawn_at__isnull=True,
        )

    def unanswered(self) -> Self:
        return self.filter(answer="")

    def standing(self) -> Self:
        """Neither withdrawn nor declined."""
        return self.filter(withdrawn_at__isnull=True).exclude(answer=Proposal.Answer.DECLINED)


TITLE_SHOWN = 80


class Proposal(CheckedRow):
    class Action(models.TextChoices):
        CALL = "call", _("call")
        WRITE = "write", _("write")
        PREPARE = "prepare", _("prepare for the interview")
        OTHER = "other", _("something else")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    WORDS_MAX = 500

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    coaching = models.ForeignKey(
        Coaching, models.CASCADE, related_name="proposals", verbose_name=_("coaching")
    )
    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="proposals", verbose_name=_("interview")
    )
    action = models.CharField(_("what to do"), max_length=7, choices=Action)
    # A date of the candidate's calendar.
    by_on = models.DateField(_("due date"), null=True, blank=True)
    words = models.CharField(_("details"), max_length=WORDS_MAX, blank=True)
    proposed_at = models.DateTimeField(_("suggested"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # Set by the candidate, for actions that record no fact.
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=["call", "write", "prepare", "other"]),
                name="proposal_action_known",
            ),
            models.CheckConstraint(
                condition=~Q(action="other") | ~Q(words=""),
                name="proposal_other_has_words",
                violation_error_message=_("Enter what you suggest."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "accepted", "declined"]), name="proposal_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_at__gte=F("proposed_at")),
                name="proposal_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(answer="accepted"),
                name="proposal_done_was_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["interview", "-proposed_at"], name="proposal_of_interview"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.interview}"

    @property
    def is_standing(self) -> bool:
        """As `ProposalQuerySet.standing`."""
        return self.withdrawn_at is None and self.answer != self.Answer.DECLINED

    @property
    def title(self) -> str:
        """What it suggests in a line: the action; of another its own words."""
        if self.action == self.Action.OTHER and self.words:
            return Truncator(" ".join(self.words.split())).chars(TITLE_SHOWN)
        return str(self.get_action_display())

    @property
    def state(self) -> str:
        """The candidate's last word: the answer, or that it is done."""
        return DONE if self.done_at is not None else self.answer
