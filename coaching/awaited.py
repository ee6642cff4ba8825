"""Whether it is the candidate's turn: the coach has just suggested something."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from coaching.matters import classified
from coaching.permissions import CoachScope
from interviews.models import Proposal
from interviews.models.core.interview import InterviewQuerySet

# So long a candidate has for an answer before a suggestion's row needs the coach again.
ANSWER_TIME = timedelta(days=2)


def latest_proposals(sharing: CoachScope, keys: Collection[UUID]) -> dict[UUID, Proposal]:
    """The coach's newest proposal on each interview, unless declined or withdrawn."""
    if not keys:
        return {}
    return latest_of(sharing.proposals().standing().filter(interview__in=keys))


def latest_of(proposals: Iterable[Proposal]) -> dict[UUID, Proposal]:
    """The newest that stands, by interview."""
    told = sorted(proposals, key=lambda each: (each.proposed_at, each.pk))
    return {each.interview_id: each for each in told if each.is_standing}


def is_answer_awaited(proposal: Proposal | None, now: datetime) -> bool:
    return proposal is not None and proposal.proposed_at > now - ANSWER_TIME


def has_awaited(sharing: CoachScope, now: datetime) -> Exists:
    """`is_answer_awaited` of an interview's newest proposal, as a condition for queries."""
    own = Proposal.objects.standing().filter(interview=OuterRef("pk"))
    return Exists(own.filter(coaching__coach=sharing.coach, proposed_at__gt=now - ANSWER_TIME))


def needing_coach(sharing: CoachScope, *, now: datetime) -> InterviewQuerySet:
    """Rows with their `matter`, without those for which it is the candidate's turn."""
    return classified(sharing, now=now).exclude(has_awaited(sharing, now))
