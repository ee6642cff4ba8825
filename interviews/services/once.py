"""A double click or a resent form records a fact once.

Each form carries a key of its own. The lock of the interview's row makes the second of two
equal posts wait for the first, and then find what it recorded.
"""

from typing import TypeVar
from uuid import UUID

from interviews.models import Agreement, Contact, Interview, Result

Fact = TypeVar("Fact", Agreement, Contact, Result)


def already_recorded(
    noun: type[Fact], interview: Interview, submission_id: UUID | None
) -> Fact | None:
    if submission_id is None:
        return None
    rows = noun._default_manager.filter(interview=interview, submission_id=submission_id)
    return rows.first()
