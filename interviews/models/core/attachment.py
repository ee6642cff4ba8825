"""A file that the candidate sent with an application: a CV, a letter.

It is stored in the database, so that a backup of the database is whole and no web server can serve
it by itself. Lists must defer `content`.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.vacancy import Vacancy

ATTACHMENT_BYTES_MAX = 2 * 1024 * 1024
ATTACHMENTS_PER_POSITION_MAX = 5


class Attachment(models.Model):
    class ContentType(models.TextChoices):
        PDF = "application/pdf", _("PDF")
        TEXT = "text/plain", _("text")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    vacancy = models.ForeignKey(
        Vacancy, models.CASCADE, related_name="attachments", verbose_name=_("position")
    )
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=20, choices=ContentType)
    size = models.PositiveIntegerField(_("bytes"))
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="attachment_has_name"),
            models.CheckConstraint(
                condition=Q(size__range=(1, ATTACHMENT_BYTES_MAX)), name="attachment_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "text/plain"]),
                name="attachment_type_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
