"""Where a coach's proposal stands on the candidate's pages: values in, a state out.

The rules of the next step do not hear of proposals; this only says how long one is worth showing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# What leaves no fact of its own and has no day is shown so long after it was accepted.
SHOWN_AFTER_ACCEPTING = timedelta(days=14)


class ProposalStatus(StrEnum):
    ASKED = "asked"  # she may accept or decline
    TO_DO = "to-do"  # accepted, and not done yet
    DECLINED = "declined"  # she may still change her mind
    OVER = "over"  # done, or of no use any more


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """`action` and `answer` as the models say them; `last_out_at` is the newest call or letter to
    them, `result_at` when the result was recorded, each about this interview."""

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


def status_of(proposed: ProposalFacts, *, today: date, now: datetime) -> ProposalStatus:
    """`today` in the candidate's zone, in whose calendar `by_on` stands."""
    if _is_past(proposed, today, now) or _is_done(proposed, now):
        return ProposalStatus.OVER
    if proposed.answer == "accepted":
        return ProposalStatus.TO_DO
    return ProposalStatus.DECLINED if proposed.answer == "declined" else ProposalStatus.ASKED


def _is_past(proposed: ProposalFacts, today: date, now: datetime) -> bool:
    """Its day is over, the interview is, or a result has come since; a coach who proposes
    something after a result knows of it."""
    if proposed.is_cancelled or (proposed.by_on is not None and proposed.by_on < today):
        return True
    if proposed.action == "prepare" and proposed.ends_at <= now:
        return True
    return proposed.result_at is not None and proposed.result_at >= proposed.proposed_at


def _is_done(proposed: ProposalFacts, now: datetime) -> bool:
    """After it was accepted: said to be, or called or written, to the minute, as contacts are
    noted."""
    if proposed.done_at is not None:
        return True
    if proposed.answer != "accepted" or proposed.answered_at is None:
        return False
    if proposed.action in ("call", "write"):
        since = proposed.answered_at.replace(second=0, microsecond=0)
        return proposed.last_out_at is not None and proposed.last_out_at >= since
    if proposed.action == "other" and proposed.by_on is None:
        return proposed.answered_at + SHOWN_AFTER_ACCEPTING <= now
    return False
