"""The reminder ledger, the outbox, and when the last sweep was: an operator's view."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interviews.admin.read_only import ReadOnlyAdmin
from interviews.admin.steps import StepFilter, step_name
from interviews.models import Mail, Reminder, SweepState
from interviews.services import reminders as reminder_services


def _tried_again(count: int) -> str:
    sentence = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count)
    return sentence % {"count": count}


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("interview", step_name, "due_at", "state", "sent_at", "candidate")
    list_filter = ("state", StepFilter)
    list_select_related = ("interview__vacancy__company", "candidate__user")
    date_hierarchy = "due_at"
    search_fields = ("interview__vacancy__company__name", "candidate__user__email")
    actions = ("retry",)

    @admin.action(description=_("Try again what was missed or set aside"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> None:
        tried = [reminder_services.retry_reminder(reminder=each) for each in queryset]
        self.message_user(request, _tried_again(sum(tried)), messages.SUCCESS)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    # Neither text nor HTML: a mail's words are between the product and its reader.
    fields = (
        *("kind", "recipient", "message_id", "state", "try_at", "tries"),
        *("error", "created_at", "sent_at"),
    )
    list_display = ("recipient", "kind", "state", "tries", "created_at", "sent_at")
    list_filter = ("state", "kind")
    date_hierarchy = "created_at"
    search_fields = ("recipient", "message_id")


@admin.register(SweepState)
class SweepStateAdmin(ReadOnlyAdmin):
    list_display = ("id", "swept_at", "decided_by")
    search_fields = ("decided_by",)
