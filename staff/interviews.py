"""The list of interviews: for operators with the stored step; for coaches those shared with
them."""

from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField, ExpressionWrapper, F, IntegerField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.bulk_actions import in_bulk
from coaching.matters import comes_later, matter_in, shown_at
from coaching.morning_line import CLOSED, brief
from coaching.permissions import CoachScope
from interviews.models import Agreement, Contact, Interview, Participation
from interviews.next_step import refresh_stale
from interviews.rules import Step
from interviews.text import dates
from staff.coach import interview_page
from staff.coach.admin import CoachedAdmin, is_coach_only, sharing_of
from staff.coach.lists import (
    CoachList,
    MatterFilter,
    OpenFilter,
    SharedFilter,
    candidate_link,
    mark_suggested,
    titled_link,
    with_mark,
)
from staff.operators.steps import DECIDE_ANEW, StepFilter, step_name
from staff.read_only import ReadOnlyInline


class ParticipationInline(ReadOnlyInline):
    model = Participation


class AgreementInline(ReadOnlyInline):
    model = Agreement
    fields = ("made_at", "due_on", "due_time", "initiator", "may_call", "responsible")


class ContactInline(ReadOnlyInline):
    model = Contact
    fields = ("at", "direction", "channel", "person", "outcome", "purpose")


class QuarantinedFilter(admin.SimpleListFilter):
    title = _("problems")
    parameter_name = "set_aside"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("no next step could be decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        return queryset.exclude(review_error="") if self.value() == "yes" else queryset


class CoachStepFilter(StepFilter):
    """Without the step that is none, and with one name for both ways to close a wait."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        left_out = (Step.DONE, Step.LET_GO)
        return [each for each in super().lookups(request, model_admin) if each[0] not in left_out]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == Step.CLOSE:
            return queryset.filter(step__in=(Step.CLOSE, Step.LET_GO))
        return super().queryset(request, queryset)


class SharedInterviewFilter(SharedFilter):
    of = "candidate"


class InterviewList(CoachList):
    order_said = _("By reason, in the overview’s order")

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        sharing = sharing_of(request)
        refresh_stale(self.result_list, now=sharing.now)
        mark_suggested(self.result_list, lambda row: row, sharing)
        for row in self.result_list:
            row.sharing = sharing


def _brief(row: Any) -> tuple[str, str, str]:
    return brief(row.sharing, row, now=row.sharing.now, reader=row.sharing.zone)


@admin.register(Interview)
class InterviewAdmin(CoachedAdmin):
    owner_path = "candidate__user"
    list_display = ("vacancy", "stage", "starts_at", step_name, "step_due_at", "candidate")
    list_filter = (StepFilter, QuarantinedFilter)
    list_select_related = ("vacancy__company", "candidate__user")
    date_hierarchy = "starts_at"
    inlines = (ParticipationInline, AgreementInline, ContactInline)
    actions = ("decide_anew",)

    coach_pages = ("changelist", "change", "note", "comment", "propose")
    coach_title = _("Interviews")
    coach_display = ("title", "due", "what", "of", "starts", "stage")
    coach_filters = (OpenFilter, MatterFilter, CoachStepFilter, SharedInterviewFilter, "stage")
    coach_chips = (OpenFilter, MatterFilter)
    coach_search = (
        *("vacancy__title", "vacancy__company__name", "candidate__user__name"),
        "candidate__user__email",
    )
    coach_ordering = (
        # Not as bare columns: no header has an arrow, and a click on one begins at its beginning.
        ExpressionWrapper(F("matter"), IntegerField()).asc(nulls_last=True),
        "comes_later",
        ExpressionWrapper(F("shown_at"), DateTimeField()).asc(nulls_last=True),
        ExpressionWrapper(F("starts_at"), DateTimeField()).desc(),
        "pk",
    )

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Interview]:
        """In the overview's order."""
        now = sharing.now
        rows = sharing.interviews().with_parties().annotate(shown_at=shown_at(sharing, now))
        return rows.annotate(matter=matter_in(sharing, now), comes_later=comes_later(sharing))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return InterviewList if is_coach_only(request.user) else super().get_changelist(request)

    @admin.display(description=_("interview"), ordering="vacancy__company__name")
    def title(self, row: Interview) -> SafeString:
        return titled_link(row)

    @admin.display(description=_("candidate"), ordering="candidate__user__name")
    def of(self, row: Interview) -> SafeString:
        return candidate_link(row.candidate_id, str(row.candidate))

    @admin.display(description=_("due"), ordering="shown_at")
    def due(self, row: Any) -> SafeString | str:
        """An upcoming interview is by the coach's clock."""
        if row.is_cancelled:
            return "–"
        state, when, _step = _brief(row)
        return format_html('<span class="due is-{}">{}</span>', state, when or "–")

    @admin.display(description=_("step"), ordering="matter")
    def what(self, row: Any) -> SafeString | str:
        """With the coach's own suggestion, while it is the candidate's turn."""
        if row.is_cancelled:
            return "–"
        state, _when, step = _brief(row)
        return "–" if state == CLOSED else with_mark(step, row)

    @admin.display(description=_("interview date"), ordering="starts_at")
    def starts(self, row: Any) -> str:
        """The day by the candidate's calendar."""
        now = row.sharing.now.astimezone(row.candidate.zone)
        return dates.row_day(row.starts_at.astimezone(now.tzinfo).date(), now=now)

    @admin.action(description=_("Recalculate next step"), permissions=["operate"])
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
