"""What passed between the candidate and a contact: interviews, calls and letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.text import capfirst

from dashboard.interviews.history import contact_words
from interviews.models import Contact, Interlocutor, Interview, Participation
from interviews.models.core.interview import InterviewQuerySet
from interviews.text import dates


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One contact in a list."""

    person: Interlocutor
    role: str
    last_at: datetime | None
    last: str


def lines_of(people: Sequence[Interlocutor], *, now: datetime) -> list[PersonLine]:
    """One query for any number of people."""
    if not people:
        return []
    met = Participation.objects.filter(interlocutor=OuterRef("pk"), interview__starts_at__lte=now)
    met = met.filter(interview__cancelled_at=None).order_by("-interview__starts_at", "-pk")
    spoken = Contact.objects.filter(person=OuterRef("pk")).order_by("-at")
    rows = Interlocutor.objects.filter(pk__in=[person.pk for person in people]).values_list(
        "pk",
        Subquery(met.values("interview__starts_at")[:1]),
        Subquery(spoken.values("at")[:1]),
        Subquery(met.values("role")[:1]),
    )
    found = {pk: (max(filter(None, ats), default=None), role) for pk, *ats, role in rows}
    return [_line(person, *found.get(person.pk, (None, None)), now=now) for person in people]


def _line(
    person: Interlocutor, at: datetime | None, role: str | None, *, now: datetime
) -> PersonLine:
    last = dates.age(at.astimezone(now.tzinfo).date(), now=now) if at else ""
    said = person.position or (capfirst(str(Participation.Role(role).label)) if role else "")
    return PersonLine(person, said, at, last)


def interviews_with(person: Interlocutor) -> InterviewQuerySet:
    """Those in which the person took part, or is the one to call or write to."""
    took_part = Exists(person.participations.filter(interview=OuterRef("pk")))
    rows = Interview.objects.filter(took_part | Q(step_person=person), candidate=person.candidate)
    return rows.with_parties()


@dataclass(frozen=True, slots=True)
class Talk:
    """One interview, call or letter with a person."""

    at: datetime
    interview: Interview
    said: str
    role: str = ""


def talks_with(person: Interlocutor) -> list[Talk]:
    """All of them, the newest first."""
    rows = person.participations.select_related("interview__vacancy__company")
    interviews = [
        Talk(
            row.interview.starts_at,
            row.interview,
            str(row.interview.vacancy),
            row.get_role_display(),
        )
        for row in rows
    ]
    contacts = person.contacts.select_related("interview__vacancy__company")
    contacts_shown = [Talk(row.at, row.interview, contact_words(row)) for row in contacts]
    return sorted([*interviews, *contacts_shown], key=lambda talk: talk.at, reverse=True)
