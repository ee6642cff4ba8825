"""What all senders share: one row for the whole instance."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SenderState(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField(_("last sender activity"), null=True, blank=True)
    # Since when senders have run without a gap: no mail is late before that.
    started_at = models.DateTimeField(_("sending since"), null=True, blank=True)
    # How long senders have run in all, without gaps: the clock for giving up a mail.
    ran_for = models.DurationField(_("sending time"), default=timedelta)
    # When a server last accepted a recipient: an unexplained refusal is then the mailbox's.
    accepted_at = models.DateTimeField(_("last accepted recipient"), null=True, blank=True)
    # Counted after each batch; a sender that is killed loses those of its last batch.
    sent = models.PositiveBigIntegerField(_("emails sent"), default=0)
    failed = models.PositiveBigIntegerField(_("failed tries"), default=0)
    retried = models.PositiveBigIntegerField(_("emails retried"), default=0)

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("sender")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sender_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.seen_at}"
