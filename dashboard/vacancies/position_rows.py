"""One position as a row: its interviews, and its wait on the axis that all rows share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.cards import Card, cards_of
from dashboard.interviews.interview_list import ListedInterview
from dashboard.today.rows import short_stage
from interviews import positions
from interviews.models import Candidate, Interview, Result, Vacancy
from interviews.text import dates
from interviews.wait_line.axis import Axis, AxisRow
from interviews.wait_line.from_interview import axis_row_of

State = Vacancy.State
UNANSWERED = (Result.Kind.NO_RESPONSE, Result.Kind.ASSUMED_REFUSAL, Result.Kind.WITHDRAWN)
# Of a page of fifty waits, each call and letter would be too much to read and to load.
TOUCHES_SHOWN = 1


@dataclass(frozen=True)
class PositionRow:
    vacancy: Vacancy
    now: datetime
    interviews: Sequence[Interview] = ()
    card: Card | None = None  # of the interview that tells how it stands
    line: AxisRow | None = None

    @property
    def state(self) -> str:
        """The colour, as on Today."""
        if self.vacancy.state == State.CLOSED:
            return "closed"
        return self.card.state if self.card else "plain"

    @property
    def is_brief(self) -> bool:
        """Nothing is due and nobody is met: a phone shows it as one line."""
        return self.vacancy.state == State.CLOSED or not self.interviews

    @cached_property
    def status(self) -> str:
        """In short: what holds, or until when."""
        vacancy = self.vacancy
        if vacancy.closing_reason == Vacancy.ClosingReason.REFUSED:
            return _("No")
        if vacancy.closing_reason:
            return capfirst(str(Vacancy.ClosingReason(vacancy.closing_reason).label))
        if self.card is not None:
            return ListedInterview(self.card).status
        if vacancy.follow_up_on is not None:
            return _("Follow up %(day)s") % {
                "day": dates.row_day(vacancy.follow_up_on, now=self.now)
            }
        return capfirst(str(State(vacancy.state).label))

    @property
    def since(self) -> str:
        """Where no wait is drawn: since when it is as it is."""
        result = self.card.current.result if self.card else None
        if result is not None:
            if not result.is_day_known:
                return _("Answered, the day isn’t known")
            known_on = result.known_at.astimezone(self.now.tzinfo).date()
            values = {"day": dates.day(known_on, now=self.now)}
            if result.kind in UNANSWERED:
                return _("Closed on %(day)s") % values
            return _("Answered on %(day)s") % values
        return "" if self.interviews else standing(self.vacancy, now=self.now)

    @property
    def stages(self) -> list[tuple[UUID, str]]:
        """Key and stage of its interviews, in short where there are several."""
        if len(self.interviews) == 1:
            return [(self.interviews[0].pk, self.interviews[0].stage_label)]
        return [(each.pk, _short(each)) for each in self.interviews]

    @property
    def tags(self) -> list[tuple[UUID, str]]:
        return positions.tags_of(self.vacancy)


def _short(interview: Interview) -> str:
    is_first = interview.stage == Interview.Stage.FIRST
    return _("1st") if is_first else short_stage(interview) or interview.stage_label


def rows_of(vacancies: Sequence[Vacancy], candidate: Candidate, axis: Axis) -> list[PositionRow]:
    """Three queries for any number of rows: the interviews, and what timelines show."""
    found = Interview.objects.filter(vacancy__in=vacancies).not_cancelled().with_names()
    by_vacancy: dict[UUID, list[Interview]] = {}
    for row in found.order_by("starts_at", "pk") if vacancies else []:
        row.candidate = candidate
        by_vacancy.setdefault(row.vacancy_id, []).append(row)
    telling = [telling_of(rows) for rows in by_vacancy.values()]
    cards = {
        card.interview.vacancy_id: card
        for card in (cards_of(telling, now=axis.now, with_facts=True) if telling else [])
    }
    return [
        PositionRow(
            vacancy=each,
            now=axis.now,
            interviews=by_vacancy.get(each.pk, ()),
            card=cards.get(each.pk),
            line=_line(cards.get(each.pk), axis),
        )
        for each in vacancies
    ]


def _line(card: Card | None, axis: Axis) -> AxisRow | None:
    """None if there is none, or if all of it lies before the axis: a sentence tells more."""
    line = axis_row_of(card.current, axis, most_touches=TOUCHES_SHOWN) if card else None
    return line if line and (line.segments or line.marks) else None


def telling_of(interviews: Iterable[Interview]) -> Interview:
    """The most urgent one on which something is open; otherwise the last."""
    rows = list(interviews)
    undecided = [row for row in rows if _is_undecided(row)]
    return min(undecided, key=_due_first) if undecided else rows[-1]


def _is_undecided(row: Interview) -> bool:
    return not row.is_answered or row.result.is_open_offer


def _due_first(row: Interview) -> tuple[bool, datetime]:
    return (row.step_due_at is None, row.step_due_at or row.starts_at)


def standing(vacancy: Vacancy, *, now: datetime) -> str:
    """For example: Applied 12 days ago"""
    if vacancy.state == State.CLOSED and vacancy.closed_on is not None:
        return _("Closed on %(day)s") % {"day": dates.day(vacancy.closed_on, now=now)}
    if vacancy.state == State.CLOSED:
        return _("Closed")
    if vacancy.applied_on is not None:
        return _applied(vacancy.applied_on, now=now)
    if vacancy.state == State.SAVED:
        return _saved(localtime(vacancy.created_at).date(), now=now)
    return ""


def _applied(day: date, *, now: datetime) -> str:
    days = max((now.date() - day).days, 0)
    if days == 0:
        return _("Applied today")
    if days == 1:
        return _("Applied yesterday")
    return ngettext("Applied %(days)d day ago", "Applied %(days)d days ago", days) % {"days": days}


def _saved(day: date, *, now: datetime) -> str:
    days = max((now.date() - day).days, 0)
    if days == 0:
        return _("Saved today")
    if days == 1:
        return _("Saved yesterday")
    return ngettext("Saved %(days)d day ago", "Saved %(days)d days ago", days) % {"days": days}
