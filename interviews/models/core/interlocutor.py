"""A person met on the way to a job."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import Company


class Interlocutor(CheckedRow):
    class Origin(models.TextChoices):
        INTERVIEW = "interview", _("met in an interview")
        CARD = "card", _("a business card")
        INTRODUCTION = "introduction", _("introduced by someone")
        ADVERTISEMENT = "advertisement", _("named in the job ad")
        OTHER = "other", _("other")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="interlocutors", verbose_name=_("candidate")
    )
    company = models.ForeignKey(
        Company,
        models.SET_NULL,
        related_name="interlocutors",
        verbose_name=_("company"),
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    origin = models.CharField(
        _("how you met"), max_length=14, choices=Origin, default=Origin.INTERVIEW
    )
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "id"]
        indexes = [
            # For operators' search by the beginning of a name (accounts/admin/search.py).
            models.Index(
                fields=["name"],
                name="interlocutor_by_beginning",
                opclasses=["varchar_pattern_ops"],
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="interlocutor_has_name"),
            models.CheckConstraint(
                condition=Q(
                    origin__in=["interview", "card", "introduction", "advertisement", "other"]
                ),
                name="interlocutor_origin_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
