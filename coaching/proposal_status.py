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


def status_of(proposed: ProposalFacts, *, today: date, now: datetime) -> ProposalStatus:
    """`today` is in the candidate's zone, to which `by_on` belongs."""
    if _is_past(proposed, today, now) or _is_done(proposed, now):
        return ProposalStatus.OVER
    if proposed.answer == "accepted":
        return ProposalStatus.TO_DO
    return ProposalStatus.DECLINED if proposed.answer == "declined" else ProposalStatus.ASKED


def _is_past(proposed: ProposalFacts, today: date, now: datetime) -> bool:
    """Its day or the interview is over, or a result came later; a proposal made after a result
    takes it into account."""
    if proposed.is_cancelled or (proposed.by_on is not None and proposed.by_on < today):
        return True
    if proposed.action == "prepare" and proposed.ends_at <= now:
        return True
    return proposed.result_at is not None and proposed.result_at >= proposed.proposed_at


def _is_done(proposed: ProposalFacts, now: datetime) -> bool:
    """Done since it was accepted: as marked, or by a call or letter, compared by the minute, as
    contacts are recorded."""
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
