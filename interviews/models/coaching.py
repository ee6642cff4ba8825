"""A coach and a candidate: invited, accepted, ended; and what is shared."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.candidate import Candidate


class CoachingQuerySet(models.QuerySet["Coaching"]):
    def active(self, now: datetime) -> Self:
        return self.filter(accepted_at__lte=now).filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=now)
        )


class Coaching(models.Model):
    class Shares(models.TextChoices):
        STEPS = "steps", _("next steps only")
        INTERVIEWS = "interviews", _("interviews with notes, people and letters")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="coachings",
        verbose_name=_("coach"),
    )
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="coachings", verbose_name=_("candidate")
    )
    shares = models.CharField(_("shared"), max_length=10, choices=Shares, default=Shares.STEPS)
    invited_at = models.DateTimeField(_("invited"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coachings")
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "candidate"],
                condition=Q(ended_at__isnull=True),
                name="coaching_open_once_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("invited_at")),
                name="coaching_accepted_after_invited",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("invited_at")),
                name="coaching_ended_after_invited",
            ),
            models.CheckConstraint(
                condition=Q(shares__in=["steps", "interviews"]), name="coaching_shares_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach} – {self.candidate}"
