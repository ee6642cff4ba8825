"""Locks of rows, taken before facts are written and held until the transaction ends.

The order is: the candidate, then interviews, then reminders.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from interviews.models import Candidate, Interview, Reminder


def lock_candidate(candidate_id: UUID) -> None:
    """Lock the candidate before adding an interview or changing many: one such write at a time.

    Always taken before the locks of interviews, to avoid deadlocks.
    """
    rows = Candidate.objects.select_for_update(no_key=True).filter(pk=candidate_id)
    list(rows.values_list("pk", flat=True))


def lock_interviews(interview_ids: Iterable[UUID]) -> None:
    """Lock the rows until the transaction ends, always in the order of their keys.

    PostgreSQL locks the rows (NO KEY, so that rows that only point to one of them need not wait).
    SQLite ignores FOR UPDATE; there every transaction is IMMEDIATE and holds the write lock from
    its first statement on.
    """
    rows = Interview.objects.select_for_update(no_key=True).filter(pk__in=list(interview_ids))
    list(rows.order_by("pk").values_list("pk", flat=True))


def lock_interview(interview_id: UUID) -> Interview:
    """Lock the row and return its present state."""
    lock_interviews([interview_id])
    return Interview.objects.with_parties().get(pk=interview_id)


def lock_reminders(reminders: QuerySet[Reminder]) -> list[Reminder]:
    """Lock in the order of interview and key, as everybody does."""
    rows = reminders.select_for_update(no_key=True, of=("self",))
    return list(rows.order_by("interview_id", "pk"))
