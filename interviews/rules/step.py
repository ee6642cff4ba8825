"""The answer: one next step, and the values for its sentence."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Generic

from .facts import P, as_utc
from .reason import Reason


class Step(StrEnum):
    """What to do."""

    PREPARE = "prepare"
    FIX_AGREEMENT = "fix_agreement"
    WEIGH = "weigh"
    CALL = "call"
    WRITE = "write"
    ASSUME_REFUSAL = "assume_refusal"
    CLOSE = "close"
    LET_GO = "let_go"
    RECONTACT = "recontact"
    DONE = "done"


class Rule(StrEnum):
    """Why: the row of the decision table that matched."""

    MISSED_CALL = "missed-call"
    LEARN_FROM_REFUSAL = "learn-from-refusal"
    KEPT_ON_FILE = "kept-on-file"
    RESULT_KNOWN = "result-known"
    INTERVIEW_AHEAD = "interview-ahead"
    AGREEMENT_MISSING = "agreement-missing"
    SILENCE_IS_REFUSAL = "silence-is-refusal"
    LETTER_UNANSWERED = "letter-unanswered"
    NOT_INTERESTED = "not-interested"
    NOT_REACHED = "not-reached"
    YOUR_TURN = "your-turn"
    MAY_NOT_CALL = "may-not-call"
    ALREADY_ASKED = "already-asked"
    WINDOW_OPEN = "window-open"
    PROMISE_LAPSED = "promise-lapsed"
    WINDOW_CLOSED = "window-closed"


class State(StrEnum):
    """How a moment relates to a step's due time."""

    WAITING = "waiting"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class NextStep(Generic[P]):
    """Instants are in the candidate's zone; recompute at `expires`, if set."""

    step: Step
    rule: Rule
    due: datetime | None
    expires: datetime | None
    person: P | None
    reason: Reason


def state_of(due: datetime | None, *, now: datetime, zone: tzinfo) -> State | None:
    """Waiting before it is due, due until the end of that local day, overdue after.

    A step without a due time (`done`) has no state.
    """
    if due is None:
        return None
    if as_utc(now) < as_utc(due):
        return State.WAITING
    if now.astimezone(zone).date() <= due.astimezone(zone).date():
        return State.DUE
    return State.OVERDUE


def is_later_today(due: datetime | None, *, now: datetime) -> bool:
    """Whether it falls due at an hour that is still to come today. `now` is local."""
    if due is None or as_utc(due) <= as_utc(now):
        return False
    return due.astimezone(now.tzinfo).date() == now.date()
