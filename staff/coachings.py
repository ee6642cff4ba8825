"""Coaches and candidates: all rows for operators, the coach's own for coaches."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching import coaches
from coaching.permissions import CoachScope
from interviews.models import (
    Coach,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Organisation,
    Proposal,
)
from interviews.text import dates
from staff.coach import coachings_page, interview_page
from staff.coach.admin import CoachedAdmin, is_coach_only
from staff.coach.composer import TO_LIST
from staff.coach.lists import (
    AnswerFilter,
    CoachList,
    ReaderFilter,
    candidate_link,
    coach_day,
    titled_link,
    with_lead,
)
from staff.read_only import ReadOnlyAdmin

NOTE_SHOWN = 120
OF_COACH = ("coaching__coach",)


@admin.register(Coaching)
class CoachingAdmin(CoachedAdmin):
    owner_path = "candidate__user"
    list_display = ("coach", "candidate", "shares", "invited_at", "accepted_at", "ended_at")
    list_filter = ("shares",)
    list_select_related = ("coach", "candidate__user")
    name_paths = ("address",)

    coach_pages = ("changelist", "ask", "end")

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Coaching]:
        return Coaching.objects.none()  # a coach's page is not Django's list

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if is_coach_only(request.user):
            return coachings_page.coaching_list(request)
        return super().changelist_view(request, extra_context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("ask/", wrap(coachings_page.ask), name="interviews_coaching_ask"),
            path("<str:object_id>/end/", wrap(coachings_page.end), name="interviews_coaching_end"),
        ]
        return own + super().get_urls()


class OwnRows(CoachList):
    """Each row knows the list's address, to which what is done about it leads back."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for row in self.result_list:
            row.back = f"{TO_LIST}{self.get_query_string()}"


class OwnList(CoachedAdmin):
    """A list of what the coach wrote, with links to what it is about."""

    owner_path = "coaching__candidate__user"
    candidate_path = "coaching__candidate"
    list_select_related = (
        "coaching__coach",
        "coaching__candidate__user",
        "interview__vacancy__company",
        "interview__candidate__user",
    )
    # Only operators open a single row; coaches find theirs on the pages they belong to.
    coach_search: ClassVar[tuple[str, ...]] = (
        *("interview__vacancy__title", "interview__vacancy__company__name"),
        *("coaching__candidate__user__name", "coaching__candidate__user__email"),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return OwnRows if is_coach_only(request.user) else super().get_changelist(request)

    @admin.display(description=_("candidate"), ordering="coaching__candidate__user__name")
    def of(self, row: Any) -> SafeString:
        return candidate_link(row.coaching.candidate_id, str(row.coaching.candidate))

    @admin.display(description=_("interview"), ordering="interview__vacancy__company__name")
    def subject(self, row: Any) -> SafeString | str:
        if row.interview is None:
            return str(_("Whole job search"))
        return titled_link(row.interview)


@admin.register(Proposal)
class ProposalAdmin(OwnList):
    list_display = ("coaching", "interview", "action", "by_on", "proposed_at", "answer")
    list_filter = ("answer", "action")
    also_paths = OF_COACH
    date_hierarchy = "proposed_at"

    coach_pages = ("changelist", "withdraw")
    coach_title = _("My suggestions")
    coach_display = ("said", "answered", "by", "subject", "of", "proposed")
    coach_filters = (AnswerFilter, "action")
    coach_chips = (AnswerFilter,)
    coach_ordering = ("-proposed_at", "pk")

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Proposal]:
        return sharing.proposals()

    @admin.display(description=_("suggestion"), ordering="action")
    def said(self, row: Proposal) -> str:
        words = Truncator(" ".join(row.words.split())).chars(NOTE_SHOWN)
        if row.action == Proposal.Action.OTHER:
            return words
        action = str(capfirst(row.get_action_display()))
        return f"{action}: {words}" if words else action

    @admin.display(description=_("due date"), ordering="by_on")
    def by(self, row: Proposal) -> SafeString | str:
        if row.by_on is None:
            return "–"
        return with_lead(_("Due"), dates.row_day(row.by_on, now=timezone.localtime()))

    @admin.display(description=_("suggested"), ordering="proposed_at")
    def proposed(self, row: Proposal) -> str:
        return coach_day(row.proposed_at)

    @admin.display(description=_("answer"), ordering="answer")
    def answered(self, row: Any) -> SafeString | str:
        """With the only thing that can still be done about it, as a button of the list's form."""
        if row.answer or row.withdrawn_at:
            return answer_of(row)
        return format_html(
            '{} <button class="as-link" formaction="{}" name="back" value="{}">{}'
            '<span class="visually-hidden">: {}</span></button>',
            answer_of(row),
            reverse("admin:interviews_proposal_withdraw", args=[row.pk]),
            row.back,
            _("Withdraw"),
            row.interview.vacancy,
        )

    def get_urls(self) -> list[URLPattern]:
        withdraw = self.admin_site.admin_view(interview_page.proposal_withdraw)
        own = path("<str:object_id>/withdraw/", withdraw, name="interviews_proposal_withdraw")
        return [own, *super().get_urls()]


def answer_of(proposal: Proposal) -> str:
    if proposal.done_at:
        return str(_("Done"))
    if proposal.answer:
        return str(capfirst(proposal.get_answer_display()))
    return str(_("Withdrawn") if proposal.withdrawn_at else _("No answer yet"))


@admin.register(CoachNote)
class CoachNoteAdmin(OwnList):
    # Never the text: a private note belongs to the coach alone, a shared one to coach and
    # candidate.
    fields = ("coaching", "interview", "about", "is_shared", "written_at")
    list_display = ("coaching", "interview", "about_what", "is_shared", "written_at")
    list_filter = ("is_shared",)
    also_paths = OF_COACH
    date_hierarchy = "written_at"

    coach_pages = ("changelist", "remove")
    coach_title = _("My notes")
    coach_display = ("words", "subject", "of", "readers", "written")
    coach_filters = (ReaderFilter,)
    coach_chips = (ReaderFilter,)
    coach_ordering = ("-written_at", "pk")
    coach_search = (*OwnList.coach_search, "text")
    coach_search_hint = _("Words, company or candidate")

    def coach_rows(self, sharing: CoachScope) -> QuerySet[CoachNote]:
        return sharing.notes()

    @admin.display(description=_("note"))
    def words(self, row: CoachNote) -> str:
        return Truncator(row.text).chars(NOTE_SHOWN)

    @admin.display(description=_("visible to"), ordering="is_shared")
    def readers(self, row: Any) -> SafeString:
        return format_html(
            '{} <a href="{}?{}">{}<span class="visually-hidden">: {}</span></a>',
            _("Visible to the candidate") if row.is_shared else _("Only visible to you"),
            reverse("admin:interviews_coachnote_remove", args=[row.pk]),
            urlencode({"back": row.back}),
            _("Delete"),
            Truncator(row.text).chars(40),
        )

    @admin.display(description=_("written"), ordering="written_at")
    def written(self, row: CoachNote) -> str:
        return coach_day(row.written_at)

    @admin.display(description=_("about"), ordering="about")
    def about_what(self, row: CoachNote) -> str:
        return str(row.get_about_display())

    def get_urls(self) -> list[URLPattern]:
        remove = self.admin_site.admin_view(interview_page.note_remove)
        own = path("<str:object_id>/remove/", remove, name="interviews_coachnote_remove")
        return [own, *super().get_urls()]


@admin.register(CoachingRequest)
class CoachingRequestAdmin(ReadOnlyAdmin):
    owner_path = "coach"
    list_display = ("coach", "address", "asked_at", "answer")
    list_filter = ("answer",)
    list_select_related = ("coach",)
    name_paths = ("address",)
    date_hierarchy = "asked_at"


@admin.register(CoachingVacancy)
class CoachingVacancyAdmin(ReadOnlyAdmin):
    owner_path = "coaching__candidate__user"
    candidate_path = "coaching__candidate"
    list_display = ("vacancy", "coaching")
    list_select_related = (
        "vacancy__company",
        "coaching__coach",
        "coaching__candidate__user",
    )
    also_paths = OF_COACH


@admin.register(Coach)
class CoachAdmin(ReadOnlyAdmin):
    """Candidates make staff coaches by inviting them, and operators may too; operators also assign
    the organisation."""

    owner_path = "user"
    list_display = ("user", "organisation", "timezone", "digest_error")
    list_filter = ("organisation",)
    list_select_related = ("user", "organisation")
    name_paths = ("organisation__name",)
    fields = ("user", "organisation", "timezone", "mornings", "digest_time", "digest_error")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ("user", "organisation")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("user", "timezone", "mornings", "digest_time", "digest_error") if obj else ()

    @admin.display(description=_("morning email days"))
    def mornings(self, row: Coach) -> str:
        days = [str(capfirst(str(WEEKDAYS[day]))) for day in sorted(row.digest_weekdays)]
        return ", ".join(days) or "–"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True, coach=None).order_by("email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Coach, form: Any, change: bool) -> None:
        """Create it as an invitation does, in the zone of the coach's own job search."""
        if not change:
            made = coaches.make_coach(user=obj.user)
            obj.pk, obj.timezone, obj.created_at = made.pk, made.timezone, made.created_at
            obj._state.adding = False
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name",)
    name_paths = ("name",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser
