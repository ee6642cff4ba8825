"""The values of a letter, and the letter that fits a step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interviews.rules import Channel, Initiator, Reason, ResultKind, Rule


class LetterKind(StrEnum):
    LATE_ANSWER = "late_answer"
    MAY_NOT_CALL = "may_not_call"
    AS_AGREED = "as_agreed"
    AFTER_REFUSAL = "after_refusal"
    LETTING_GO = "letting_go"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class AgreedText:
    """What a letter of thanks repeats in writing."""

    initiator: Initiator = Initiator.EMPLOYER
    channel: Channel = Channel.PHONE
    due_on: date | None = None
    may_call: bool = False
    silence_is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The values of a draft; dates are the candidate's local dates."""

    position: str
    interviewed_on: date
    person: str | None = None
    sender: str | None = None
    promised_on: date | None = None
    spoken_on: date | None = None
    tried_on: tuple[date, ...] = ()
    is_refusal_assumed: bool = False
    is_cancelled: bool = False
    # After a rejection: what was missing is known, or needs no asking.
    is_lesson_known: bool = False
    agreed: AgreedText | None = None


def writing_of(
    reason: Reason,
    *,
    position: str,
    interviewed_on: date,
    person: str | None,
    sender: str | None,
) -> Writing:
    """The values that a step's stored reason has for its letter."""
    return Writing(
        position=position,
        interviewed_on=interviewed_on,
        person=person,
        sender=sender,
        promised_on=reason.promised_on if reason.initiator == Initiator.EMPLOYER else None,
        spoken_on=None if reason.is_on_promise else _last_spoken_on(reason, interviewed_on),
        tried_on=reason.tried_on,
        is_refusal_assumed=reason.result == ResultKind.ASSUMED_REFUSAL,
    )


def _last_spoken_on(reason: Reason, interviewed_on: date) -> date | None:
    return reason.since_on if reason.since_on and reason.since_on > interviewed_on else None


def kind_for(rule: Rule) -> LetterKind:
    """The draft that fits a step of this rule."""
    return _KIND_BY_RULE.get(rule, LetterKind.LATE_ANSWER)


_KIND_BY_RULE: dict[Rule, LetterKind] = {
    Rule.MAY_NOT_CALL: LetterKind.MAY_NOT_CALL,
    Rule.YOUR_TURN: LetterKind.AS_AGREED,
    Rule.LEARN_FROM_REFUSAL: LetterKind.AFTER_REFUSAL,
    Rule.NOT_INTERESTED: LetterKind.LETTING_GO,
    Rule.AGREEMENT_MISSING: LetterKind.THANKS,
}
