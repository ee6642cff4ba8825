"""Who may see or change this? Every fetch of an object goes through one function here.

A stranger gets 404, never 403: not even the existence of an object is told.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from interviews.models import (
    Agreement,
    CalendarFeed,
    Candidate,
    Coaching,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Reminder,
    Result,
    Vacancy,
)
from interviews.models.interview import InterviewQuerySet

M = TypeVar("M", bound=Model)
Visitor = User | AnonymousUser


def find_candidate(user: Visitor) -> Candidate | None:
    if not user.is_authenticated:
        return None
    return Candidate.objects.select_related("user").filter(user=user).first()


def get_interview(user: Visitor, pk: UUID) -> Interview:
    return _own(Interview.objects.with_parties(), user, "candidate__user", pk)


def get_agreement(user: Visitor, pk: UUID) -> Agreement:
    rows = Agreement.objects.select_related("interview__candidate", "interview__vacancy__company")
    return _own(rows, user, "interview__candidate__user", pk)


def get_contact(user: Visitor, pk: UUID) -> Contact:
    rows = Contact.objects.select_related("interview__candidate", "interview__vacancy__company")
    return _own(rows, user, "interview__candidate__user", pk)


def get_result(user: Visitor, pk: UUID) -> Result:
    rows = Result.objects.select_related("interview__candidate", "interview__vacancy__company")
    return _own(rows, user, "interview__candidate__user", pk)


def get_vacancy(user: Visitor, pk: UUID) -> Vacancy:
    return _own(Vacancy.objects.select_related("company"), user, "candidate__user", pk)


def get_company(user: Visitor, pk: UUID) -> Company:
    return _own(Company.objects.all(), user, "candidate__user", pk)


def get_interlocutor(user: Visitor, pk: UUID) -> Interlocutor:
    return _own(Interlocutor.objects.select_related("company"), user, "candidate__user", pk)


def find_calendar_feed(candidate: Candidate) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(candidate=candidate).first()


def get_calendar_feed(token: str) -> CalendarFeed:
    """The feed of a secret address; 404 for one that has ended, or whose owner has."""
    rows = CalendarFeed.objects.select_related("candidate__user")
    return get_object_or_404(rows, token=token, candidate__user__is_active=True)


def find_linked_reminder(pk: UUID) -> Reminder | None:
    """The reminder that a signed link names; the caller has checked the signature."""
    rows = Reminder.objects.select_related(
        "candidate__user",
        "interview__candidate__user",
        "interview__vacancy__company",
        "interview__step_person",
        "interview__result",
    )
    return rows.filter(pk=pk).first()


def get_linked_candidate(pk: UUID | None) -> Candidate:
    """The candidate that a signed link names; 404 for a link that is not true."""
    return get_object_or_404(Candidate, pk=pk)


def interviews_of(candidate: Candidate) -> InterviewQuerySet:
    return Interview.objects.of(candidate).with_parties()


def find_invited(candidate: Candidate, uid: str) -> Interview | None:
    """The interview that came from the invitation of this key."""
    return interviews_of(candidate).filter(invitation_uid=uid).first() if uid else None


def candidates_shared_with(coach: Visitor, *, now: datetime) -> QuerySet[Candidate]:
    """The candidates who let this coach see their interviews now."""
    if not coach.is_authenticated:
        return Candidate.objects.none()
    open_now = Coaching.objects.active(now).filter(coach=coach, shares=Coaching.Shares.INTERVIEWS)
    return Candidate.objects.filter(coachings__in=open_now)


def vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    return Vacancy.objects.filter(candidate=candidate).select_related("company")


def companies_of(candidate: Candidate) -> QuerySet[Company]:
    return Company.objects.filter(candidate=candidate)


def interlocutors_of(candidate: Candidate) -> QuerySet[Interlocutor]:
    return Interlocutor.objects.filter(candidate=candidate).select_related("company")


def people_of(candidate: Candidate, *, words: Iterable[str] = ()) -> list[Interlocutor]:
    """Her people by name, as people sort names; of them those with all `words` in the name or in
    the company's. Compared here, since SQLite knows the case of ASCII letters alone."""
    sought = [folded(word) for word in words]
    found = sorted(interlocutors_of(candidate), key=lambda person: folded(person.name))
    return [person for person in found if all(word in _names(person) for word in sought)]


def _names(person: Interlocutor) -> str:
    return folded(f"{person.name}\n{person.company.name if person.company else ''}")


def folded(name: str) -> str:
    """Without case and accents, for sorting and finding."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def name_of(pk: UUID | None, candidate: Candidate) -> str | None:
    """The name of one of the candidate's people."""
    if pk is None:
        return None
    return interlocutors_of(candidate).filter(pk=pk).values_list("name", flat=True).first()


def competences_of(candidate: Candidate) -> QuerySet[Competence]:
    return Competence.objects.filter(candidate=candidate)


def _own(rows: QuerySet[M], user: Visitor, owner: str, pk: UUID) -> M:
    if not user.is_authenticated:
        raise Http404
    return get_object_or_404(rows, pk=pk, **{owner: user})
