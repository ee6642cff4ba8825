"""A coach's note about a candidate, shared or private."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.coaching.coaching import Coaching
from interviews.models.core.interview import Interview


class CoachNoteQuerySet(models.QuerySet["CoachNote"]):
    def shared(self) -> "CoachNoteQuerySet":
        """Notes that the candidate can read."""
        return self.filter(is_shared=True)


class CoachNote(CheckedRow):
    class About(models.TextChoices):
        CANDIDATE = "candidate", _("the whole job search")
        INTERVIEW = "interview", _("the interview")
        LETTER = "letter", _("the draft letter")

    TEXT_MAX = 5000

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    coaching = models.ForeignKey(
        Coaching, models.CASCADE, related_name="notes", verbose_name=_("coaching")
    )
    interview = models.ForeignKey(
        Interview,
        models.CASCADE,
        related_name="coach_notes",
        verbose_name=_("interview"),
        null=True,
        blank=True,
    )
    about = models.CharField(_("about"), max_length=9, choices=About)
    text = models.TextField(_("note"), max_length=TEXT_MAX)
    is_shared = models.BooleanField(_("visible to the candidate"), default=False)
    written_at = models.DateTimeField(_("written"))

    objects = CoachNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("coach note")
        verbose_name_plural = _("coach’s notes")
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="candidate", interview__isnull=True)
                | Q(about__in=["interview", "letter"], interview__isnull=False),
                name="coach_note_about_known",
            ),
            models.CheckConstraint(
                condition=~Q(about="letter") | Q(is_shared=True),
                name="coach_note_on_letter_is_shared",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="coach_note_has_text"),
        ]
        indexes = [
            models.Index(fields=["interview", "-written_at"], name="coach_note_of_interview"),
        ]

    @property
    def is_comment(self) -> bool:
        """On a draft letter."""
        return self.about == self.About.LETTER

    def __str__(self) -> str:
        return f"{self.get_about_display()} ({self.written_at:%Y-%m-%d})"
