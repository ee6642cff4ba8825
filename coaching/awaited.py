"""Whether it is the candidate's turn: the coach has just suggested something."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from interviews.models import Proposal

# After this time without an answer, a row for which something was suggested needs the coach again.
ANSWER_TIME = timedelta(days=2)


def latest_of(proposals: Iterable[Proposal]) -> dict[UUID, Proposal]:
    """The newest that stands, by interview."""
    told = sorted(proposals, key=lambda each: (each.proposed_at, each.pk))
    return {each.interview_id: each for each in told if each.is_standing}


def is_answer_awaited(proposal: Proposal | None, now: datetime) -> bool:
    """Not once it is done, or anything was recorded since: that may need the coach again."""
    if proposal is None or proposal.done_at is not None:
        return False
    active_at = proposal.interview.active_at
    is_newest = active_at is None or active_at <= proposal.proposed_at
    return is_newest and proposal.proposed_at > now - ANSWER_TIME
