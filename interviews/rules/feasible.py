"""From when a step can be taken, and which of several comes first. No step depends on it."""

from datetime import datetime
from typing import Any

from .calendar import contact_moment, date_of
from .facts import Candidate, as_utc
from .step import NextStep, Rule, Step

# Of what can be done now; calls first, because offices close.
_ORDER = (
    Step.PREPARE,
    Step.CALL,
    Step.FIX_AGREEMENT,
    Step.WRITE,
    Step.RECONTACT,
    Step.WEIGH,
    Step.ASSUME_REFUSAL,
    Step.CLOSE,
    Step.LET_GO,
    Step.DONE,
)
Urgency = tuple[bool, int, datetime]


def possible_from(candidate: Candidate, step: NextStep[Any], now: datetime) -> datetime | None:
    """The next contact moment, local, of a call that is due at another hour; None for all else.

    A call that the candidate agreed to make is possible at any hour of that day.
    """
    if step.step != Step.CALL or step.due is None or as_utc(now) < as_utc(step.due):
        return None
    agreed_on = date_of(candidate, step.due) if step.rule == Rule.YOUR_TURN else None
    moment = contact_moment(candidate, as_utc(now))
    if moment == as_utc(now) or agreed_on == date_of(candidate, now):
        return None
    return moment.astimezone(candidate.zone)


def urgency(step: NextStep[Any], *, possible_from: datetime | None, now: datetime) -> Urgency:
    """Sorts due steps: what can be done now comes first, then by step, then the longest due."""
    due = now if step.due is None else step.due
    return possible_from is not None, _ORDER.index(step.step), as_utc(due)
