"""What an account has already: its positions, companies and people, as an import looks for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from integrations.position_import import Person, PositionRow
from integrations.position_import.addresses import is_specific, key_of
from integrations.position_import.table import letters
from interviews.models import (
    Candidate,
    Company,
    Interlocutor,
    Interview,
    Vacancy,
    normalise_name,
)


@dataclass(slots=True)
class KnownPositions:
    """The candidate's positions by the address of the advertisement and by company and title."""

    by_address: dict[str, list[Vacancy]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[tuple[str, str], list[Vacancy]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, candidate: Candidate) -> "KnownPositions":
        found = cls()
        rows = Vacancy.objects.filter(candidate=candidate).select_related("company")
        for vacancy in rows.order_by("created_at", "pk"):
            found.add(vacancy)
        return found

    def add(self, vacancy: Vacancy) -> None:
        if key := key_of(vacancy.url):
            self.by_address[key].append(vacancy)
        self.by_name[_names(vacancy.company.name, vacancy.title)].append(vacancy)

    def same_as(self, row: PositionRow) -> Vacancy | None:
        """Return the position that the row tells of: the same rule as within one file."""
        key, names = key_of(row.advert_url), _names(row.company, row.position)
        for vacancy in self.by_address.get(key, ()) if key else ():
            others = _names(vacancy.company.name, vacancy.title)
            if names[1] == others[1] or (names[0] == others[0] and is_specific(key)):
                return vacancy
        found = (v for v in self.by_name.get(names, ()) if not _are_apart(row, key, v))
        return next(found, None)


def _names(company: str, title: str) -> tuple[str, str]:
    return letters(company), letters(title)


def _are_apart(row: PositionRow, key: str, vacancy: Vacancy) -> bool:
    days = {row.applied_on, vacancy.applied_on} - {None}
    keys = {key, key_of(vacancy.url)} - {""}
    return len(days) > 1 or len(keys) > 1


def known_rows(*, candidate: Candidate, rows: Sequence[PositionRow]) -> list[bool]:
    """Say for each row whether the account has its position already."""
    known = KnownPositions.of(candidate)
    return [known.same_as(row) is not None for row in rows]


@dataclass(slots=True)
class KnownPeople:
    """The candidate's people by address, and by name and company."""

    by_email: dict[str, Interlocutor] = field(default_factory=dict)
    by_name: dict[tuple[UUID | None, str], Interlocutor] = field(default_factory=dict)

    @classmethod
    def of(cls, candidate: Candidate) -> "KnownPeople":
        found = cls()
        for person in Interlocutor.objects.filter(candidate=candidate).order_by("created_at", "pk"):
            found.add(person)
        return found

    def add(self, person: Interlocutor) -> None:
        if person.email:
            self.by_email.setdefault(person.email.casefold(), person)
        self.by_name.setdefault((person.company_id, normalise_name(person.name)), person)

    def same_as(self, person: Person, company: Company) -> Interlocutor | None:
        by_email = self.by_email.get(person.email.casefold()) if person.email else None
        return by_email or self.by_name.get((company.pk, normalise_name(person.name)))


def companies_of(candidate: Candidate) -> dict[str, Company]:
    rows: Iterable[Company] = Company.objects.filter(candidate=candidate)
    return {company.normalised_name: company for company in rows}


def interviews_of(candidate: Candidate) -> dict[UUID, list[Interview]]:
    """By position, with their results."""
    found: dict[UUID, list[Interview]] = defaultdict(list)
    for interview in Interview.objects.filter(candidate=candidate).select_related("result"):
        found[interview.vacancy_id].append(interview)
    return found
