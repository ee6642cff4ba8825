"""Record a fact once when its form is sent twice.

Each form carries a submission id. The lock of the interview's row makes the second of two equal
posts wait for the first, and then find what it recorded.
"""

from typing import TypeVar
from uuid import UUID

from interviews.models import Agreement, Contact, Interview, Result

Fact = TypeVar("Fact", Agreement, Contact)


def already_recorded(
    noun: type[Fact], interview: Interview, submission_id: UUID | None
) -> Fact | None:
    if submission_id is None:
        return None
    rows = noun._default_manager.filter(interview=interview, submission_id=submission_id)
    return rows.first()


def already_answered(interview: Interview, submission_id: UUID | None) -> Result | None:
    """Return the interview's result if this form recorded it, or one that it replaced."""
    result = Result.objects.filter(interview=interview).first()
    if result is None or str(submission_id) not in result.submissions:
        return None
    return result
