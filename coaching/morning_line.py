"""One line of the coach's overview: an interview, why it needs the coach, and the coach's last
word."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst

from coaching import text as coaching_text
from coaching.matters import AFTER_RULES, Matter, midnight
from coaching.permissions import CoachScope
from interviews import text
from interviews.current_step import CurrentStep
from interviews.models import Interview, Proposal
from interviews.rules import ResultKind, State
from interviews.text import dates
from interviews.text.by_rule.interview import agreement_missing
from interviews.text.by_rule.results import result_for_coach

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MorningLine:
    """`when` and `why` are a few words for a row; `said` is a sentence."""

    interview: Interview
    state: str  # a CSS class
    when: str
    why: str
    said: str
    suggested: str  # the coach's own suggestion: what stands, or what the candidate accepted

    @property
    def key(self) -> UUID:
        return self.interview.pk

    @property
    def candidate(self) -> str:
        return str(self.interview.candidate)

    @property
    def title(self) -> str:
        return str(self.interview.vacancy)


def line_of(
    sharing: CoachScope,
    row: Interview,
    matter: Matter,
    proposal: Proposal | None,
    *,
    now: datetime,
) -> MorningLine:
    local = now.astimezone(row.candidate.zone)
    suggested = "" if proposal is None else coaching_text.suggested(proposal, now=local)
    return MorningLine(row, *_told(sharing, row, matter, local), suggested)


def _told(
    sharing: CoachScope, row: Interview, matter: Matter, local: datetime
) -> tuple[str, str, str, str]:
    """The state, when, why, and the sentence."""
    if matter == Matter.RESULTS and not _leaves_something(row, local):
        kind, known_at = ResultKind(row.result.kind), row.result.known_at
        said = result_for_coach(kind, known_at, now=local)
        return CLOSED, _age(known_at, local), capfirst(row.result.get_kind_display()), said
    if matter == Matter.AGREEMENTS:
        said = agreement_missing(row.ends_at, now=local)
        when = _age(row.ends_at, local)
        return State.DUE.value, when, str(coaching_text.NOT_RECORDED), said
    current = CurrentStep.of(row, now=local)
    said = matter_of(sharing, current)
    is_whole = sharing.may_read(row)
    why = coaching_text.reason(current.step) if is_whole else text.step_label(current.step.step)
    if matter == Matter.COMING:
        here = local.astimezone(sharing.zone)  # as the page's head says
        when = dates.brief_moment(row.starts_at.astimezone(sharing.zone), now=here)
        at, reader = row.starts_at, sharing.zone
        said = coaching_text.in_zone(said, starts_at=at, now=local, reader=reader)
        return State.WAITING.value, when, why, said
    state = CLOSED if current.state is None else current.state.value
    return state, text.brief_state(current.step, now=local), why, said


def _age(at: datetime, local: datetime) -> str:
    return dates.age(at.astimezone(local.tzinfo).date(), now=local)


def _leaves_something(row: Interview, local: datetime) -> bool:
    """Whether the step that its result leaves is due by tonight."""
    if row.step_rule not in AFTER_RULES or row.step_due_at is None:
        return False
    return row.step_due_at < midnight(local, 1)


def matter_of(sharing: CoachScope, current: CurrentStep) -> str:
    """What is urgent about an interview; only the step and its day if nothing more is shared."""
    if current.stored is None:
        return ""
    if not sharing.may_read(current.interview):
        return text.step_alone(current.step, now=current.now)
    return text.coach_line(
        current.step,
        candidate=str(current.interview.candidate),
        person=current.person,
        company=current.company,
        now=current.now,
    )
