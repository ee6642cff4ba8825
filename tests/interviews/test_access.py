"""Which rows a form offers: few enough to look through, and the right ones."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from interviews import access, queries
from interviews.models import Candidate, Company, Interlocutor, Interview
from tests.support import people
from tests.support.kept_data import Kept


@pytest.fixture(scope="module")
def now() -> datetime:
    return timezone.now()


@pytest.fixture(scope="module")
def kept_many(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, now: datetime
) -> Kept[Interview]:
    return Kept(lambda: make_many(now), django_db_blocker)


@pytest.fixture
def many(db: None, kept_many: Kept[Interview]) -> Interview:
    return kept_many.put_back()


@pytest.fixture
def alice(many: Interview) -> Candidate:
    return many.candidate


@pytest.fixture
def charlie(many: Interview) -> Candidate:
    return Candidate.objects.get(user__name="Charlie")


def make_many(now: datetime) -> Interview:
    """An interview of long ago with Anna; thirty people and positions noted since."""
    alice = people.make_candidate(people.make_user("Alice"))
    charlie = people.make_candidate(people.make_user("Charlie"))
    first = people.make_interview(alice, starts_at=now - timedelta(days=90), now=now)
    for number in range(30):
        name = f"Person {number:02}"
        people.make_interview(
            alice,
            starts_at=now,
            now=now,
            company=f"Company {number:02}",
            people=[(name, "recruiter")],
        )
    people.make_interview(charlie, starts_at=now, now=now, people=[("Zoe", "recruiter")])
    return first


def names(rows: list[Interlocutor]) -> list[str]:
    return [row.name for row in rows]


def test_who_took_part_is_offered_however_long_ago(alice: Candidate, many: Interview) -> None:
    offered = names(queries.people_near(alice, interview=many))
    assert len(offered) == 25
    assert "Anna Petrova" in offered
    assert "Zoe" not in offered
    assert offered == sorted(offered)
    assert "Anna Petrova" not in names(queries.people_near(alice))


def test_people_of_the_same_company_come_next(alice: Candidate, many: Interview) -> None:
    colleague = Interlocutor.objects.create(
        candidate=alice, name="Aron", company=many.vacancy.company
    )
    Interlocutor.objects.filter(pk=colleague.pk).update(created_at="2020-01-01T00:00Z")
    assert "Aron" in names(queries.people_near(alice, interview=many))


def test_whoever_is_asked_for_besides(alice: Candidate, many: Interview) -> None:
    anna = Interlocutor.objects.get(name="Anna Petrova")
    assert "Anna Petrova" in names(queries.people_near(alice, besides=[anna.pk, None]))


def test_positions_noted_last(alice: Candidate, many: Interview) -> None:
    offered = queries.recent_vacancies_of(alice)
    assert len(offered) == 25
    assert many.vacancy not in offered


def test_company_names_noted_last(alice: Candidate, many: Interview) -> None:
    assert queries.company_names_of(alice)[0] == "Company 29"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ({}, True),
        ({"phone": "+49 30 901820"}, True),
        ({"phone": "+49 40 1"}, False),
        ({"email": "anna@acme.example"}, False),
    ],
)
def test_a_typed_name_that_is_known(
    alice: Candidate, many: Interview, typed: dict[str, str], is_found: bool
) -> None:
    acme = many.vacancy.company
    found = access.find_person(alice, name="Anna Petrova", company=acme, **typed)
    assert (found is not None) == is_found


def test_a_known_name_elsewhere_is_somebody_else(
    alice: Candidate, charlie: Candidate, many: Interview
) -> None:
    other = Company.objects.get(candidate=alice, name="Company 01")
    assert access.find_person(alice, name="Anna Petrova", company=other) is None
    acme = many.vacancy.company
    assert access.find_person(charlie, name="Anna Petrova", company=acme) is None
    assert access.find_person(alice, name="Anna Petrova", company=Company(name="New")) is None
