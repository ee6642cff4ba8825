"""The status of a coach's proposal on the candidate's pages.

The rules of the next step do not know proposals; this only says how long one is shown.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# How long an accepted proposal without a day and without a fact of its own is shown.
SHOWN_AFTER_ACCEPTING = timedelta(days=14)


class ProposalStatus(StrEnum):
    ASKED = "asked"  # the candidate may accept or decline
    TO_DO = "to-do"  # accepted, and not done yet
    DECLINED = "declined"  # the candidate may still reconsider
    OVER = "over"  # done, or of no use any more


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """`action` and `answer` are the models' values; `last_out_at` is the newest outbound call or
    letter, `result_at` when the result was recorded, both about this interview."""

    action: str
    proposed_at: datetime
    ends_at: datetime
    by_on: date | None = None
    answer: str = ""
    answered_at: datetime | None = None
    done_at: datetime | None = None
    last_out_at: datetime | None = None
    result_at: datetime | None = None
    is_cancelled: bool = False


def status_of(facts: ProposalFacts, *, today: date, now: datetime) -> ProposalStatus:
    """`today` is in the candidate's zone, to which `by_on` belongs."""
    if _is_past(facts, today, now) or _is_done(facts, now):
        return ProposalStatus.OVER
    if facts.answer == "accepted":
        return ProposalStatus.TO_DO
    return ProposalStatus.DECLINED if facts.answer == "declined" else ProposalStatus.ASKED


def _is_past(facts: ProposalFacts, today: date, now: datetime) -> bool:
    """Its day or the interview is over, or a result came later; a proposal made after a result
    takes it into account."""
    if facts.is_cancelled or (facts.by_on is not None and facts.by_on < today):
        return True
    if facts.action == "prepare" and facts.ends_at <= now:
        return True
    return facts.result_at is not None and facts.result_at >= facts.proposed_at


def _is_done(facts: ProposalFacts, now: datetime) -> bool:
    """Done since it was accepted: as marked, or by a call or letter, compared by the minute, as
    contacts are recorded."""
    if facts.done_at is not None:
        return True
    if facts.answer != "accepted" or facts.answered_at is None:
        return False
    if facts.action in ("call", "write"):
        since = facts.answered_at.replace(second=0, microsecond=0)
        return facts.last_out_at is not None and facts.last_out_at >= since
    if facts.action == "other" and facts.by_on is None:
        return facts.answered_at + SHOWN_AFTER_ACCEPTING <= now
    return False
