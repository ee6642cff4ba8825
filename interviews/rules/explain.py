"""From a matched rule to the values its sentence needs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .facts import P
from .open_wait import Wait
from .reason import Reason, Since
from .step import Rule

Values = dict[str, Any]


def explain(wait: Wait[P], rule: Rule, person: P | None, *, is_snoozed: bool) -> Reason:
    """The reason of a step that `rule` named for `person`."""
    return Reason(**_EXPLAINERS.get(rule, _of_wait)(wait, person), is_snoozed=is_snoozed)


def _local(wait: Wait[P], instant: datetime) -> datetime:
    return instant.astimezone(wait.candidate.zone)


def _of_missed_call(wait: Wait[P], _person: P | None) -> Values:
    if wait.log.missed is None:
        return {}
    return {
        "called_at": _local(wait, wait.log.missed.at),
        "is_by_person": wait.log.missed.person is not None,
        "tried_on": wait.log.returned_on,
    }


def _of_result(wait: Wait[P], _person: P | None) -> Values:
    result = wait.case.result
    if result is None:
        return {}
    return {
        "result": result.kind,
        "result_on": wait.date_of(result.at),
        "recontact_on": result.recontact_on,
    }


def _of_recontact(wait: Wait[P], person: P | None) -> Values:
    return _of_result(wait, person) | {"tried_on": wait.log.recontacted_on}


def _of_interview(wait: Wait[P], _person: P | None) -> Values:
    return {
        "starts_at": _local(wait, wait.case.interview.starts),
        "ended_at": _local(wait, wait.ends),
    }


def _of_wait(wait: Wait[P], person: P | None) -> Values:
    said = _of_promise(wait, person) if wait.on_promise else _of_window(wait, person)
    said["limit_at"] = _local(wait, wait.limit)
    said["tried_on"] = wait.tried_on
    if wait.letter is not None:
        said["letter_on"] = wait.date_of(wait.letter.at)
    return said


def _of_asked(wait: Wait[P], person: P | None) -> Values:
    values, reached, agreement = _of_wait(wait, person), wait.log.reached, wait.agreement
    if reached is None or agreement is None or not wait.on_promise or reached.at <= agreement.made:
        return values
    return values | {
        "reached_on": wait.date_of(reached.at),
        "reached_by": reached.channel,
        "is_reached_person": _is_of(person, reached.person),
    }


def _of_letter(wait: Wait[P], person: P | None) -> Values:
    receiver = None if wait.letter is None else wait.letter.person
    return _of_wait(wait, person) | {"is_by_person": _is_of(person, receiver)}


def _is_of(person: P | None, other: P | None) -> bool:
    return person is not None and person == other


def _of_promise(wait: Wait[P], person: P | None) -> Values:
    agreement = wait.agreement
    if agreement is None:
        return {}
    return {
        "is_on_promise": True,
        "is_by_person": _is_of(person, wait.promises_person),
        "made_on": wait.date_of(agreement.made),
        "promised_on": agreement.due,
        "promised_time": agreement.due_time if agreement.due else None,
        "initiator": agreement.initiator,
        "channel": agreement.channel,
        "may_call": agreement.may_call,
    }


def _of_window(wait: Wait[P], person: P | None) -> Values:
    since = _since(wait)
    return {
        "since": since,
        "since_on": wait.date_of(wait.base),
        "opens_on": wait.opens_on,
        "is_by_person": since == Since.ANSWER and _is_of(person, wait.log.whom_reached),
        "may_call": wait.agreement and wait.agreement.may_call,
    }


def _since(wait: Wait[P]) -> Since:
    if wait.log.reached is not None and wait.base == wait.log.reached.at:
        return Since.ANSWER
    return Since.INTERVIEW if wait.base == wait.ends else Since.OWN_CONTACT


_EXPLAINERS: dict[Rule, Callable[[Wait[Any], Any], Values]] = {
    Rule.MISSED_CALL: _of_missed_call,
    Rule.LEARN_FROM_REFUSAL: _of_result,
    Rule.KEPT_ON_FILE: _of_recontact,
    Rule.RESULT_KNOWN: _of_result,
    Rule.INTERVIEW_AHEAD: _of_interview,
    Rule.AGREEMENT_MISSING: _of_interview,
    Rule.LETTER_UNANSWERED: _of_letter,
    Rule.ALREADY_ASKED: _of_asked,
}
