"""A candidate with very many interviews, each with its own company, position and people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import TypeVar

from django.db.models import Model

from accounts.keys import new_key
from interviews.models import (
    Agreement,
    Candidate,
    Company,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Result,
    Vacancy,
)
from tests.support.people import make_contact, make_interview, make_result
from tests.support.step_factories import stand

M = TypeVar("M", bound=Model)
# The targets of foreign keys first.
ORDER: tuple[type[Model], ...] = (
    *(Company, Vacancy, Interlocutor, Interview, Participation),
    *(Agreement, Contact, Result),
)
# The mix of a long list: mostly waits, and some of everything else.
STEPS = ("call", "write", "weigh", "close", "assume_refusal", "let_go", "recontact")
TITLES = ("Product analyst", "Data engineer", "Team lead", "Researcher", "Controller")
NAMES = ("Anna Petrova", "Chloé Martin", "Omar Haddad", "Ruth Calder", "Tomas Roth", "Bill Ng")


def crowd(owner: Candidate, count: int, *, now: datetime) -> None:
    """Add `count` interviews in all states. Services make the first of each; the others are copies
    written in bulk, each with another company."""
    models = list(_models(owner, now))
    rows = [each for n, model in zip(range(count), cycle(models)) for each in _copied(model, n)]
    for noun in ORDER:
        noun._default_manager.bulk_create([row for row in rows if type(row) is noun], 500)
    Vacancy.objects.filter(pk__in=[model.vacancy_id for model in models]).delete()


def _models(owner: Candidate, now: datetime) -> Iterator[Interview]:
    for step in STEPS:
        row = stand(owner, step, now=now, company=step)
        thanked_at = row.ends_at + timedelta(hours=1)
        make_contact(row, now=now, at=thanked_at, channel="email", outcome="sent", purpose="thanks")
        yield row
    yield make_interview(owner, starts_at=now + timedelta(days=3), now=now, company="ahead")
    answered = make_interview(owner, starts_at=now - timedelta(days=9), now=now, company="known")
    make_result(answered, now=now, known_at=now - timedelta(days=2))
    yield answered
    yield make_interview(owner, starts_at=now - timedelta(days=2), now=now, company="waits")


def _copied(model: Interview, number: int) -> list[Model]:
    """Copy one interview with all that belongs to it and a company of its own, unsaved."""
    company = _like(model.vacancy.company, name=f"Company {number}")
    company.normalised_name = company.name.casefold()
    vacancy = _like(model.vacancy, company=company, title=f"{TITLES[number % 5]} {number}")
    row = _like(model, vacancy=vacancy)
    row.starts_at -= timedelta(minutes=number % 600)
    seats = list(model.participations.all())
    people = [
        _like(seat.interlocutor, company=company, name=f"{NAMES[number % 6]} {number}")
        for seat in seats
    ]
    if row.step_person_id is not None:
        row.step_person = people[0]
    taken = zip(seats, people, strict=True)
    facts: list[Model] = [*model.agreements.all(), *model.contacts.all()]
    facts += Result.objects.filter(interview=model)
    return [
        *(company, vacancy, *people, row),
        *(_like(seat, interview=row, interlocutor=person) for seat, person in taken),
        *(_like(fact, interview=row) for fact in facts),
    ]


def _like(row: M, **other: object) -> M:
    """Copy a row with some values changed, unsaved."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk = None if isinstance(row, Participation) else new_key()
    copy._state.adding = True
    for name, value in other.items():
        setattr(copy, name, value)
    return copy
