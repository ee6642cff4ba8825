"""What candidates recorded: agreements, contacts, results, and who took part."""

from django.contrib import admin

from interviews.admin.read_only import ReadOnlyAdmin
from interviews.models import Agreement, Contact, Participation, Result

OF_INTERVIEW = (
    "interview__vacancy__title",
    "interview__vacancy__company__name",
    "interview__candidate__user__email",
)


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "made_at", "due_on", "due_time", "initiator", "may_call")
    list_filter = ("initiator", "may_call", "silence_is_refusal")
    list_select_related = ("interview__vacancy__company",)
    date_hierarchy = "made_at"
    search_fields = OF_INTERVIEW


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "at", "direction", "channel", "outcome", "purpose", "person")
    list_filter = ("direction", "channel", "outcome", "purpose")
    list_select_related = ("interview__vacancy__company", "person")
    date_hierarchy = "at"
    search_fields = (*OF_INTERVIEW, "person__name")


@admin.register(Result)
class ResultAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "kind", "known_at", "via", "lessons", "recontact_on")
    list_filter = ("kind", "lessons")
    list_select_related = ("interview__vacancy__company",)
    date_hierarchy = "known_at"
    search_fields = OF_INTERVIEW


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interlocutor", "role", "interview", "position")
    list_filter = ("role",)
    list_select_related = ("interlocutor", "interview__vacancy__company")
    search_fields = (*OF_INTERVIEW, "interlocutor__name")
