"""Companies, vacancies, and interviews with the next step stored on them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.bulk import in_bulk
from interviews.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from interviews.admin.steps import DECIDE_ANEW, StepFilter, step_name
from interviews.models import Agreement, Company, Contact, Interview, Participation, Vacancy


@admin.register(Company)
class CompanyAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("name", "kind", "size", "candidate")
    list_filter = ("kind", "size")
    list_select_related = ("candidate__user",)
    search_fields = ("name", "candidate__user__email")


@admin.register(Vacancy)
class VacancyAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("title", "company", "attractiveness", "desire", "candidate")
    list_filter = ("attractiveness", "desire")
    list_select_related = ("company", "candidate__user")
    search_fields = ("title", "company__name", "candidate__user__email")


class ParticipationInline(ReadOnlyInline):
    candidate_path = "interview__candidate"
    model = Participation


class AgreementInline(ReadOnlyInline):
    candidate_path = "interview__candidate"
    model = Agreement
    fields = ("made_at", "due_on", "due_time", "initiator", "may_call", "responsible")


class ContactInline(ReadOnlyInline):
    candidate_path = "interview__candidate"
    model = Contact
    fields = ("at", "direction", "channel", "person", "outcome", "purpose")


class SetAsideFilter(admin.SimpleListFilter):
    title = _("set aside")
    parameter_name = "set_aside"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("could not be decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        return queryset.exclude(review_error="") if self.value() == "yes" else queryset


@admin.register(Interview)
class InterviewAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("vacancy", "stage", "starts_at", step_name, "step_due_at", "candidate")
    list_filter = (StepFilter, "stage", SetAsideFilter)
    operator_filter = (StepFilter, SetAsideFilter)
    list_select_related = ("vacancy__company", "candidate__user")
    date_hierarchy = "starts_at"
    search_fields = ("vacancy__title", "vacancy__company__name", "candidate__user__email")
    inlines = (ParticipationInline, AgreementInline, ContactInline)
    actions = ("decide_anew",)

    @admin.action(description=_("Decide the next step anew"), permissions=["operate"])
    def decide_anew(
        self, request: HttpRequest, queryset: QuerySet[Interview]
    ) -> HttpResponse | None:
        return in_bulk(self, request, queryset, DECIDE_ANEW)
