"""The list of positions: by state, company, source and tag, each with its interviews and its
wait."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.sanitize import readable
from dashboard.page import CandidateRequest, candidate_page
from dashboard.today.rows import LEGEND
from dashboard.vacancies.position_rows import rows_of
from interviews import positions
from interviews.models import Interview, Vacancy
from interviews.next_step import candidate_facts
from interviews.wait_line.axis import Reach, axis_for

PAGE_LENGTH = 40
# As many companies, sources and tags as a choice can show.
OFFERED_MAX = 25
State = Vacancy.State
# Those that one can still do something for come first, with the most urgent on top.
BY_STATE = Case(
    *(
        When(state=state, then=place)
        for place, state in enumerate((State.OFFER, State.IN_TALKS, State.APPLIED, State.SAVED))
    ),
    default=len(State),
)
FIRST_DUE = Interview.objects.filter(vacancy=OuterRef("pk"), result__isnull=True)
NEXT_DUE = Case(
    When(
        state=State.IN_TALKS,
        then=Subquery(FIRST_DUE.order_by("step_due_at").values("step_due_at")[:1]),
    )
)
SORTS: dict[str, tuple[Any, ...]] = {
    "": (BY_STATE, NEXT_DUE.asc(nulls_last=True), "-created_at", "pk"),
    "newest": ("-created_at", "pk"),
    "applied": (F("applied_on").desc(nulls_last=True), "-created_at", "pk"),
    "company": ("company__normalised_name", "-created_at", "pk"),
}
SORT_LABELS = {
    "": _("Next step"),
    "newest": _("Newest"),
    "applied": _("Applied"),
    "company": _("Company"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to, and its order."""

    state: State | None = None
    company: UUID | None = None
    source: str = ""
    tag: UUID | None = None
    words: list[str] = field(default_factory=list)
    sort: str = ""
    is_asked: bool = False

    @classmethod
    def of(cls, request: CandidateRequest) -> "Chosen":
        given = request.GET.get
        state, sort = given("show", ""), given("sort", "")
        return cls(
            state=State(state) if state in State.values else None,
            company=_uuid(given("company", "")),
            source=readable(given("source", ""), has_lines=False),
            tag=_uuid(given("tag", "")),
            words=readable(given("q", "")).split(),
            sort=sort if sort in SORTS else "",
            is_asked="narrow" in request.GET,
        )

    @property
    def is_open(self) -> bool:
        """Whether the choices are shown: they take space and a query, and are seldom needed."""
        return bool(self.is_asked or self.company or self.source or self.tag)

    @property
    def is_any(self) -> bool:
        return bool(self.state or self.company or self.source or self.tag or self.words)

    @property
    def company_key(self) -> str:
        return str(self.company or "")

    @property
    def tag_key(self) -> str:
        return str(self.tag or "")

    @property
    def said(self) -> str:
        return " ".join(self.words)

    def narrowed(self, rows: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
        """Of every state, so that all are counted."""
        if self.company is not None:
            rows = rows.filter(company=self.company)
        if self.source:
            rows = rows.filter(source=self.source)
        if self.tag is not None:
            # Not by a join, in which a search would find no other tag.
            tagged = Vacancy.tags.through.objects.filter(tag=self.tag)
            rows = rows.filter(pk__in=tagged.values("vacancy"))
        return rows


@require_safe
@candidate_page
def position_list(request: CandidateRequest) -> HttpResponse:
    chosen = Chosen.of(request)
    counts, shown, vacancies = _page_of(request, chosen)
    axis = axis_for(Reach.SIX_WEEKS, now=request.now)
    rows = rows_of(vacancies, request.candidate, axis)
    context = {
        "chosen": chosen,
        "page": shown,
        "rows": rows,
        "total": sum(counts.values()),
        "chips": [(each.value, each.label, counts[each]) for each in State if counts[each]],
        "sorts": SORT_LABELS.items(),
        "offered": _offered(request, chosen) if chosen.is_open else None,
        "axis": axis,
        "rests": axis.rests(candidate_facts(request.candidate).calendar.is_working_day),
        "has_waits": any(row.line for row in rows),
        "legend": LEGEND.items(),
    }
    return render(request, "dashboard/vacancies/list.html", context)


def _page_of(
    request: CandidateRequest, chosen: Chosen
) -> tuple[Counter[str], "Page[int]", list[Vacancy]]:
    """How many there are of each state, the page, and its positions. Two queries, also when words
    are looked for."""
    rows = chosen.narrowed(positions.positions_of(request.candidate)).order_by(*SORTS[chosen.sort])
    if chosen.words:
        found = positions.positions_about(rows, words=chosen.words)
        counts = Counter(state for _pk, state in found)
        keys = [pk for pk, state in found if chosen.state in (None, state)]
        shown = _paginated(request, len(keys))
        of_page = keys[shown.start_index() - 1 : shown.end_index()] if keys else []
        by_key = rows.in_bulk(of_page)
        return counts, shown, [by_key[key] for key in of_page if key in by_key]
    each = Vacancy.objects.filter(candidate=request.candidate)
    counted = chosen.narrowed(each).order_by().values_list("state").annotate(Count("pk"))
    counts = Counter(dict(counted))
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state)
    total = counts[chosen.state] if chosen.state is not None else sum(counts.values())
    shown = _paginated(request, total)
    return counts, shown, list(rows[shown.start_index() - 1 : shown.end_index()]) if total else []


def _paginated(request: CandidateRequest, total: int) -> "Page[int]":
    return Paginator(range(total), PAGE_LENGTH).get_page(request.GET.get("page"))


@dataclass(frozen=True, slots=True)
class Offered:
    """The most frequent companies, sources and tags, by name, including what is chosen."""

    companies: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str]]
    tags: Sequence[tuple[str, str]]


def _offered(request: CandidateRequest, chosen: Chosen) -> Offered:
    """One query."""
    names = ("company", "company__name", "source", "tags", "tags__name")
    found = Vacancy.objects.filter(candidate=request.candidate).order_by().values_list(*names)
    companies: Counter[tuple[str, str]] = Counter()
    sources: Counter[tuple[str, str]] = Counter()
    tags: Counter[tuple[str, str]] = Counter()
    for company, name, source, tag, tag_name in found:
        companies[str(company), name] += 1
        if source:
            sources[source, source] += 1
        if tag:
            tags[str(tag), tag_name] += 1
    return Offered(
        _most(companies, chosen.company_key),
        _most(sources, chosen.source),
        _most(tags, chosen.tag_key),
    )


def _most(counted: Counter[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    often = {pair for pair, _count in counted.most_common(OFFERED_MAX)}
    also = {pair for pair in counted if pair[0] == value}
    return sorted(often | also, key=lambda pair: pair[1].casefold())


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
