"""One interview as a row of Today: its wait on the axis that all rows share, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dashboard.buttons.links import Button, step_link
from dashboard.cards import Card
from dashboard.proposals.views import ShownProposal
from interviews import text
from interviews.models import Interview
from interviews.rules import Step
from interviews.wait_line.axis import Axis, AxisRow, MarkKind
from interviews.wait_line.from_interview import axis_row_of

LEGEND = {
    MarkKind.INTERVIEW: _("Interview"),
    MarkKind.COMING: _("Upcoming interview"),
    MarkKind.FLAG: _("Promised date"),
    MarkKind.CALL: _("Your call"),
    MarkKind.LETTER: _("Your letter"),
    MarkKind.THEIRS: _("They got in touch"),
    MarkKind.GOOD: _("Offer or next stage"),
    MarkKind.NO: _("They said no"),
    MarkKind.ENDED: _("Closed"),
}


_STAGES: dict[str, Promise] = {
    Interview.Stage.SCREENING: _("phone"),
    Interview.Stage.SECOND: _("2nd"),
    Interview.Stage.TEST: _("trial"),
    Interview.Stage.MANAGEMENT: _("management"),
    Interview.Stage.FINAL: _("final"),
}
# Where the whole name of an action is too long for a row.
_VERBS: dict[Step | None, Promise] = {
    Step.FIX_AGREEMENT: _("Record agreement"),
    Step.PREPARE: _("Questions to ask"),
}


@dataclass(frozen=True)
class Row:
    card: Card
    line: AxisRow | None
    is_first: bool = False  # the one with the page's primary action
    is_open: bool = False
    has_mail: bool = False  # one that waits for an answer may be theirs
    suggested: Sequence[ShownProposal] = ()  # by a coach

    @property
    def interview(self) -> Interview:
        return self.card.interview

    @property
    def stage(self) -> str:
        """In short; empty for a first interview, which goes without saying."""
        return short_stage(self.interview)

    @property
    def due_on(self) -> date | None:
        due = self.card.current.due
        return due.date() if due else None

    @cached_property
    def chip(self) -> str:
        current = self.card.current
        if current.stored is None:  # it was cancelled since the page was opened
            return self.card.label
        if current.result is not None and current.result.is_open_offer:
            return _time_left(current.result.offer_answer_by_on, current.now)
        return text.brief_state(current.step, now=current.now) or self.card.label

    @cached_property
    def main(self) -> Button | None:
        """The step's page; also of a call that is only possible later."""
        return self.card.main if self.card.later is None else step_link(self.card.current)

    @property
    def verb(self) -> str:
        """What to do, with a first name only; the open row has the whole one."""
        current, full = self.card.current, str(self.main.label if self.main else self.card.closing)
        if current.kind in _VERBS:
            return str(_VERBS[current.kind])
        if current.person is None or full != text.action(current.step, person=current.person):
            return full
        return text.action(current.step, person=current.person.split()[0])


def short_stage(interview: Interview) -> str:
    """For example: 2nd. Empty for a first interview, and for another stage."""
    return str(_STAGES.get(interview.stage, ""))


def _time_left(answer_by: date | None, now: datetime) -> str:
    if answer_by is None:
        return gettext("offer")
    days = (answer_by - now.date()).days
    if days < 0:
        return text.late(answer_by, now=now)
    if days == 0:
        return gettext("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def row_of(
    card: Card,
    axis: Axis,
    *,
    is_first: bool = False,
    is_open: bool = False,
    has_mail: bool = False,
    suggested: Sequence[ShownProposal] = (),
) -> Row:
    line = axis_row_of(card.current, axis)
    return Row(card, line, is_first, is_open, has_mail, suggested)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `count` includes those of other pages."""

    title: str
    count: int
    rows: Sequence[Row]
    is_folded: bool = False
