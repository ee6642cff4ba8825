"""Operators' lists of the reminder ledger, the outbox, and the last sweep."""

from datetime import datetime, timedelta

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.bulk_actions import Task, in_bulk
from accounts.models import User
from interviews.models import (
    Mail,
    NotificationChannel,
    PushDevice,
    PushKey,
    RefusedAddress,
    Reminder,
    SenderState,
    SweepState,
)
from interviews.services import reminders as reminder_services
from reminders import retry as mail_services
from staff.operators.steps import StepFilter, step_name
from staff.read_only import ReadOnlyAdmin

TRIED_AGAIN = ngettext_lazy("%(count)d queued again.", "%(count)d queued again.", "count")


def _retry_reminder(reminder: Reminder, _actor: User, _now: datetime) -> bool:
    return reminder_services.retry_reminder(reminder=reminder)


def _retry_mail(mail: Mail, _actor: User, now: datetime) -> bool:
    return mail_services.retry_mail(mail=mail, now=now)


RETRY_REMINDERS = Task(
    question=ngettext_lazy("Retry %(count)d reminder?", "Retry %(count)d reminders?", "count"),
    done=TRIED_AGAIN,
    left=ngettext_lazy(
        "%(count)d skipped: not missed or set aside, or its step has passed.",
        "%(count)d skipped: not missed or set aside, or their steps have passed.",
        "count",
    ),
    may=reminder_services.retryable,
    do=_retry_reminder,
)
RETRY_MAILS = Task(
    question=ngettext_lazy("Retry %(count)d email?", "Retry %(count)d emails?", "count"),
    done=TRIED_AGAIN,
    left=ngettext_lazy(
        "%(count)d skipped: already sent, or no longer relevant.",
        "%(count)d skipped: already sent, or no longer relevant.",
        "count",
    ),
    may=mail_services.retryable,
    do=_retry_mail,
)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = (
        *("interview", step_name, "due_at", "channel", "state", "error", "missed_at", "sent_at"),
        "candidate",
    )
    list_filter = ("state", "channel", StepFilter)
    list_select_related = ("interview__vacancy__company", "candidate__user")
    date_hierarchy = "due_at"
    actions = ("retry",)

    @admin.action(description=_("Retry missed and set-aside reminders"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> HttpResponse | None:
        return in_bulk(self, request, queryset, RETRY_REMINDERS)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    owner_path = "user"
    # Neither text nor HTML: a mail's content is between the product and its reader.
    fields = (
        *("kind", "recipient", "message_id", "state", "try_at", "tries", "failures"),
        *("fault", "error", "failed_at", "created_at", "sent_at"),
    )
    list_display = (
        *("recipient", "kind", "state", "fault", "tries", "failures", "try_at", "created_at"),
        "sent_at",
    )
    list_filter = ("state", "fault")
    date_hierarchy = "created_at"
    actions = ("retry",)

    @admin.action(description=_("Retry now"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Mail]) -> HttpResponse | None:
        """Retry at once a mail that waits for its next attempt, and the reminders of one given
        up."""
        return in_bulk(self, request, queryset, RETRY_MAILS)

    def search_help(self, request: HttpRequest) -> str | None:
        said = _("Enter an email address (or the start of one), an ID, or a Message-ID.")
        return str(said)

    def by_words(self, typed: str) -> Q:
        """Mails and logs write a Message-ID in angle brackets."""
        bare = typed.strip("<>")
        return super().by_words(typed) | Q(message_id__in=[bare, f"<{bare}>"])


@admin.register(RefusedAddress)
class RefusedAddressAdmin(ReadOnlyAdmin):
    owner_path = "address__user"
    list_display = ("address", "reply", "refused_at")
    list_select_related = ("address",)


@admin.register(NotificationChannel)
class NotificationChannelAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    fields = ("candidate", "kind", "confirmed_at", "code_sent_at", "failed_at", "error")
    list_display = ("candidate", "kind", "confirmed_at", "failed_at", "error")
    list_select_related = ("candidate__user",)


@admin.register(PushDevice)
class PushDeviceAdmin(ReadOnlyAdmin):
    owner_path = "channel__candidate__user"
    fields = ("channel", "name", "created_at", "seen_at")
    list_display = ("name", "channel", "created_at", "seen_at")
    list_select_related = ("channel",)


@admin.register(PushKey)
class PushKeyAdmin(ReadOnlyAdmin):
    fields = ("public_key", "created_at")
    list_display = ("public_key", "created_at")


@admin.register(SenderState)
class SenderStateAdmin(ReadOnlyAdmin):
    list_display = ("seen_at", "started_at", "possible_for", "sent", "failed", "retried")

    @admin.display(description=_("sending time"), ordering="ran_for")
    def possible_for(self, row: SenderState) -> timedelta:
        return timedelta(seconds=round(row.ran_for.total_seconds()))


@admin.register(SweepState)
class SweepStateAdmin(ReadOnlyAdmin):
    list_display = ("swept_at", "started_at", "took", "decided_by", "deciding_by")

    @admin.display(description=_("seconds"), ordering="seconds")
    def took(self, row: SweepState) -> str:
        return "–" if row.seconds is None else f"{row.seconds:.1f}"
