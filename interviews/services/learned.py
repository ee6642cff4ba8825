"""What was learned: when it is to be reckoned anew, and what a candidate lets count for others."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from interviews.models import Learned


def reckon_soon(candidate_ids: Iterable[UUID], *, now: datetime) -> None:
    """A fact of theirs has changed. Rows are taken in the order of their keys, and after every
    other lock, so that nobody waits in a circle; whoever reckons holds them only to write."""
    rows = [Learned(candidate_id=pk, due_at=now) for pk in sorted(set(candidate_ids))]
    Learned.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["candidate"], update_fields=["due_at"]
    )
