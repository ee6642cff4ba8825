"""The candidate's open waits as the reader's values.

A wait is the last open interview of a position, or a position that has none yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Q

from integrations.inbound.world import Candidate as Owner
from integrations.inbound.world import Person, Service, Wait, World
from interviews.models import (
    Candidate,
    InboundAddress,
    Interlocutor,
    Interview,
    MailProposal,
    Participation,
    Result,
    Vacancy,
)

# Of the last mails that belong to a wait.
THREADS_MAX = 1000
# Positions before an interview that may still be answered.
BEFORE_INTERVIEW = (Vacancy.State.APPLIED, Vacancy.State.IN_TALKS, Vacancy.State.OFFER)


@dataclass(frozen=True, slots=True)
class Facts:
    """`waits` says to what each of the reader's keys belongs."""

    world: World
    owner: Owner
    waits: Mapping[str, Interview | Vacancy]

    def position_of(self, key: str) -> UUID:
        return _vacancy_of(self.waits[key]).pk


def facts_of(candidate: Candidate, *, now: datetime) -> Facts:
    waits: dict[str, Interview | Vacancy] = {
        **{str(each.pk): each for each in _open_interviews(candidate)},
        **{str(each.pk): each for each in _positions(candidate)},
    }
    vacancies = {_vacancy_of(each).pk: _vacancy_of(each) for each in waits.values()}
    people, threads = _people(candidate, vacancies.values()), _threads(candidate)
    address = InboundAddress.objects.filter(candidate=candidate).first()
    owner = Owner(
        id=str(candidate.pk),
        name=candidate.user.name,
        addresses=_addresses(candidate),
        inbound_address=address.email if address else "",
        zone=candidate.zone,
        waits=tuple(_wait(key, _vacancy_of(each), people, threads) for key, each in waits.items()),
    )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    service = Service(settings.INBOUND_AUTHSERV_ID, sender)
    return Facts(World((owner,), service, now), owner, waits)


def _vacancy_of(wait: Interview | Vacancy) -> Vacancy:
    return wait.vacancy if isinstance(wait, Interview) else wait


def _open_interviews(candidate: Candidate) -> list[Interview]:
    """The last one of each position; others of the same position are continued by it."""
    still = (
        Q(result__isnull=True)
        | Q(result__kind=Result.Kind.NEXT_STAGE, result__next_interview__isnull=True)
        | Q(result__kind=Result.Kind.OFFER, result__offer_answer=Result.Answer.OPEN)
    )
    rows = Interview.objects.not_cancelled().filter(still, candidate=candidate)
    rows = rows.exclude(vacancy__state=Vacancy.State.CLOSED)
    last: dict[UUID, Interview] = {}
    for each in rows.select_related("vacancy__company", "vacancy__agency").order_by("starts_at"):
        last[each.vacancy_id] = each
    return list(last.values())


def _positions(candidate: Candidate) -> Iterable[Vacancy]:
    rows = Vacancy.objects.filter(candidate=candidate, state__in=BEFORE_INTERVIEW)
    return rows.filter(interviews__isnull=True).select_related("company", "agency")


def _addresses(candidate: Candidate) -> tuple[str, ...]:
    verified = EmailAddress.objects.filter(user=candidate.user, verified=True)
    return tuple({candidate.user.email, *verified.values_list("email", flat=True)})


def _people(candidate: Candidate, vacancies: Iterable[Vacancy]) -> Mapping[UUID, list[Person]]:
    """By position: who was met there, and those of the company or agency who were met at none."""
    found: dict[UUID, list[Person]] = {each.pk: [] for each in vacancies}
    met: dict[UUID, set[UUID]] = {}
    places = Participation.objects.filter(interview__vacancy__in=list(found))
    for key, vacancy in places.values_list("interlocutor", "interview__vacancy"):
        met.setdefault(key, set()).add(vacancy)
    for row in Interlocutor.objects.filter(candidate=candidate):
        person = Person(row.name, row.email, row.phone)
        for each in vacancies:
            is_theirs = row.company_id is not None and row.company_id in (
                each.company_id,
                each.agency_id,
            )
            if each.pk in met.get(row.pk, ()) or (row.pk not in met and is_theirs):
                found[each.pk].append(person)
    return found


def _threads(candidate: Candidate) -> Mapping[UUID, set[str]]:
    """By position: Message-IDs of mails that belong to it."""
    told = candidate.mail_proposals.exclude(status=MailProposal.Status.DISMISSED)
    told = told.exclude(message_ids=[]).order_by("-created_at")
    rows = told.values_list("interview__vacancy", "vacancy", "message_ids")
    found: dict[UUID, set[str]] = {}
    for of_interview, alone, message_ids in rows[:THREADS_MAX]:
        if vacancy := of_interview or alone:
            found.setdefault(vacancy, set()).update(message_ids)
    return found


def _wait(
    key: str,
    vacancy: Vacancy,
    people: Mapping[UUID, list[Person]],
    threads: Mapping[UUID, set[str]],
) -> Wait:
    return Wait(
        id=key,
        company=vacancy.company.name,
        also_known_as=(vacancy.agency.name,) if vacancy.agency else (),
        position=vacancy.title,
        people=tuple(people[vacancy.pk]),
        message_ids=frozenset(threads.get(vacancy.pk, ())),
    )
