"""The rows of Today: how many of each kind there are, and those of one page."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, F, Min, Q

from dashboard.today.filters import Chosen, Kind, kind_of
from interviews import queries
from interviews.models import Interview, Result, Section
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.core.today import CALLS, call_section, midnight_of
from interviews.next_step import refresh_stale
from interviews.rules import Rule, Step, is_later_today

PAGE_LENGTH = 25
STALE = Q(section=Section.STALE)


class Shelves:
    def __init__(self, chosen: Chosen) -> None:
        self._chosen, self._now = chosen, chosen.now
        self._rows = chosen.rows()
        counted = self._rows.order_by().values_list(F("section"), F("step"))
        self._counted = list(
            counted.annotate(n=Count("pk"), first=Min("step_due_at"), began=Min("starts_at"))
        )

    @cached_property
    def _stale(self) -> list[Interview]:
        """Rows that expired since the last sweep, recomputed in memory."""
        if not any(section == Section.STALE for section, *_rest in self._counted):
            return []
        found = list(self._rows.filter(STALE))
        refresh_stale(found, now=self._now)
        return found

    @cached_property
    def counts(self) -> dict[Kind, int]:
        counts = dict.fromkeys(Kind, 0)
        for section, step, n, _first, _began in self._counted:
            if section != Section.STALE:
                counts[kind_of(section, step)] += n
        for row in self._stale:
            counts[self.kind_of(row)] += 1
        return counts

    def count(self, section: Section) -> int:
        """Of the chosen kind."""
        stored: int = sum(
            n
            for each, step, n, _first, _began in self._counted
            if each == section and self._is_chosen(kind_of(each, step))
        )
        return stored + sum(self._is_chosen(self.kind_of(row)) for row in self._stale_of(section))

    def _is_chosen(self, kind: Kind) -> bool:
        return self._chosen.kind in (None, kind)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def shown(self) -> int:
        """How many rows the chosen filter leaves."""
        return self.counts[self._chosen.kind] if self._chosen.kind else self.total

    @property
    def waits_until(self) -> datetime | None:
        """The earliest due time among waiting rows, or the next interview if it comes before."""
        waiting = [row.step_due_at for row in self._stale_of(Section.WAITING)]
        waiting += [first for each, _s, _n, first, _b in self._counted if each == Section.WAITING]
        coming = [row.starts_at for row in self._stale_of(Section.COMING)]
        coming += [began for each, _s, _n, _f, began in self._counted if each == Section.COMING]
        due = min(filter(None, waiting), default=None)
        return None if due is None else min([due, *coming])

    def _stale_of(self, section: Section) -> list[Interview]:
        return [row for row in self._stale if self.section_of(row) == section]

    @property
    def oldest(self) -> date | None:
        """The local day of the first interview that is still waited for."""
        over = (Section.COMING, Section.ANSWERED)
        began = [began for section, _s, _n, _f, began in self._counted if section not in over]
        return min(began).astimezone(self._now.tzinfo).date() if began else None

    def rows(
        self, page: "Page[int]", *, besides: InterviewQuerySet | None = None
    ) -> list[Interview]:
        """The rows of the page. `besides` are rows of any page to fetch in the same query; they
        come last."""
        start = max(page.start_index() - 1, 0)
        # By key: databases sort a thousand keys much faster than as many whole rows.
        keys = self._merged() if self._stale else self._chosen.of_kind(self._rows).values("pk")
        wanted = Q(pk__in=keys[start : start + PAGE_LENGTH])
        if besides is not None:
            wanted |= Q(pk__in=besides.values("pk"))
        candidate = self._chosen.candidate
        shown = list(queries.interviews_of(candidate).with_names().filter(wanted))
        for row in shown:
            row.candidate = candidate
        stale = {row.pk: row for row in self._stale}
        return sorted((stale.get(row.pk, row) for row in shown), key=self._place)

    def _merged(self) -> list[UUID]:
        """The keys of all pages in order, for rows that SQL cannot sort."""
        kept = self._chosen.of_kind(self._rows.exclude(STALE)).values("pk")
        others = queries.interviews_of(self._chosen.candidate).filter(pk__in=kept)
        kind = self._chosen.kind
        stale = (row for row in self._stale if kind in (None, self.kind_of(row)))
        return [row.pk for row in sorted([*others, *stale], key=self._place)]

    def _place(self, row: Interview) -> tuple[int, float, date, float, UUID]:
        """The order of of_today; "nulls first" sorts None before everything."""
        section = self.section_of(row)
        result = Result.of(row)
        moment = row.starts_at if section == Section.COMING else row.step_due_at
        if section in (Section.DECIDE, Section.ANSWERED):
            moment = None
        answer_by = result.offer_answer_by_on if result else None
        known = result.known_at.timestamp() if result else 0.0
        at = moment.timestamp() if moment else float("-inf")
        return section, at, answer_by or date.max, -known, row.pk

    def section_of(self, row: Interview) -> Section:
        """The section that of_today computes in SQL, for a recomputed row."""
        result = Result.of(row)
        if result is not None and result.is_open_offer:
            return Section.DECIDE
        if row.step == Step.PREPARE:
            return Section.COMING
        if row.step_due_at is not None and row.step_due_at <= self._now:
            if row.step in CALLS:
                agreed = row.step_rule == Rule.YOUR_TURN
                if agreed and row.step_due_at >= midnight_of(self._now):
                    return Section.CALL_NOW
                return call_section(now=self._now, calls_from=self._chosen.calls_from)
            return Section.DO_NOW
        if result is not None:
            return Section.ANSWERED
        is_later = is_later_today(row.step_due_at, now=self._now)
        return Section.LATER_TODAY if is_later else Section.WAITING

    def kind_of(self, row: Interview) -> Kind:
        return kind_of(self.section_of(row), row.step)

    def by_section(self, rows: Iterable[Interview]) -> dict[Section, list[Interview]]:
        found: dict[Section, list[Interview]] = {}
        for row in rows:
            found.setdefault(self.section_of(row), []).append(row)
        return found
