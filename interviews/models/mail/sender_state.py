"""What all senders together remember: one row for the whole instance."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SenderState(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField(_("a sender was at work"), null=True, blank=True)
    # Since when there was one without a gap: no mail is late before that.
    started_at = models.DateTimeField(_("sending since"), null=True, blank=True)
    # How long senders have run in all, gaps left out: the clock by which a mail is given up.
    ran_for = models.DurationField(_("sending was possible for"), default=timedelta)
    # When a server last took a recipient: a refusal that gives no reason is then the mailbox's.
    accepted_at = models.DateTimeField(_("a recipient was accepted"), null=True, blank=True)
    # Counted after each batch; a sender that is killed takes those of its last batch with it.
    sent = models.PositiveBigIntegerField(_("mails sent"), default=0)
    failed = models.PositiveBigIntegerField(_("tries failed"), default=0)
    retried = models.PositiveBigIntegerField(_("mails tried again"), default=0)

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("sender")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sender_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.seen_at}"
