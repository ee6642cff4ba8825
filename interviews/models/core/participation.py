"""Who took part in an interview, in which role. The first one is the lead."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.interlocutor import Interlocutor
from interviews.models.core.interview import Interview


class Participation(models.Model):
    class Role(models.TextChoices):
        RECRUITER = "recruiter", _("recruiter")
        HIRING_MANAGER = "hiring_manager", _("hiring manager")
        TOP_MANAGER = "top_manager", _("senior manager")
        PEER = "peer", _("future teammate")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="participations", verbose_name=_("interview")
    )
    interlocutor = models.ForeignKey(
        Interlocutor,
        models.CASCADE,
        related_name="participations",
        verbose_name=_("contact"),
    )
    position = models.PositiveSmallIntegerField(_("order"))
    # Empty if the candidate does not know it.
    role = models.CharField(_("role"), max_length=14, choices=Role, blank=True)

    class Meta:
        verbose_name = _("interviewer")
        verbose_name_plural = _("interviewers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "interlocutor"], name="participation_person_once"
            ),
            models.UniqueConstraint(
                fields=["interview", "position"], name="participation_order_unique"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", "recruiter", "hiring_manager", "top_manager", "peer"]),
                name="participation_role_known",
            ),
        ]

    def __str__(self) -> str:
        role = self.get_role_display()
        return f"{self.interlocutor} ({role})" if role else str(self.interlocutor)
