"""What the readers of forwarded mails count: one row for the whole instance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InboundState(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    read = models.PositiveBigIntegerField(_("emails read"), default=0)
    proposed = models.PositiveBigIntegerField(_("emails that say something"), default=0)
    unreadable = models.PositiveBigIntegerField(_("emails we couldn’t read"), default=0)

    # When the server for forwarded mails was last there; empty if none ever was.
    listened_at = models.DateTimeField(_("last listening"), null=True, blank=True)

    class Meta:
        verbose_name = _("forwarding")
        verbose_name_plural = _("forwarding")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="inbound_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.read}"
