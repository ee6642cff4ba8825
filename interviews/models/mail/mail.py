"""A mail to be sent. Every mail of the product is first a row here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.mail.notification_channel import MESSAGES, ChannelKind


class DeliveryState(models.TextChoices):
    """The states of a reminder and of a mail, with these names everywhere."""

    WAITING = "waiting", _("waiting")
    LEASED = "leased", _("leased")
    SENT = "sent", _("sent")
    SETTLED = "settled", _("settled")
    MISSED = "missed", _("missed")
    QUARANTINED = "set_aside", _("set aside")


class Fault(models.TextChoices):
    """Why the last attempt failed; empty if none did."""

    AWAY = "away", _("server unavailable, disconnected or too slow")
    LATER = "later", _("server asked us to try later")
    SERVER = "server", _("server refused it, an administrator must look")
    MAILBOX = "mailbox", _("mailbox doesn’t exist")


class MailQuerySet(models.QuerySet["Mail"]):
    def to_try(self, now: datetime) -> Self:
        """Due for an attempt, or leased by a sender that died (index mail_to_send)."""
        open_states = [DeliveryState.WAITING, DeliveryState.LEASED]
        return self.filter(state__in=open_states, try_at__lte=now)

    def claimable(self, kinds: Sequence[str], now: datetime) -> Self:
        """Those of these kinds, oldest first."""
        return self.to_try(now).filter(kind__in=kinds).order_by("try_at")

    def refused_by_server(self) -> Self:
        """Not sent yet because the server refused for a reason other than the mailbox (index
        mail_refused); a push service too."""
        return self.filter(state=DeliveryState.WAITING, fault=Fault.SERVER)


class Mail(models.Model):
    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        ACCOUNT = "account", _("account")
        COACHING = "coaching", _("coaching")
        INBOUND = "inbound", _("forwarded email")
        # By a channel of this name (ChannelKind).
        PUSH = "push", _("notification")
        NTFY = "ntfy", _("ntfy")
        TELEGRAM = "telegram", _("Telegram")
        PUSHOVER = "pushover", _("Pushover")
        GOTIFY = "gotify", _("Gotify")
        MATRIX = "matrix", _("Matrix")
        SIGNAL = "signal", _("Signal")
        WEBHOOK = "webhook", _("webhook")

    SUBJECT_MAX = 300

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mails",
        verbose_name=_("user"),
        null=True,
        blank=True,
    )
    # An address; of a kind without one, the key of the channel's row.
    recipient = models.CharField(_("to"), max_length=254)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    # Other mails are written when they are queued; a reminder is written from the facts at each
    # attempt, so these stay empty until it is sent.
    subject = models.CharField(_("subject"), max_length=SUBJECT_MAX, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=DeliveryState, default=DeliveryState.WAITING
    )
    # While waiting: when the next attempt is due. While leased: when the lease runs out.
    try_at = models.DateTimeField(_("next try or end of lease"))
    lease_id = models.UUIDField(null=True, blank=True, editable=False)
    # Counted when an attempt begins; attempts that are not failures were cut off.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # The database has the defaults too, because older processes insert rows without them during an
    # upgrade.
    failures = models.PositiveIntegerField(_("failed tries"), default=0, db_default=0)
    fault = models.CharField(
        _("fault"), max_length=7, choices=Fault, blank=True, default="", db_default=""
    )
    # failing_since is how long senders had run (SenderState.ran_for) at the first failure: the time
    # until giving up counts only while sending was possible.
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    failing_since = models.DurationField(null=True, blank=True, editable=False)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    # Set by a claim: a sender died while it handled this mail, or another of its batch.
    is_taken_over = False

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="mail_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["reminder", "account", "coaching", "inbound", "push", *MESSAGES]
                ),
                name="mail_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(fault="") | Q(fault__in=Fault.values), name="mail_fault_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="leased") | Q(lease_id__isnull=False),
                name="mail_leased_has_lease",
            ),
        ]
        indexes = [
            # A sender's claim, one kind at a time: waiting or leased, try_at <= now, oldest first.
            models.Index(
                fields=["kind", "try_at"],
                name="mail_to_send",
                condition=Q(state__in=["waiting", "leased"]),
            ),
            # /healthz: is there any? Mostly there is none, and the index is empty.
            models.Index(
                fields=["try_at"],
                name="mail_refused",
                condition=Q(state="waiting", fault="server"),
            ),
            # For operators' list: newest first, of one rare state, or of one fault.
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(
                fields=["state", "-created_at"], name="mail_unsent", condition=~Q(state="sent")
            ),
            models.Index(
                fields=["fault", "-created_at"], name="mail_failed", condition=~Q(fault="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recipient}"

    @property
    def has_fixed_text(self) -> bool:
        """Whether its text was written when it was queued, as a channel's code is."""
        return self.kind not in TOLD_BY or bool(self.text)

    @property
    def channel(self) -> str:
        """By which it is sent, a ChannelKind."""
        return TOLD_BY.get(self.kind, ChannelKind.EMAIL).value


# What a mail server or a provider sends, in this order.
BY_EMAIL = (Mail.Kind.ACCOUNT, Mail.Kind.INBOUND, Mail.Kind.COACHING, Mail.Kind.REMINDER)
# The channel by which each kind tells reminders.
TOLD_BY: Mapping[str, ChannelKind] = {
    Mail.Kind.REMINDER: ChannelKind.EMAIL,
    Mail.Kind.PUSH: ChannelKind.PUSH,
    **{Mail.Kind(each.value): each for each in MESSAGES},
}
