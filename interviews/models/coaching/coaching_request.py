"""A coach's request to coach somebody: one for each address, however it is answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.addresses import canonical_address
from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow


class CoachingRequestQuerySet(models.QuerySet["CoachingRequest"]):
    def unanswered(self) -> Self:
        return self.filter(answer="")

    def open_now(self) -> Self:
        """Not answered yet, by a user who may still coach and whose account is not to be
        deleted."""
        may_coach = Q(
            coach__is_active=True, coach__is_staff=True, coach__deletion_request__isnull=True
        )
        return self.unanswered().filter(may_coach).select_related("coach__coach__organisation")

    def to(self, address: str) -> Self:
        return self.filter(address=canonical_address(address))


class CoachingRequest(CheckedRow):
    """By address, because nobody learns whether it has an account. Whoever answers chooses what to
    share; that creates the coaching. Declined requests stay, so that nobody is asked twice."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        NOBODY = "nobody", _("declined, with all future requests blocked")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="coaching_requests",
        verbose_name=_("coach"),
    )
    address = models.EmailField(_("email address"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = CoachingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching request")
        verbose_name_plural = _("coaching requests")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                "coach", Lower("address"), name="coaching_request_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "accepted", "declined", "nobody"]),
                name="coaching_request_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="coaching_request_answer_has_moment",
            ),
        ]
        indexes = [
            # Shown on the page of the address's owner, and checked before another request.
            models.Index(fields=["address"], name="coaching_request_to"),
        ]

    def __str__(self) -> str:
        return f"{self.coach} – {self.address}"
