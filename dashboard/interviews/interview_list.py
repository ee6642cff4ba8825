"""The list of interviews: filtered by how they stand, sorted by a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerChoices, IntegerField, Q, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dashboard.cards import Card, cards_of
from dashboard.page import CandidateRequest, candidate_page
from interviews import queries, text
from interviews.models import Interview, Result
from interviews.models.core.today import OPEN_OFFER, tomorrow_of
from interviews.rules import Step
from interviews.text import dates

PAGE_LENGTH = 25


class Group(IntegerChoices):
    """How an interview stands, the most urgent first; links contain the names."""

    DECIDE = 1, _("Offers to answer")
    OPEN = 2, _("Open")
    ANSWERED = 3, _("Answered")
    CLOSED = 4, _("Closed")

    @classmethod
    def named(cls, name: str) -> "Group | None":
        return next((each for each in cls if each.name.lower() == name), None)


_GROUP = Case(
    When(cancelled_at__isnull=False, then=Value(Group.CLOSED)),
    When(OPEN_OFFER, then=Value(Group.DECIDE)),
    When(result__kind__in=Result.ANSWERS, then=Value(Group.ANSWERED)),
    When(Q(result__isnull=False) | Q(step__in=["", Step.DONE]), then=Value(Group.CLOSED)),
    default=Value(Group.OPEN),
    output_field=IntegerField(),
)
_SORTS: dict[str, tuple[Any, ...]] = {
    "company": ("vacancy__company__normalised_name", "-starts_at"),
    "-company": ("-vacancy__company__normalised_name", "-starts_at"),
    "date": ("starts_at",),
    "-date": ("-starts_at",),
}
_COLUMNS = (("company", _("Company and position")), ("date", _("Interview")))


@dataclass(frozen=True, slots=True)
class ListedInterview:
    card: Card

    @property
    def waited(self) -> str:
        """How long it took, or lasts by now; empty if nobody knows, and before the interview."""
        result, interview = self.card.current.result, self.card.interview
        now = self.card.current.now
        is_ahead = interview.ends_at > now or interview.is_cancelled
        if is_ahead or (result is not None and not result.is_day_known):
            return ""
        began = interview.ends_at.astimezone(now.tzinfo).date()
        until = now if result is None else result.known_at.astimezone(now.tzinfo)
        days = max((until.date() - began).days, 0)
        if days == 0:
            return gettext("today") if result is None else gettext("the same day")
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}

    @property
    def held_on(self) -> str:
        now = self.card.current.now
        return dates.row_day(self.card.interview.starts_at.astimezone(now.tzinfo).date(), now=now)

    @property
    def status(self) -> str:
        """In short, as on Today; of an offer that is open, how it stands."""
        current = self.card.current
        if current.stored is None or current.result is not None:
            return self.card.label
        return capfirst(text.brief_state(current.step, now=current.now)) or self.card.label

    @property
    def step(self) -> str:
        """What is next, while something is due."""
        current = self.card.current
        is_due = self.card.is_to_do or current.is_later_today
        has_step = current.kind not in (None, Step.DONE)
        return text.step_label(current.step.step) if is_due and has_step else ""

    @property
    def missing(self) -> list[str]:
        return queries.skill_gaps_of(self.card.interview)


@require_safe
@candidate_page
def interview_list(request: CandidateRequest) -> HttpResponse:
    rows = queries.interviews_of(request.candidate).annotate(group=_GROUP)
    counts = dict(rows.order_by().values_list("group").annotate(Count("pk")))
    group, sort = Group.named(request.GET.get("show", "")), request.GET.get("sort", "")
    if group is not None:
        rows = rows.filter(group=group)
    rows = rows.annotate(skill_gaps=queries.skill_gaps_subquery())
    rows = rows.order_by(*_SORTS.get(sort) or _most_urgent_first(request.now), "pk")
    shown = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [
            ListedInterview(card) for card in cards_of(list(shown.object_list), now=request.now)
        ],
        "chips": [
            (each.name.lower(), each.label, counts[each]) for each in Group if each in counts
        ],
        "total": sum(counts.values()),
        "show": group.name.lower() if group else "",
        "columns": _columns(sort),
    }
    return render(request, "dashboard/interviews/list.html", context)


def _most_urgent_first(now: datetime) -> tuple[Any, ...]:
    """As the positions: open offers, what is overdue or due, the first due on top, the interviews
    to come, the next first, what waits, and then what is over, the newest first."""
    is_open = Q(group=Group.OPEN)
    ahead = is_open & Q(step=Step.PREPARE)
    due = is_open & Q(step_due_at__lt=tomorrow_of(now))
    place = Case(
        When(group=Group.DECIDE, then=0),
        When(ahead, then=2),
        When(due, then=1),
        When(is_open, then=3),
        default=4,
    )
    answer_by = Case(When(group=Group.DECIDE, then=F("result__offer_answer_by_on")))
    soonest = Case(When(ahead, then=F("starts_at")), When(is_open, then=F("step_due_at")))
    return (place, answer_by.asc(nulls_last=True), soonest.asc(nulls_last=True), "-starts_at")


def table_of(interviews: Sequence[Interview], *, now: datetime) -> dict[str, Any]:
    """The context of the table of interviews elsewhere, where it is not sorted by a column."""
    rows = [ListedInterview(card) for card in cards_of(interviews, now=now)]
    return {"rows": rows, "columns": [{"label": label} for _name, label in _COLUMNS]}


def _columns(sort: str) -> list[dict[str, Any]]:
    """The sortable columns: the label, how it is sorted now, and what its link sorts by."""
    columns = []
    for name, label in _COLUMNS:
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        by = f"-{name}" if sort == name else "" if sort == f"-{name}" else name
        columns.append({"label": label, "order": order, "by": by or None})
    return columns
