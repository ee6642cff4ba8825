"""The list of candidates: all for operators; for coaches their caseload, the most urgent first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from coaching import caseload
from coaching.caseload import CandidateFigures
from coaching.morning_line import brief
from coaching.permissions import CoachScope
from interviews.models import Candidate, Coaching
from interviews.text import dates
from staff.coach import candidate_note, candidate_page, talk_page
from staff.coach.admin import CoachedAdmin, is_coach_only, sharing_of
from staff.coach.caseload_csv import sheet_of
from staff.coach.forms import AskForm
from staff.coach.lists import (
    COUNTED,
    CoachList,
    SharedFilter,
    candidate_link,
    interview_link,
    with_lead,
)

# Columns at the end that are left out where all candidates have the same in them.
SPARE = ("quiet_for", "results", "shared")


class HelpFilter(admin.SimpleListFilter):
    title = _("candidates")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        sharing = sharing_of(request)
        counts = caseload.counts_of(sharing, now=sharing.now)
        labels = {
            "help": _("Need you"),
            "quiet": _("Quiet for a week"),
            "week": _("Interview this week"),
        }
        return [(key, format_html(COUNTED, label, counts[key])) for key, label in labels.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Candidate]) -> QuerySet[Candidate]:
        sharing = sharing_of(request)
        if self.value() == "help":
            return caseload.needing_help(queryset)
        if self.value() == "quiet":
            return caseload.quiet(queryset, now=sharing.now)
        if self.value() == "week":
            return caseload.interviewed_soon(queryset, sharing, now=sharing.now)
        return queryset


class NotedFilter(admin.SimpleListFilter):
    """Replaces a date hierarchy, which needs a column of the row: this date is computed from what
    is shared."""

    title = _("last activity")
    parameter_name = "noted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("today")),
            ("week", _("in the past 7 days")),
            ("month", _("in the past 30 days")),
            ("before", _("earlier or never")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Candidate]) -> QuerySet[Candidate]:
        sharing = sharing_of(request)
        today = sharing.now.astimezone(sharing.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        days = {"today": 0, "week": 7, "month": 30}
        asked = self.value()
        if asked == "before":
            noted = caseload.noted_since(queryset, today - timedelta(days=30))
            return queryset.exclude(pk__in=noted.values("pk"))
        if asked in days:
            return caseload.noted_since(queryset, today - timedelta(days=days[asked]))
        return queryset


class Caseload(CoachList):
    """The figures of each row of the page, in a constant number of queries."""

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        self.sharing = sharing_of(request)
        super().__init__(request, *rest, **more)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        attach(self.sharing, self.result_list)
        if len(self.result_list) > 1 and not self.multi_page:
            self.list_display = [each for each in self.list_display if not self._is_same(each)]

    def _is_same(self, column: Any) -> bool:
        if column not in SPARE:
            return False
        return len({getattr(self.model_admin, column)(row) for row in self.result_list}) == 1

    @property
    def export_url(self) -> str:
        asked = self.get_query_string(remove=[PAGE_VAR])
        return f"{reverse('admin:interviews_candidate_export')}{asked}"

    @property
    def export_label(self) -> str:
        said = ngettext(
            "Export %(count)d candidate as CSV",
            "Export %(count)d candidates as CSV",
            self.result_count,
        )
        return said % {"count": self.result_count}


def attach(sharing: CoachScope, rows: list[Candidate]) -> None:
    """Two queries for any number of rows."""
    figures: Mapping[UUID, CandidateFigures] = caseload.figures_of(
        sharing, rows, now=sharing.now, with_promises=False
    )
    steps = caseload.next_steps_of(rows, now=sharing.now)
    for row in rows:
        row.figures = figures[row.pk]  # type: ignore[attr-defined]
        row.first = steps.get(row.pk)  # type: ignore[attr-defined]
        row.sharing = sharing  # type: ignore[attr-defined]


@admin.register(Candidate)
class CandidateAdmin(CoachedAdmin):
    owner_path = "user"
    candidate_path = "pk"
    list_display = ("user", "timezone", "country", "counting", "reminders_paused_at")
    list_select_related = ("user",)
    ordering = ("user__email",)

    coach_pages = ("changelist", "change", "export", "note", "talk")
    coach_title = _("Caseload")
    coach_noun = "caseload"
    coach_display = (
        *("name", "urgent", "next_step", "open_waits", "quiet_for", "results", "shared"),
    )
    coach_filters = (HelpFilter, NotedFilter, SharedFilter)
    coach_chips = (HelpFilter,)
    coach_search = ("user__name", "user__email")
    coach_search_hint = _("Name or email address")
    coach_ordering = (F("urgent").desc(), F("next_at").asc(nulls_last=True), "pk")

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Candidate]:
        return caseload.caseload_of(sharing, now=sharing.now)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return Caseload if is_coach_only(request.user) else super().get_changelist(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The only candidate's page rather than a list of one."""
        if is_coach_only(request.user) and request.method == "GET" and not request.GET:
            keys = list(sharing_of(request).coachings)
            if len(keys) == 1:
                return redirect("admin:interviews_candidate_change", keys[0])
        return super().changelist_view(request, {"ask_form": AskForm(), **(extra_context or {})})

    def _owners(self, keys: list[Any]) -> list[User]:
        return list(User.objects.filter(candidate__in=keys).only("pk"))

    @admin.display(description=_("candidate"), ordering="user__name")
    def name(self, row: Candidate) -> SafeString:
        return candidate_link(row.pk, str(row))

    @admin.display(description=_("urgent"), ordering="urgent")
    def urgent(self, row: Any) -> SafeString | str:
        return _with_unit(row.urgent, _("urgent")) if row.urgent else "–"

    @admin.display(description=_("open"), ordering="open_waits")
    def open_waits(self, row: Any) -> SafeString:
        return _with_unit(row.open_waits, _("open"))

    @admin.display(description=_("next step"), ordering="next_at")
    def next_step(self, row: Any) -> SafeString | str:
        """The most urgent one, for example: Helio, call, 4 days late"""
        if row.first is None:
            return "–"
        state, when, step = brief(
            row.sharing, row.first, now=row.sharing.now, reader=row.sharing.zone
        )
        company = interview_link(row.first.pk, str(row.first.vacancy.company))
        said = '{} <span class="step">{}</span> <span class="due is-{}">{}</span>'
        return format_html(said, company, step, state, when)

    @admin.display(description=_("last activity"), ordering="active_at")
    def quiet_for(self, row: Any) -> SafeString:
        return with_lead(_("Last activity"), _quiet_for(row))

    @admin.display(description=_("answers / offers"))
    def results(self, row: Any) -> str:
        figures = row.figures
        return f"{figures.answers} / {figures.offers}" if figures.answers else "–"

    @admin.display(description=_("sharing"))
    def shared(self, row: Any) -> str:
        is_whole = row.sharing.coachings[row.pk].shares == Coaching.Shares.INTERVIEWS
        return str(_("interviews") if is_whole else _("next steps"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("export/", wrap(self.export_view), name="interviews_candidate_export"),
            path(
                "<str:object_id>/note/",
                wrap(candidate_note.note_create),
                name="interviews_candidate_note",
            ),
            path(
                "<str:object_id>/talk/",
                wrap(talk_page.talk_detail),
                name="interviews_candidate_talk",
            ),
        ]
        return own + super().get_urls()

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Export the filtered list, all pages of it."""
        if not is_coach_only(request.user):
            return HttpResponseRedirect(reverse("admin:interviews_candidate_changelist"))
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:interviews_candidate_changelist"))
        return sheet_of(request, shown.get_queryset(request))

    def change_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        if candidate_page.is_meant(request, object_id):
            return candidate_page.candidate_detail(request, object_id)
        return super().change_view(request, object_id, *rest, **more)


def _quiet_for(row: Any) -> str:
    if row.active_at is None:
        return str(_("never"))
    now = row.sharing.now.astimezone(row.zone)
    return dates.age(row.active_at.astimezone(row.zone).date(), now=now)


def _with_unit(count: int, unit: Any) -> SafeString:
    """The unit is read on a phone, which has no column headers."""
    return format_html('{} <span class="unit">{}</span>', count, unit)
