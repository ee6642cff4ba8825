"""How fast a fact is recorded and the interview's next step recomputed and stored."""

from collections.abc import Callable

from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.pace import rate
from benchmarks.rows import NOW, candidate, waiting
from interviews.models import Contact, Interview
from interviews.services.contacts import delete_contact, record_contact

SECONDS = 1.5


def facts_per_second() -> Figure:
    where = database()
    interview = waiting(candidate("Facts"))
    bare = rate(_insert(interview), seconds=SECONDS, rounds=2)
    Contact.objects.filter(interview=interview).delete()
    return Figure(
        name="facts recorded",
        value=round(rate(_record(interview), seconds=SECONDS, rounds=2)),
        unit="1/s",
        yardstick=f"record_contact and taking it back, each one transaction with lock, decision "
        f"and reminders, on {where}; a bare INSERT and DELETE: {bare:,.0f}/s",
    )


def _contact(interview: Interview) -> Contact:
    return Contact(
        interview=interview, at=NOW, direction="out", channel="phone", outcome="no_answer"
    )


def _record(interview: Interview) -> Callable[[], int]:
    def work() -> int:
        contact = record_contact(contact=_contact(interview), now=NOW)
        delete_contact(contact=contact, now=NOW)
        return 2

    return work


def _insert(interview: Interview) -> Callable[[], int]:
    def work() -> int:
        contact = _contact(interview)
        contact.save(force_insert=True)
        Contact.objects.filter(pk=contact.pk)._raw_delete(using="default")
        return 2

    return work
