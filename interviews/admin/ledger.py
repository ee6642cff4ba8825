"""The reminder ledger, the outbox, and when the last sweep was: an operator's view."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interviews.admin.read_only import ReadOnlyAdmin
from interviews.admin.steps import StepFilter, step_name
from interviews.models import Mail, RefusedAddress, Reminder, SenderState, SweepState
from interviews.services import mails as mail_services
from interviews.services import reminders as reminder_services


def _tried_again(count: int) -> str:
    sentence = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count)
    return sentence % {"count": count}


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = (
        *("interview", step_name, "due_at", "state", "error", "missed_at", "sent_at"),
        "candidate",
    )
    list_filter = ("state", StepFilter)
    list_select_related = ("interview__vacancy__company", "candidate__user")
    date_hierarchy = "due_at"
    search_fields = ("interview__vacancy__company__name", "candidate__user__email")
    actions = ("retry",)

    @admin.action(description=_("Try again what was missed or set aside"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> None:
        tried = [reminder_services.retry_reminder(reminder=each) for each in queryset]
        self.record_change(request, queryset)
        self.message_user(request, _tried_again(sum(tried)), messages.SUCCESS)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    owner_path = "user"
    # Neither text nor HTML: a mail's words are between the product and its reader.
    fields = (
        *("kind", "recipient", "message_id", "state", "try_at", "tries", "failures"),
        *("fault", "error", "failed_at", "created_at", "sent_at"),
    )
    list_display = (
        *("recipient", "kind", "state", "fault", "tries", "failures", "try_at", "created_at"),
        "sent_at",
    )
    list_filter = ("state", "fault", "kind")
    date_hierarchy = "created_at"
    search_fields = ("recipient", "message_id")
    actions = ("retry",)

    @admin.action(description=_("Try again now"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """One that waits for its next try, at once; the reminders of one that was given up."""
        tried = [mail_services.retry_mail(mail=each, now=timezone.now()) for each in queryset]
        self.record_change(request, queryset)
        self.message_user(request, _tried_again(sum(tried)), messages.SUCCESS)


@admin.register(RefusedAddress)
class RefusedAddressAdmin(ReadOnlyAdmin):
    owner_path = "address__user"
    list_display = ("address", "reply", "refused_at")
    list_select_related = ("address",)
    search_fields = ("address__email", "reply")


@admin.register(SenderState)
class SenderStateAdmin(ReadOnlyAdmin):
    list_display = ("seen_at", "started_at", "ran_for", "sent", "failed", "retried")
    search_fields = ("pk",)


@admin.register(SweepState)
class SweepStateAdmin(ReadOnlyAdmin):
    list_display = ("swept_at", "started_at", "seconds", "decided_by", "deciding_by")
    search_fields = ("decided_by",)
