"""Interviews: for operators with the step stored on them; for a coach those shared with her."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.bulk import in_bulk
from interviews import spoken
from interviews.admin import interview_page
from interviews.admin.coached import CoachedAdmin, is_coach_only, sharing_of
from interviews.admin.lists import (
    CoachList,
    MatterFilter,
    SharedFilter,
    candidate_link,
    interview_link,
)
from interviews.admin.read_only import ReadOnlyInline
from interviews.admin.steps import DECIDE_ANEW, StepFilter, step_name
from interviews.cases import refresh_stale
from interviews.coach_access import Sharing
from interviews.models import Agreement, Contact, Interview, Participation


class ParticipationInline(ReadOnlyInline):
    model = Participation


class AgreementInline(ReadOnlyInline):
    model = Agreement
    fields = ("made_at", "due_on", "due_time", "initiator", "may_call", "responsible")


class ContactInline(ReadOnlyInline):
    model = Contact
    fields = ("at", "direction", "channel", "person", "outcome", "purpose")


class SetAsideFilter(admin.SimpleListFilter):
    title = _("set aside")
    parameter_name = "set_aside"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("could not be decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        return queryset.exclude(review_error="") if self.value() == "yes" else queryset


class SharedInterviewFilter(SharedFilter):
    of = "candidate"


class InterviewList(CoachList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        refresh_stale(self.result_list, now=sharing_of(request).now)


@admin.register(Interview)
class InterviewAdmin(CoachedAdmin):
    owner_path = "candidate__user"
    list_display = ("vacancy", "stage", "starts_at", step_name, "step_due_at", "candidate")
    list_filter = (StepFilter, SetAsideFilter)
    list_select_related = ("vacancy__company", "candidate__user")
    date_hierarchy = "starts_at"
    inlines = (ParticipationInline, AgreementInline, ContactInline)
    actions = ("decide_anew",)

    coach_pages = ("changelist", "change", "note", "comment", "propose")
    coach_title = _("Interviews")
    coach_display = ("title", "of", "stage", "starts_at", step_name, "due")
    coach_filters = (MatterFilter, StepFilter, SharedInterviewFilter, "stage")
    coach_search = (
        *("vacancy__title", "vacancy__company__name", "candidate__user__name"),
        "candidate__user__email",
    )
    coach_ordering = (F("step_due_at").asc(nulls_last=True), "-starts_at", "pk")

    def coach_rows(self, sharing: Sharing) -> QuerySet[Interview]:
        return sharing.interviews()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return InterviewList if is_coach_only(request.user) else super().get_changelist(request)

    @admin.display(description=_("interview"), ordering="vacancy__title")
    def title(self, row: Interview) -> SafeString:
        return interview_link(row.pk, f"{row.vacancy.title}, {row.vacancy.company.name}")

    @admin.display(description=_("candidate"), ordering="candidate__user__name")
    def of(self, row: Interview) -> SafeString:
        return candidate_link(row.candidate_id, str(row.candidate))

    @admin.display(description=_("due"), ordering="step_due_at")
    def due(self, row: Interview) -> str:
        """A day of the candidate's own calendar."""
        if row.step_due_at is None:
            return "–"
        now = timezone.now().astimezone(row.candidate.zone)
        return spoken.short_day(row.step_due_at.astimezone(now.tzinfo).date(), now=now)

    @admin.action(description=_("Decide the next step anew"), permissions=["operate"])
    def decide_anew(
        self, request: HttpRequest, queryset: QuerySet[Interview]
    ) -> HttpResponse | None:
        return in_bulk(self, request, queryset, DECIDE_ANEW)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "note": interview_page.note_create,
            "comment": interview_page.comment_create,
            "propose": interview_page.proposal_create,
        }
        own = [
            path(f"<str:object_id>/{name}/", wrap(view), name=f"interviews_interview_{name}")
            for name, view in pages.items()
        ]
        return own + super().get_urls()

    def change_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        if interview_page.is_meant(request, object_id):
            return interview_page.interview_detail(request, object_id)
        return super().change_view(request, object_id, *rest, **more)
