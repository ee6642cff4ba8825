"""A coaching: the invitation, its acceptance and its end, and what the candidate shares."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.candidate import Candidate
from interviews.models.core.vacancy import Vacancy


def is_active(now: datetime, *, of: str = "") -> Q:
    """Return the condition that a coaching was accepted and goes on; `of` is the lookup to the
    coaching, ending in two underscores."""
    begun = Q((f"{of}coach__isnull", False), (f"{of}accepted_at__lte", now))
    return begun & _is_not_over(now, of=of)


def _is_not_over(now: datetime, *, of: str = "") -> Q:
    has_not_ended = Q((f"{of}ended_at__isnull", True)) | Q((f"{of}ended_at__gt", now))
    return has_not_ended & (Q((f"{of}ends_at__isnull", True)) | Q((f"{of}ends_at__gt", now)))


class CoachingQuerySet(models.QuerySet["Coaching"]):
    def active(self, now: datetime) -> Self:
        return self.filter(is_active(now))

    def not_over(self, now: datetime) -> Self:
        """Active, or not answered yet."""
        return self.filter(_is_not_over(now))

    def lapsed(self, now: datetime) -> Self:
        """Past their last day, but not closed yet."""
        return self.filter(ended_at__isnull=True, ends_at__lte=now)

    def invitations(self, now: datetime) -> Self:
        """Sent by a candidate and not answered yet."""
        return self.filter(accepted_at__isnull=True).not_over(now)


class Coaching(CheckedRow):
    class Shares(models.TextChoices):
        STEPS = "steps", _("next steps only")
        INTERVIEWS = "interviews", _("next steps and interviews, with notes, contacts and letters")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    # Empty until the invitation is accepted, because nobody learns whether an address has an
    # account.
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="coachings",
        verbose_name=_("coach"),
        null=True,
        blank=True,
    )
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="coachings", verbose_name=_("candidate")
    )
    # Whom the candidate invited; empty if the coach had asked.
    address = models.EmailField(_("invited address"), blank=True)
    shares = models.CharField(_("shared"), max_length=10, choices=Shares, default=Shares.STEPS)
    # False: only the chosen positions, and no later ones.
    covers_all = models.BooleanField(_("all positions, including later ones"), default=True)
    vacancies = models.ManyToManyField(
        Vacancy, through="interviews.CoachingVacancy", related_name="+", verbose_name=_("positions")
    )
    invited_at = models.DateTimeField(_("invited"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    # Set by the candidate: the first moment after the last day, in the candidate's zone.
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
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
            models.UniqueConstraint(
                fields=["candidate", "address"],
                condition=Q(ended_at__isnull=True, coach__isnull=True),
                name="coaching_invited_once_per_address",
                violation_error_message=_("You’ve already invited this address."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("invited_at")),
                name="coaching_accepted_after_invited",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(coach__isnull=False),
                name="coaching_accepted_has_coach",
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
        return f"{self.coach or self.address} – {self.candidate}"

    @property
    def last_day(self) -> date | None:
        """The last day that the candidate set."""
        if self.ends_at is None:
            return None
        return (self.ends_at - timedelta(microseconds=1)).astimezone(self.candidate.zone).date()

    def is_over(self, now: datetime) -> bool:
        return any(each is not None and each <= now for each in (self.ended_at, self.ends_at))


class CoachingVacancy(models.Model):
    """A chosen position of a coaching that does not cover all."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="chosen")
    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("shared position")
        verbose_name_plural = _("shared positions")
        constraints = [
            models.UniqueConstraint(
                fields=["coaching", "vacancy"], name="coaching_vacancy_chosen_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.vacancy)
