"""Match uploaded business cards with known people, and save the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.db import transaction

from accounts import signed_tokens
from interviews import queries
from interviews.models import Candidate, Interlocutor, bare_name, normalise_name
from interviews.services import locks
from interviews.services.companies import find_or_create_company
from interviews.services.interlocutors import save_interlocutor

# Fields that an import may fill in if they are empty; typed values are never replaced.
FILLED = ("position", "phone", "email")


@dataclass(frozen=True, slots=True)
class BusinessCard:
    name: str
    company: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    notes: str = ""

    def to_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Match:
    """A card, the known person it matches and what it would add to them; or the known company with
    nearly the card's company name."""

    card: BusinessCard
    known: Interlocutor | None = None
    adds: tuple[str, ...] = ()
    company: str = ""

    @property
    def is_needed(self) -> bool:
        return self.known is None or bool(self.adds)


class Acquaintances:
    """The candidate's people by email, or by name and company."""

    def __init__(self, people: Iterable[Interlocutor]) -> None:
        self._by_email: dict[str, Interlocutor] = {}
        self._by_name: dict[tuple[str, str], Interlocutor] = {}
        for person in people:
            self.add(person)

    def add(self, person: Interlocutor) -> None:
        company = person.company.name if person.company else ""
        self._by_name.setdefault((normalise_name(person.name), bare_name(company)), person)
        if person.email:
            self._by_email.setdefault(person.email.casefold(), person)

    def find(self, card: BusinessCard) -> Interlocutor | None:
        found = self._by_email.get(card.email.casefold()) if card.email else None
        by_name = (normalise_name(card.name), bare_name(card.company))
        return found or self._by_name.get(by_name)


def match_cards(*, candidate: Candidate, cards: Sequence[BusinessCard]) -> list[Match]:
    """Match each card with a person. Two queries."""
    known = Acquaintances(queries.interlocutors_of(candidate))
    alike = queries.names_alike(candidate, [card.company for card in cards])
    return [_match(card, known, alike) for card in cards]


def _match(card: BusinessCard, known: Acquaintances, alike: Mapping[str, str]) -> Match:
    person = known.find(card)
    if person is None:
        return Match(card, company=alike.get(card.company, ""))
    adds = [name for name in FILLED if getattr(card, name) and not getattr(person, name)]
    return Match(card, person, tuple(adds))


@dataclass(slots=True)
class Saved:
    added: list[Interlocutor] = field(default_factory=list)
    completed: list[Interlocutor] = field(default_factory=list)


@transaction.atomic
def save_cards(*, candidate: Candidate, cards: Sequence[BusinessCard]) -> Saved:
    """Save all cards or none. If the form is sent twice, the candidate's lock makes the second find
    everybody known."""
    locks.lock_candidate(candidate.pk)
    known, saved = Acquaintances(queries.interlocutors_of(candidate)), Saved()
    alike = queries.names_alike(candidate, [card.company for card in cards])
    for card in cards:
        match = _match(card, known, alike)
        if match.known is None:
            person = _create(candidate, card, company_name=match.company or card.company)
            saved.added.append(person)
            known.add(person)
        elif match.adds:
            for name in match.adds:
                setattr(match.known, name, getattr(card, name))
            saved.completed.append(save_interlocutor(interlocutor=match.known))
    return saved


def _create(candidate: Candidate, card: BusinessCard, *, company_name: str) -> Interlocutor:
    company = None
    if company_name:
        company = find_or_create_company(candidate=candidate, name=company_name)
    person = Interlocutor(
        candidate=candidate,
        company=company,
        name=card.name,
        position=card.position,
        phone=card.phone,
        email=card.email,
        notes=card.notes,
        origin=Interlocutor.Origin.CARD,
    )
    return save_interlocutor(interlocutor=person)


REVIEW = timedelta(days=1)


def sign_cards(cards: Iterable[BusinessCard], *, candidate: Candidate) -> str:
    """Sign the cards for the review page, so that nothing is stored before it is saved."""
    rows = [card.to_json() for card in cards]
    return signed_tokens.sign(rows, salt=_salt(candidate), is_long=True)


def read_signed(signed: str, *, candidate: Candidate) -> list[BusinessCard] | None:
    """Return None if it was altered, belongs to another candidate, or is a day old."""
    return signed_tokens.read(signed, _of_rows, salt=_salt(candidate), max_age=REVIEW)


def _of_rows(rows: list[dict[str, str]]) -> list[BusinessCard]:
    return [BusinessCard(**row) for row in rows]


def _salt(candidate: Candidate) -> str:
    return f"hearback.cards.{candidate.pk.hex}"
