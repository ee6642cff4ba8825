"""An agency, a school, an employment office. It groups coaches and gives no permissions."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_name_unique_ignoring_case",
                violation_error_message=_(
                    "An organisation with this name already exists. Choose another name."
                ),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
