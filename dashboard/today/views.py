"""Today: what to do now, what to wait for, what is coming, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dashboard.cards import Card, cards_of, urgent_on
from dashboard.offline.views import cards_near, near
from dashboard.page import CandidateRequest, candidate_page, staff_elsewhere
from dashboard.proposals.views import proposals_of_today
from interviews import access, queries
from interviews.models import Candidate, Interview, Result, Section
from interviews.models.core.interview import InterviewQuerySet
from interviews.next_step import refresh_stale
from interviews.rules import Step
from interviews.services import reminders
from interviews.text import dates

ANSWERED_DAYS = 14
PAGE_LENGTH = 25
# With fewer waits there are no filters and no search.
FILTERED_FROM = 6
COMPANIES_OFFERED = 25
STALE = Q(section=Section.STALE)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("dashboard:today")
    return render(request, "dashboard/today/landing.html")


@require_safe
@staff_elsewhere
@candidate_page
def today(request: CandidateRequest) -> HttpResponse:
    chosen = Chosen.of(request)
    shelves = Shelves(chosen.rows(), candidate=request.candidate, now=request.now)
    shown = _page(request, shelves)
    # The device must store the forms of the whole list: a filtered one would remove the others.
    is_whole = not chosen.is_open and not shown.has_previous()
    kept = near(request.candidate, now=request.now) if is_whole else None
    rows = shelves.rows(shown, besides=kept)
    cards = cards_of(rows[:PAGE_LENGTH], now=request.now, with_lines=True)
    proposals = proposals_of_today(request) if is_whole else []
    context = {
        "heading": heading(
            shelves.count(Section.DO_NOW), now=request.now, has_proposals=bool(proposals)
        ),
        "lede": lede(shelves, now=request.now, has_proposals=bool(proposals)),
        "sections": sections(cards, shelves),
        "total": shelves.total,
        "has_taps": any(card.has_taps for card in cards),
        "page": shown,
        "offline_cards": cards_near(rows, now=request.now) if is_whole else [],
        "is_paused": request.candidate.reminders_paused_at is not None,
        "refusal": access.find_refusal(request.user),
        "missed": reminders.missed_reminders(request.candidate),
        "chosen": chosen,
        "proposals": proposals,
        "has_filter": chosen.is_open or shelves.total >= FILTERED_FROM,
    }
    return render(request, "dashboard/today/today.html", context)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of the page; invalid values are ignored."""

    candidate: Candidate
    now: datetime
    company: UUID | None = None
    stage: str = ""
    is_asked: bool = False

    @classmethod
    def of(cls, request: CandidateRequest) -> "Chosen":
        stage = request.GET.get("stage", "")
        return cls(
            candidate=request.candidate,
            now=request.now,
            company=_uuid(request.GET.get("company", "")),
            stage=stage if stage in Interview.Stage.values else "",
            is_asked="narrow" in request.GET,
        )

    @property
    def is_open(self) -> bool:
        """Whether the choices are shown: they take space and a query, and are seldom needed."""
        return self.is_any or self.is_asked

    @property
    def is_any(self) -> bool:
        return self.company is not None or bool(self.stage)

    @property
    def stages(self) -> list[tuple[str, Any]]:
        return list(Interview.Stage.choices)

    def rows(self) -> InterviewQuerySet:
        rows = queries.interviews_of(self.candidate).of_today(
            now=self.now,
            urgent_on=urgent_on(self.now),
            answered_since=self.now - timedelta(days=ANSWERED_DAYS),
        )
        if self.company is not None:
            rows = rows.filter(vacancy__company=self.company)
        return rows.filter(stage=self.stage) if self.stage else rows

    def companies(self) -> list[tuple[UUID, str]]:
        """Companies with something open, including the chosen one, by name. The search finds
        further ones."""
        return queries.waiting_companies_of(
            self.candidate, most=COMPANIES_OFFERED, besides=self.company
        )


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


class Shelves:
    """The number of rows in each section, and the rows of one page."""

    def __init__(self, rows: InterviewQuerySet, *, candidate: Candidate, now: datetime) -> None:
        self._rows, self._candidate, self._now = rows, candidate, now
        counted = rows.order_by().values_list(F("section"))
        counted = counted.annotate(n=Count("pk"), first=Min("step_due_at"))
        self._counted: dict[int, tuple[int, datetime | None]] = {
            section: (n, first) for section, n, first in counted
        }

    @cached_property
    def _stale(self) -> list[Interview]:
        """Rows that expired since the last sweep, recomputed in memory."""
        if Section.STALE not in self._counted:
            return []
        found = list(self._rows.filter(STALE))
        refresh_stale(found, now=self._now)
        return found

    def count(self, section: Section) -> int:
        n, _first = self._counted.get(section, (0, None))
        return n + sum(self.section_of(row) == section for row in self._stale)

    @property
    def total(self) -> int:
        return sum(n for n, _first in self._counted.values())

    @property
    def waits_until(self) -> datetime | None:
        """The earliest due time among waiting rows."""
        _n, first = self._counted.get(Section.WAITING, (0, None))
        waiting = (row for row in self._stale if self.section_of(row) == Section.WAITING)
        moments = [first, *(row.step_due_at for row in waiting)]
        return min((moment for moment in moments if moment is not None), default=None)

    def rows(
        self, page: "Page[int]", *, besides: InterviewQuerySet | None = None
    ) -> list[Interview]:
        """The rows of the page. `besides` are rows of any page to fetch in the same query; they
        come last."""
        start = max(page.start_index() - 1, 0)
        # By key: databases sort a thousand keys much faster than as many whole rows.
        keys = self._merged() if self._stale else self._rows.values("pk")
        wanted = Q(pk__in=keys[start : start + PAGE_LENGTH])
        if besides is not None:
            wanted |= Q(pk__in=besides.values("pk"))
        shown = list(queries.interviews_of(self._candidate).with_names().filter(wanted))
        for row in shown:
            row.candidate = self._candidate
        stale = {row.pk: row for row in self._stale}
        return sorted((stale.get(row.pk, row) for row in shown), key=self._place)

    def _merged(self) -> list[UUID]:
        """The keys of all pages in order, for rows that SQL cannot sort."""
        others = queries.interviews_of(self._candidate).filter(
            pk__in=self._rows.exclude(STALE).values("pk")
        )
        return [row.pk for row in sorted([*others, *self._stale], key=self._place)]

    def _place(self, row: Interview) -> tuple[int, float, date, float, UUID]:
        """The order of of_today; "nulls first" sorts None before everything."""
        section = self.section_of(row)
        result = Result.of(row)
        moment = row.starts_at if section == Section.COMING else row.step_due_at
        if section == Section.ANSWERED:
            moment = None
        answer_by = result.offer_answer_by_on if result else None
        known = result.known_at.timestamp() if result else 0.0
        at = moment.timestamp() if moment else float("-inf")
        return section, at, answer_by or date.max, -known, row.pk

    def section_of(self, row: Interview) -> Section:
        """The section that of_today computes in SQL, for a recomputed row."""
        result = Result.of(row)
        if row.step == Step.PREPARE:
            return Section.COMING
        if row.step_due_at is not None and row.step_due_at <= self._now:
            return Section.DO_NOW
        if result is None:
            return Section.WAITING
        if not result.is_open_offer:
            return Section.ANSWERED
        answer_by = result.offer_answer_by_on
        is_urgent = answer_by is not None and answer_by <= urgent_on(self._now)
        return Section.DO_NOW if is_urgent else Section.DECIDE


def _page(request: CandidateRequest, shelves: Shelves) -> "Page[int]":
    return Paginator(range(shelves.total), PAGE_LENGTH).get_page(request.GET.get("page"))


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of the page: its name, its total, and its cards here."""

    title: str
    count: int
    cards: Sequence[Card]


def sections(cards: Sequence[Card], shelves: Shelves) -> list[ShownSection]:
    by_section: dict[Section, list[Card]] = {}
    for card in cards:
        by_section.setdefault(shelves.section_of(card.interview), []).append(card)
    return [
        ShownSection(str(section.label), shelves.count(section), by_section[section])
        for section in Section
        if section in by_section
    ]


def heading(to_do: int, *, now: datetime, has_proposals: bool = False) -> str:
    """For example: Monday, two things to do."""
    weekday = dates.weekday(now.date())
    if not to_do and has_proposals:
        said = _("%(weekday)s: only your coach’s suggestions today.")
        return said % {"weekday": weekday}
    if not to_do:
        return _("%(weekday)s: nothing to do today.") % {"weekday": weekday}
    said = ngettext("%(weekday)s: one thing to do.", "%(weekday)s: %(count)s things to do.", to_do)
    return said % {"weekday": weekday, "count": apnumber(to_do)}


def lede(shelves: Shelves, *, now: datetime, has_proposals: bool = False) -> str:
    """For example: The next one can wait until Thursday. It names the earliest of those that
    wait."""
    until, waiting = shelves.waits_until, shelves.count(Section.WAITING)
    if until is None:
        return ""
    values = {"count": apnumber(waiting), "until": dates.until(until, now=now)}
    if shelves.count(Section.DO_NOW) or has_proposals:
        said = _("After that, nothing until %(until)s.")
    else:
        said = ngettext(
            "You’re waiting for one answer. Nothing to do until %(until)s.",
            "You’re waiting for %(count)s answers. Nothing to do until %(until)s.",
            waiting,
        )
    sentence = said % values
    return sentence[0].upper() + sentence[1:]
