"""Rows in numbers: candidates with an answer promised by last Friday, and many such waits."""

from datetime import UTC, datetime

from accounts.keys import new_key
from interviews.models import Agreement, Candidate, Interview, Participation
from tests.support.people import make_candidate, make_user
from tests.support.step_factories import stand

# A Monday, 10:00 in Berlin.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def candidate(name: str) -> Candidate:
    return make_candidate(make_user(name))


def waiting(owner: Candidate) -> Interview:
    """A call due at NOW, made through the services."""
    return stand(owner, "call", now=NOW)


def copies(interview: Interview, count: int) -> list[Interview]:
    """Add this many waits of the same candidate with their facts, in bulk."""
    rows = [_copy(interview) for _ in range(count)]
    Interview.objects.bulk_create(rows, batch_size=500)
    agreement, person = interview.agreements.get(), interview.participations.get()
    Agreement.objects.bulk_create(
        [Agreement(**_fields(agreement), id=new_key(), interview=row) for row in rows],
        batch_size=500,
    )
    Participation.objects.bulk_create(
        [Participation(**_fields(person), interview=row) for row in rows], batch_size=500
    )
    return rows


def _copy(interview: Interview) -> Interview:
    row = Interview.objects.get(pk=interview.pk)
    row.pk = new_key()
    row._state.adding = True
    return row


def _fields(fact: Agreement | Participation) -> dict[str, object]:
    """Return the row's values without its key and its interview."""
    names = {field.attname for field in fact._meta.concrete_fields} - {"id", "interview_id"}
    return {name: getattr(fact, name) for name in names}
