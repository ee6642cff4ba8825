"""The candidate's own template for an occasion, instead of the draft."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class OwnLetter(models.Model):
    """Values that change from letter to letter are placeholders in braces."""

    class Occasion(models.TextChoices):
        LATE_ANSWER = "late_answer", _("late answer")
        MAY_NOT_CALL = "may_not_call", _("they asked you not to call")
        AS_AGREED = "as_agreed", _("I said I’d write")
        AFTER_REFUSAL = "after_refusal", _("after a rejection")
        LETTING_GO = "letting_go", _("withdrawing")
        THANKS = "thanks", _("thank-you, with what was agreed")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="own_letters", verbose_name=_("candidate")
    )
    occasion = models.CharField(_("occasion"), max_length=13, choices=Occasion)
    subject = models.CharField(_("subject"), max_length=400, blank=True)
    body = models.TextField(_("text"))
    changed_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["occasion"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "occasion"], name="own_letter_once_per_occasion"
            ),
            models.CheckConstraint(
                condition=Q(
                    occasion__in=[
                        *("late_answer", "may_not_call", "as_agreed"),
                        *("after_refusal", "letting_go", "thanks"),
                    ]
                ),
                name="own_letter_occasion_known",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="own_letter_has_text"),
        ]

    def __str__(self) -> str:
        return self.get_occasion_display()
