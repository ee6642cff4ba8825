"""What candidates recorded: agreements, contacts, results, and participants."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from coaching.permissions import CoachScope
from interviews.models import Agreement, Contact, Participation, Result
from staff.coach.admin import CoachedAdmin, is_coach_only, sharing_of
from staff.coach.lists import (
    CoachList,
    DiscussFilter,
    KindFilter,
    candidate_link,
    coach_day,
    mark_suggested,
    titled_link,
    with_mark,
)
from staff.read_only import ReadOnlyAdmin

INTERVIEW_SEARCH = (
    "interview__vacancy__title",
    "interview__vacancy__company__name",
    "interview__candidate__user__email",
)


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "made_at", "due_on", "due_time", "initiator", "may_call")
    list_select_related = ("interview__vacancy__company",)
    date_hierarchy = "made_at"


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "at", "direction", "channel", "outcome", "purpose", "person")
    list_select_related = ("interview__vacancy__company", "person")
    date_hierarchy = "at"


class ResultList(CoachList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        mark_suggested(self.result_list, lambda row: row.interview, sharing_of(request))


@admin.register(Result)
class ResultAdmin(CoachedAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interview", "kind", "known_at", "via", "lessons", "recontact_on")
    list_select_related = ("interview__vacancy__company", "interview__candidate__user")
    date_hierarchy = "known_at"

    # Candidates who share more than next steps; their page shows what was said and learned.
    coach_title = _("Results")
    coach_display = ("title", "kind_of", "of", "known", "said")
    coach_filters = (DiscussFilter, KindFilter)
    coach_chips = (DiscussFilter, KindFilter)
    coach_search = (
        *INTERVIEW_SEARCH,
        *("interview__candidate__user__name", "feedback", "competences__name"),
    )
    coach_ordering = ("-known_at", "pk")

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Result]:
        rows = Result.objects.filter(interview__in=sharing.whole_interviews())
        return rows.prefetch_related("competences")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ResultList if is_coach_only(request.user) else super().get_changelist(request)

    @admin.display(description=_("result"), ordering="kind")
    def kind_of(self, row: Result) -> SafeString | str:
        return with_mark(str(capfirst(row.get_kind_display())), row)

    @admin.display(description=_("date"), ordering="known_at")
    def known(self, row: Result) -> str:
        """By the coach's clock."""
        return coach_day(row.known_at)

    @admin.display(description=_("what was missing"))
    def said(self, row: Result) -> str:
        """The skill gaps, then what they said."""
        gaps = ", ".join(each.name for each in row.competences.all())
        told = capfirst(". ".join(filter(None, (gaps, row.feedback))))
        return Truncator(told).chars(120) if told else SafeString('<span class="none">–</span>')

    @admin.display(description=_("interview"), ordering="interview__vacancy__company__name")
    def title(self, row: Result) -> SafeString:
        return titled_link(row.interview)

    @admin.display(description=_("candidate"), ordering="interview__candidate__user__name")
    def of(self, row: Result) -> SafeString:
        return candidate_link(row.interview.candidate_id, str(row.interview.candidate))


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    candidate_path = "interview__candidate"
    owner_path = "interview__candidate__user"
    list_display = ("interlocutor", "role", "interview", "position")
    list_select_related = ("interlocutor", "interview__vacancy__company")
