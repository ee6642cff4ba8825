"""The decision table of docs/rules.md, row by row: the first match wins."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from . import calendar, moments, people
from .explain import explain
from .facts import Case, Lessons, P, ResultKind, as_utc
from .open_wait import AnyWait, Wait
from .step import NextStep, Rule, Step

REFUSALS = frozenset({ResultKind.REFUSAL, ResultKind.ASSUMED_REFUSAL})
GOING_ON = frozenset({ResultKind.OFFER, ResultKind.NEXT_STAGE})
NOT_SNOOZED = frozenset({Step.PREPARE, Step.FIX_AGREEMENT})

Moment = Callable[[AnyWait], datetime | None]
Person = Callable[[AnyWait], Any]


class Row(NamedTuple):
    """One row: its condition, and its answer."""

    when: Callable[[AnyWait, datetime], bool]
    step: Step
    due: Moment
    person: Person
    rule: Rule
    expires: Moment = moments.never


def _is_lesson_missing(wait: AnyWait, _now: datetime) -> bool:
    result = wait.case.result
    return (
        result is not None
        and result.kind in REFUSALS
        and result.lessons == Lessons.MISSING
        and not wait.is_not_interested
        and not wait.log.has_asked_since_result
    )


def _is_kept_on_file(wait: AnyWait, _now: datetime) -> bool:
    result = wait.case.result
    return (
        result is not None
        and result.kind not in GOING_ON
        and result.recontact_on is not None
        and not wait.log.has_recontacted
    )


def _is_agreement_missing(wait: AnyWait, now: datetime) -> bool:
    return (
        now < moments.asking_ends(wait)
        and wait.agreement is None
        and not wait.case.interview.nothing_agreed
        and not wait.log.about_result
    )


def _is_window_open(wait: AnyWait, now: datetime) -> bool:
    return not wait.on_promise and not wait.tried_on and not wait.is_weighed and now < wait.limit


TABLE: tuple[Row, ...] = (
    Row(
        lambda wait, _: wait.log.is_missed_call_open,
        Step.CALL, moments.call_back, people.caller, Rule.MISSED_CALL,
    ),
    Row(
        _is_lesson_missing,
        Step.WRITE, moments.day_after_result, people.last_interlocutor, Rule.LEARN_FROM_REFUSAL,
    ),
    Row(
        _is_kept_on_file,
        Step.RECONTACT, moments.recontact, people.whom_reached, Rule.KEPT_ON_FILE,
    ),
    Row(
        lambda wait, _: wait.case.result is not None,
        Step.DONE, moments.never, people.nobody, Rule.RESULT_KNOWN,
    ),
    Row(
        lambda wait, now: now < wait.ends,
        Step.PREPARE, moments.preparation, people.lead, Rule.INTERVIEW_AHEAD, moments.end,
    ),
    Row(
        _is_agreement_missing,
        Step.FIX_AGREEMENT, moments.asked_from, people.lead, Rule.AGREEMENT_MISSING,
        moments.asking_ends,
    ),
    Row(
        lambda wait, _: wait.is_silence_refusal and wait.on_employers_promise,
        Step.ASSUME_REFUSAL, moments.limit, people.waited_for, Rule.SILENCE_IS_REFUSAL,
    ),
    Row(
        lambda wait, _: wait.letter is not None,
        Step.CLOSE, moments.letter_given_up, people.whom_written, Rule.LETTER_UNANSWERED,
    ),
    Row(
        lambda wait, _: wait.is_not_interested,
        Step.LET_GO, moments.limit, people.waited_for, Rule.NOT_INTERESTED,
    ),
    Row(
        lambda wait, _: wait.on_candidates_promise and wait.is_in_vain,
        Step.WRITE, moments.next_try, people.last_interlocutor, Rule.NOT_REACHED,
    ),
    Row(
        lambda wait, _: wait.on_candidates_promise and wait.is_to_write,
        Step.WRITE, moments.next_try, people.waited_for, Rule.YOUR_TURN,
    ),
    Row(
        lambda wait, _: wait.on_candidates_promise,
        Step.CALL, moments.next_try, people.waited_for, Rule.YOUR_TURN,
    ),
    Row(
        lambda wait, _: wait.may_not_call,
        Step.WRITE, moments.limit, people.last_interlocutor, Rule.MAY_NOT_CALL,
    ),
    Row(
        lambda wait, _: wait.log.is_already_asked,
        Step.WRITE, moments.limit, people.last_interlocutor, Rule.ALREADY_ASKED,
    ),
    Row(
        lambda wait, _: wait.is_in_vain,
        Step.WRITE, moments.next_try, people.last_interlocutor, Rule.NOT_REACHED,
    ),
    Row(
        _is_window_open,
        Step.WEIGH, moments.window_opening, people.waited_for, Rule.WINDOW_OPEN, moments.limit,
    ),
    Row(
        lambda wait, _: wait.on_promise,
        Step.CALL, moments.next_try, people.waited_for, Rule.PROMISE_LAPSED,
    ),
    Row(
        lambda _, __: True,
        Step.CALL, moments.next_try, people.waited_for, Rule.WINDOW_CLOSED,
    ),
)  # fmt: skip


def decide(case: Case[P], now: datetime) -> NextStep[P]:
    """Return the one next step of this case at this moment (aware, in any zone)."""
    wait = Wait(case)
    row = _matching(wait, as_utc(now))
    due, expires, person = row.due(wait), row.expires(wait), row.person(wait)
    snoozed = _snoozed(wait, row, due, expires)
    return NextStep(
        step=row.step,
        rule=row.rule,
        due=_local(wait, snoozed),
        expires=_local(wait, expires),
        person=person,
        reason=explain(wait, row.rule, person, is_snoozed=snoozed != due),
    )


def _matching(wait: AnyWait, now: datetime) -> Row:
    return next(row for row in TABLE if row.when(wait, now))


def _snoozed(
    wait: AnyWait, row: Row, due: datetime | None, expires: datetime | None
) -> datetime | None:
    """Return the snoozed due time, but not past the step's expiry."""
    until = wait.case.snoozed_until
    if until is None or due is None or row.step in NOT_SNOOZED:
        return due
    put_off = max(due, calendar.contact_moment(wait.candidate, until))
    return put_off if expires is None else min(put_off, expires)


def _local(wait: AnyWait, instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(wait.candidate.zone)
