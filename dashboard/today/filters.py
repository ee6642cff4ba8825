"""What Today shows of the rows, chosen by the page's query string; invalid values are ignored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dashboard.page import CandidateRequest
from interviews import queries
from interviews.models import Candidate, Interview, Section
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.core.today import CALLS
from interviews.next_step import calls_from
from interviews.rules import Step
from interviews.wait_line.axis import Axis, Reach, axis_for

ANSWERED_DAYS = 14
COMPANIES_OFFERED = 25


class Kind(StrEnum):
    """The kinds of things to do; links contain the values."""

    LETTERS = "letters"
    DECISIONS = "decisions"
    CALLS = "calls"
    WAITING = "waiting"
    COMING = "coming"
    ANSWERED = "answered"


KIND_LABELS = {
    Kind.LETTERS: _("Letters"),
    Kind.DECISIONS: _("Decisions"),
    Kind.CALLS: _("Calls"),
    Kind.WAITING: _("Waiting"),
    Kind.COMING: _("Upcoming"),
    Kind.ANSWERED: _("Answered"),
}
REACH_LABELS = {
    Reach.TWO_WEEKS: _("2 weeks"),
    Reach.SIX_WEEKS: _("6 weeks"),
    Reach.ALL: _("All"),
}
_KINDS = {
    Section.DECIDE: Kind.DECISIONS,
    Section.CALL_NOW: Kind.CALLS,
    Section.CALL_LATER: Kind.CALLS,
    Section.WAITING: Kind.WAITING,
    Section.COMING: Kind.COMING,
    Section.ANSWERED: Kind.ANSWERED,
}
_TO_DO = Q(section__in=[Section.DO_NOW, Section.LATER_TODAY])
_WRITE = _TO_DO & Q(step=Step.WRITE.value)
_CALL = _TO_DO & Q(step__in=CALLS)  # now they have sections of their own
_ROWS = {
    Kind.LETTERS: _WRITE,
    Kind.DECISIONS: (Q(section=Section.DECIDE) | _TO_DO) & ~_WRITE & ~_CALL,
    Kind.CALLS: Q(section__in=[Section.CALL_NOW, Section.CALL_LATER]) | _CALL,
    Kind.WAITING: Q(section=Section.WAITING),
    Kind.COMING: Q(section=Section.COMING),
    Kind.ANSWERED: Q(section=Section.ANSWERED),
}


def kind_of(section: int, step: str) -> Kind:
    if section == Section.LATER_TODAY and step in CALLS:
        return Kind.CALLS
    if section in (Section.DO_NOW, Section.LATER_TODAY):
        return Kind.LETTERS if step == Step.WRITE else Kind.DECISIONS
    return _KINDS[Section(section)]


@dataclass(frozen=True)
class Chosen:
    """The filters of the page, the reach of its axis, and the row that is open."""

    candidate: Candidate
    now: datetime
    kind: Kind | None = None
    company: UUID | None = None
    stage: str = ""
    is_asked: bool = False
    reach: Reach = Reach.SIX_WEEKS
    open_row: UUID | None = None
    has_closed: bool = False  # whether the open row was closed
    is_selecting: bool = False
    rest: str = ""  # of the query string, without the open row

    @classmethod
    def of(cls, request: CandidateRequest) -> "Chosen":
        given = request.GET.get
        stage, kind, reach = given("stage", ""), given("show"), given("span")
        return cls(
            candidate=request.candidate,
            now=request.now,
            kind=Kind(kind) if kind in list(Kind) else None,
            company=_uuid(given("company", "")),
            stage=stage if stage in Interview.Stage.values else "",
            is_asked="narrow" in request.GET,
            reach=Reach(reach) if reach in list(Reach) else Reach.SIX_WEEKS,
            open_row=_uuid(given("open", "")),
            has_closed=given("open") == "",
            is_selecting="select" in request.GET,
            rest=_without(request.GET, "open", "first"),
        )

    @cached_property
    def calls_from(self) -> datetime:
        return calls_from(self.candidate, now=self.now)

    @property
    def has_choices(self) -> bool:
        """Whether the choices are shown: they take space and a query, and are seldom needed."""
        return self.company is not None or bool(self.stage) or self.is_asked

    @property
    def is_any(self) -> bool:
        return self.company is not None or bool(self.stage) or self.kind is not None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of company and stage leaves as it is."""
        asked = ("company", "stage", "narrow", "page")
        given = parse_qsl(self.rest, keep_blank_values=True)
        return [(name, value) for name, value in given if name not in asked]

    @property
    def stages(self) -> list[tuple[str, Any]]:
        return list(Interview.Stage.choices)

    def rows(self) -> InterviewQuerySet:
        """Of every kind, so that all are counted."""
        rows = queries.interviews_of(self.candidate).of_today(
            now=self.now,
            calls_from=self.calls_from,
            answered_since=self.now - timedelta(days=ANSWERED_DAYS),
        )
        if self.company is not None:
            rows = rows.filter(vacancy__company=self.company)
        return rows.filter(stage=self.stage) if self.stage else rows

    def of_kind(self, rows: InterviewQuerySet) -> InterviewQuerySet:
        return rows.filter(_ROWS[self.kind]) if self.kind else rows

    def companies(self) -> list[tuple[UUID, str]]:
        """Companies with something open, including the chosen one, by name. The search finds
        further ones."""
        return queries.waiting_companies_of(
            self.candidate, most=COMPANIES_OFFERED, besides=self.company
        )

    def axis(self, oldest: date | None) -> Axis:
        return axis_for(self.reach, now=self.now, oldest=oldest)


def _without(query: QueryDict, *names: str) -> str:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
