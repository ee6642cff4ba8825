"""One line of the coach's overview: an interview, why it needs the coach, and the coach's last
word."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from uuid import UUID

from django.utils.text import capfirst

from coaching import text as coaching_text
from coaching.awaited import is_answer_awaited
from coaching.matters import AFTER_RULES, PROMISE_RULES, TIMED_STEPS, Matter, midnight
from coaching.permissions import CoachScope
from interviews import text
from interviews.current_step import CurrentStep
from interviews.models import Interview, Proposal, Result
from interviews.rules import ResultKind, Rule, State, Step
from interviews.text import dates
from interviews.text.by_rule.interview import agreement_missing
from interviews.text.by_rule.results import result_for_coach

CLOSED, PLAIN = "closed", "plain"


@dataclass(frozen=True, slots=True)
class MorningLine:
    """`when` and `why` are a few words for a row; `said` is a sentence."""

    interview: Interview
    state: str  # a CSS class
    when: str
    why: str
    said: str
    proposal: Proposal | None = None
    suggested: str = ""  # what the coach suggested and stands, or what the candidate accepted
    awaited: str = ""  # the same in short, while it is the candidate's turn
    is_noted: bool = False  # the coach has written a note today

    @property
    def key(self) -> UUID:
        return self.interview.pk

    @property
    def is_over(self) -> bool:
        """A result that leaves nothing to do is talked about rather than acted on."""
        return self.state == CLOSED

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
    line = MorningLine(row, *_told(sharing, row, matter, local), proposal)
    if proposal is None:
        return line
    line = replace(line, suggested=coaching_text.suggested(proposal, now=local))
    if not is_answer_awaited(proposal, now):
        return line
    return replace(line, awaited=coaching_text.suggested(proposal, now=local, is_short=True))


def _told(
    sharing: CoachScope, row: Interview, matter: Matter, local: datetime
) -> tuple[str, str, str, str]:
    """The state, when, why, and the sentence."""
    if matter == Matter.OFFERS:
        return _of_offer(row, local)
    if matter == Matter.RESULTS and not _leaves_something(row, local):
        kind, known_at = ResultKind(row.result.kind), row.result.known_at
        said = result_for_coach(kind, known_at, now=local)
        return CLOSED, _age(known_at, local), capfirst(row.result.get_kind_display()), said
    if matter == Matter.AGREEMENTS:
        said = agreement_missing(row.ends_at, now=local)
        when = _age(row.ends_at, local)
        return State.DUE.value, when, str(coaching_text.UNAGREED), said
    current = sharing.current_step(row, now=local)
    said = matter_of(sharing, current)
    is_whole = sharing.may_read(row)
    why = _why(current) if is_whole else text.step_label(current.step.step)
    if matter == Matter.COMING:
        why = capfirst(row.stage_label)
        here = local.astimezone(sharing.zone)  # as the page's head says
        when = dates.brief_moment(row.starts_at.astimezone(sharing.zone), now=here)
        at, reader = row.starts_at, sharing.zone
        said = coaching_text.in_zone(said, starts_at=at, now=local, reader=reader)
        return State.WAITING.value, when, why, said
    if matter == Matter.RESULTS:
        state, _when = standing(current, is_whole=is_whole)
        return state, _age(row.result.known_at, local), why, said
    if matter == Matter.MISSED_CALLS:
        return *_of_missed_call(current, is_whole=is_whole), why, said
    return *standing(current, is_whole=is_whole), why, said


def _why(current: CurrentStep) -> str:
    """What the section's heading does not say."""
    rule, letter_on = current.step.rule, current.reason.letter_on
    if rule == Rule.MISSED_CALL and current.reason.called_at is not None:
        called_on = current.reason.called_at.astimezone(current.now.tzinfo).date()
        return coaching_text.called(current.person, called_on, now=current.now)
    if rule == Rule.LETTER_UNANSWERED and letter_on is not None:
        return coaching_text.letter_of(letter_on, now=current.now)
    return coaching_text.reason(current.step)


def _of_offer(row: Interview, local: datetime) -> tuple[str, str, str, str]:
    result, by_on, due = row.result, row.result.offer_answer_by_on, State.DUE.value
    known_on = result.known_at.astimezone(local.tzinfo).date()
    why = str(coaching_text.OPEN_OFFER)
    if result.is_day_known:
        why = coaching_text.offer_of(known_on, now=local)
    said = result_for_coach(ResultKind.OFFER, result.known_at, now=local)
    if by_on is None:
        return due, _age(result.known_at, local), why, said
    said = coaching_text.with_last_day(said, by_on, now=local)
    if by_on < local.date():
        return State.OVERDUE.value, text.late(by_on, now=local), why, said
    return due, coaching_text.by_day(by_on, now=local), why, said


def standing(current: CurrentStep, *, is_whole: bool) -> tuple[str, str]:
    """The state and a few words. Late is only what passed a promised or agreed day; of the rest it
    is said since when it can be done."""
    state, due = current.state, current.due
    is_late = current.step.rule in PROMISE_RULES if is_whole else current.kind in TIMED_STEPS
    if state == State.OVERDUE and due is not None and not is_late:
        since = text.late_since(current.step, now=current.now) or due.date()
        return PLAIN, coaching_text.since_day(since, now=current.now)
    if state is None:
        return CLOSED, text.brief_state(current.step, now=current.now)
    if state == State.WAITING and due is not None and due.date() > current.now.date():
        return state.value, coaching_text.from_day(due.date(), now=current.now)
    if current.is_later_today and current.kind not in (Step.CALL, Step.PREPARE):
        return state.value, dates.brief_day(current.now.date(), now=current.now)
    return state.value, text.brief_state(current.step, now=current.now)


def brief(
    sharing: CoachScope, row: Interview, *, now: datetime, reader: tzinfo
) -> tuple[str, str, str]:
    """For a list: the state, when, and the step: overdue, 4 days late, Call. An upcoming interview
    is by the clock of the reader's zone."""
    local = now.astimezone(row.candidate.zone)
    is_whole = sharing.may_read(row)
    current, result = sharing.current_step(row, now=local), Result.of(row)
    is_missed_call = is_whole and _is_missed_call(current)
    is_offer = is_whole and result is not None and result.is_open_offer
    if is_offer and not is_missed_call:
        state, when, _why, _said = _of_offer(row, local)
        return state, when, str(coaching_text.OPEN_OFFER)
    if current.kind == Step.PREPARE:
        here = local.astimezone(reader)
        when = dates.brief_moment(row.starts_at.astimezone(reader), now=here)
        return State.WAITING.value, when, text.step_label(Step.PREPARE)
    if is_missed_call:
        return *_of_missed_call(current, is_whole=True), str(coaching_text.CALL_BACK)
    return *standing(current, is_whole=is_whole), text.step_label(current.step.step)


def _is_missed_call(current: CurrentStep) -> bool:
    """To be returned by tonight."""
    is_due = current.due is not None and current.due < midnight(current.now, 1)
    return is_due and current.step.rule == Rule.MISSED_CALL


def _of_missed_call(current: CurrentStep, *, is_whole: bool) -> tuple[str, str]:
    """Due also before the hour at which it can be returned."""
    state, when = standing(current, is_whole=is_whole)
    return State.DUE.value if state == State.WAITING else state, when


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
    is_offer = current.result is not None and current.result.is_open_offer
    if is_offer and not _is_missed_call(current):
        return _of_offer(current.interview, current.now)[-1]
    return text.coach_line(
        current.step,
        candidate=str(current.interview.candidate),
        person=current.person,
        company=current.company,
        now=current.now,
    )
