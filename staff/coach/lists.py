"""What a coach's lists have in common: filters and links."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.countless_list import PagedList
from coaching import text as coaching_text
from coaching.awaited import is_answer_awaited
from coaching.matters import Matter, needing_coach
from coaching.permissions import CoachScope
from interviews.models import Coaching, Interview, Proposal, Result
from interviews.models.core.today import OPEN_OFFER
from interviews.rules import Step
from interviews.text import dates
from staff.coach.admin import CoachedAdmin, sharing_of

COUNTED = '{} <span class="count">{}</span>'
CHIPS = "admin/coach/_chips.html"


class CoachList(PagedList):
    """Counted and paged: some hundreds of rows are shared with one coach."""

    model_admin: CoachedAdmin

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(request, *rest, **more)
        self.title = str(self.model_admin.coach_title)
        self.search_hint = self.model_admin.coach_search_hint
        # Those above the table; the others are folded.
        above = self.model_admin.coach_chips
        self.chips = [spec for spec in self.filter_specs if isinstance(spec, above)]
        self.folded = [spec for spec in self.filter_specs if not isinstance(spec, above)]
        for spec in self.chips:
            spec.template = CHIPS
        self.is_folded_used = any(spec.used_parameters for spec in self.folded)

    def _get_default_ordering(self) -> Any:
        """The coach's order, so that the header of the sorted column is marked."""
        return self.model_admin.coach_ordering

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.has_next = self.page_num < self.paginator.num_pages
        self.total = self.result_count

    @property
    def selects(self) -> list["Select"]:
        return [select_of(self, spec) for spec in self.folded]

    @property
    def kept_params(self) -> list[tuple[str, Any]]:
        """What a choice among the selects leaves as it is."""
        names = {PAGE_VAR, *(each.name for each in self.selects)}
        return [(name, value) for name, value in self.params.items() if name not in names]


@dataclass(frozen=True, slots=True)
class Select:
    """A filter in the row of selects."""

    title: str
    name: str
    options: list[tuple[str, str, bool]]  # value, label, whether it is chosen


def select_of(changelist: CoachList, spec: Any) -> Select:
    """The choices of Django's filters are links; the value of each is in its address."""
    name = spec.expected_parameters()[0]
    options = [
        (
            parse_qs(choice["query_string"].lstrip("?")).get(name, [""])[0],
            str(choice["display"]),
            choice["selected"],
        )
        for choice in spec.choices(changelist)
    ]
    return Select(str(spec.title), name, options)


class NamedFilter(admin.SimpleListFilter):
    """Chips with a label and a condition for each value."""

    conditions: ClassVar[Mapping[str, tuple[Promise, Q]]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _meant) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = self.conditions.get(self.value() or "")
        return queryset if found is None else queryset.filter(found[1])


class AnswerFilter(NamedFilter):
    """What stands first is all that the coach may still act on."""

    title = _("answer")
    parameter_name = "answer"
    conditions: ClassVar[Mapping[str, tuple[Promise, Q]]] = {
        "none": (_("No answer yet"), Q(answer="", withdrawn_at__isnull=True)),
        "accepted": (_("Accepted"), Q(answer=Proposal.Answer.ACCEPTED, done_at__isnull=True)),
        "done": (_("Done"), Q(done_at__isnull=False)),
        "declined": (_("Declined"), Q(answer=Proposal.Answer.DECLINED)),
        "withdrawn": (_("Withdrawn"), Q(answer="", withdrawn_at__isnull=False)),
    }

    def choices(self, changelist: Any) -> Iterator[Any]:
        """With the choice of all at the end."""
        every, first, *others = super().choices(changelist)
        yield from (first, *others, every)


def with_any(label: Promise | str, choices: Iterator[Any]) -> Iterator[Any]:
    """The first one says what it is any of: other chips also say "All"."""
    first, *others = choices
    yield {**first, "display": label}
    yield from others


class ReaderFilter(NamedFilter):
    title = _("visible to")
    parameter_name = "readers"
    conditions: ClassVar[Mapping[str, tuple[Promise, Q]]] = {
        "candidate": (_("Visible to the candidate"), Q(is_shared=True)),
        "me": (_("Only visible to you"), Q(is_shared=False)),
    }


def interview_link(key: UUID, text: str) -> SafeString:
    url = reverse("admin:interviews_interview_change", args=[key])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', url, text)


def titled_link(row: Interview) -> SafeString:
    """The company first, as on the candidate's pages."""
    url = reverse("admin:interviews_interview_change", args=[row.pk])
    said = '<a class="titled" href="{}"><b><bdi>{}</bdi></b> <bdi>{}</bdi></a>'
    return format_html(said, url, row.vacancy.company, row.vacancy.title)


def with_lead(lead: Promise | str, said: str) -> SafeString:
    """With what the value is, which is read on a phone: it has no column headers."""
    return format_html('<span class="unit">{}</span> {}', lead, said)


def coach_day(value: datetime) -> str:
    """The day of a row, in the current zone, which is the coach's."""
    return dates.row_day(timezone.localtime(value).date(), now=timezone.localtime())


def mark_suggested(
    rows: Sequence[Any], of: Callable[[Any], Interview], sharing: CoachScope
) -> None:
    """Set on each row what this coach has just suggested about its interview, in short."""
    proposals = sharing.latest_proposals([of(row).pk for row in rows])
    for row in rows:
        interview = of(row)
        proposal, row.suggested = proposals.get(interview.pk), ""
        if proposal is not None and is_answer_awaited(proposal, sharing.now):
            now = sharing.now.astimezone(interview.candidate.zone)
            row.suggested = coaching_text.suggested(proposal, now=now, is_short=True)


def with_mark(said: str, row: Any) -> SafeString | str:
    if not row.suggested:
        return said
    return format_html('{} <span class="mine">{}</span>', said, row.suggested)


def candidate_link(key: UUID, text: str) -> SafeString:
    url = reverse("admin:interviews_candidate_change", args=[key])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', url, text)


class SharedFilter(admin.SimpleListFilter):
    """Filter by what a candidate shares; `of` is the lookup from a row to the candidate."""

    title = _("sharing")
    parameter_name = "shares"
    of = "pk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(each.value, each.label) for each in Coaching.Shares]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        shared = sharing_of(request).coachings.items()
        keys = [key for key, coaching in shared if coaching.shares == self.value()]
        return queryset.filter(**{f"{self.of}__in": keys})


class OpenFilter(admin.SimpleListFilter):
    """What there is something to do or to wait for, or all. Unless one of both is chosen, a search,
    or results to discuss, which are answered, looks at all."""

    title = _("open")
    parameter_name = "show"

    def __init__(self, request: HttpRequest, *rest: Any) -> None:
        super().__init__(request, *rest)
        is_of_results = request.GET.get(MatterFilter.parameter_name) == str(Matter.RESULTS.value)
        asked = request.GET.get(SEARCH_VAR) or is_of_results
        self.shows_all = self.value() == "all" or (self.value() != "open" and bool(asked))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            yield {
                "selected": self.shows_all == (value == "all"),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        if self.shows_all:
            return queryset
        whole = sharing_of(request).active().filter(shares=Coaching.Shares.INTERVIEWS)
        is_offer = OPEN_OFFER & Q(candidate__in=whole.values("candidate"))
        is_open = ~Q(step=Step.DONE.value) | is_offer
        return queryset.filter(is_open, cancelled_at__isnull=True)


class DiscussFilter(admin.SimpleListFilter):
    """The overview's results, complete, without what the coach has just made a suggestion for."""

    title = _("to discuss")
    parameter_name = "discuss"

    def _meant(self, request: HttpRequest) -> QuerySet[Interview]:
        sharing = sharing_of(request)
        return needing_coach(sharing, now=sharing.now).filter(Q(matter=Matter.RESULTS))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", format_html(COUNTED, _("To discuss"), self._meant(request).count()))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Result]) -> QuerySet[Result]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(interview__in=self._meant(request).values("pk"))


class KindFilter(NamedFilter):
    title = _("result")
    parameter_name = "kind__exact"
    conditions: ClassVar[Mapping[str, tuple[Promise, Q]]] = {
        each.value: (each.label, Q(kind=each)) for each in Result.Kind
    }

    def choices(self, changelist: Any) -> Iterator[Any]:
        return with_any(_("Any result"), super().choices(changelist))


class MatterFilter(admin.SimpleListFilter):
    """The sections of the coach's overview, complete, without what the coach has just made a
    suggestion for."""

    title = _("reason for attention")
    parameter_name = "matter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Only reasons that there are; one that was asked for is there in any case."""
        sharing = sharing_of(request)
        annotated = ["matter"]
        matters = needing_coach(sharing, now=sharing.now).values_list(*annotated, flat=True)
        counts = Counter(matters)
        return [
            (str(each.value), format_html(COUNTED, each.label, counts[each]))
            for each in Matter
            if counts[each] or request.GET.get(self.parameter_name) == str(each.value)
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        return with_any(_("Any reason"), super().choices(changelist))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        value = self.value() or ""
        if value not in {str(each.value) for each in Matter}:
            return queryset
        sharing = sharing_of(request)
        meant = needing_coach(sharing, now=sharing.now).filter(Q(matter=int(value)))
        return queryset.filter(pk__in=meant.values("pk"))
