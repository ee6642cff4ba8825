"""Who may see or change this? Every fetch of an object goes through one function here.

A stranger gets 404, never 403: not even the existence of an object is told. What has to do with
coaches is asked of `let_in.py`, and what a coach may see of others of `coach_access.py`.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from accounts.models import AuditEntry, DeletionRequest, User
from interviews.models import (
    Agreement,
    CalendarFeed,
    Candidate,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    OwnLetter,
    Reminder,
    Result,
    Vacancy,
    bare_name,
    normalise_name,
)
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.listed import Listed
from interviews.rules import Step

M = TypeVar("M", bound=Model)
# What a form offers to choose from is looked through with the eyes.
OFFERED_MAX = 25
NAMES_MAX = 50
Visitor = User | AnonymousUser


def find_candidate(user: Visitor) -> Candidate | None:
    if not user.is_authenticated:
        return None
    try:
        return user.candidate  # fetched with the user (accounts/backend.py)
    except Candidate.DoesNotExist:
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no reminder is mailed to somebody's address."""

    address: str
    reply: str
    refused_at: datetime


def find_refusal(user: User) -> Refusal | None:
    """Of who is signed in; it was fetched with the user (accounts/backend.py)."""
    if user.refused_at is None:
        return None
    return Refusal(user.email, user.refused_with or "", user.refused_at)


def record_of(user: User) -> QuerySet[AuditEntry]:
    """Who did what to this user's data, newest first."""
    return AuditEntry.objects.about(user)


def names_of_others(entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    """By entry, who it was, where it was somebody else than whose data it is. One query."""
    others = {each.pk: each.actor_id for each in entries if each.actor_id != each.subject_id}
    actors = {key for key in others.values() if key}
    known = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    gone = gettext("Somebody who has left")
    return {pk: known.get(actor, gone) for pk, actor in others.items() if actor}


def titles_of(user: User, keys: Collection[UUID]) -> dict[UUID, str]:
    """By key, what the user's interviews are called; no query where none is asked for."""
    if not keys:
        return {}
    rows = Interview.objects.filter(pk__in=keys, candidate__user=user)
    return {row.pk: str(row) for row in rows.select_related("vacancy__company")}


def find_deletion_request(user: User) -> DeletionRequest | None:
    """What the user asked of the account; it was fetched with the user (accounts/backend.py)."""
    try:
        return user.deletion_request
    except DeletionRequest.DoesNotExist:
        return None


def get_interview(
    user: Visitor,
    pk: UUID,
    *,
    also: Collection[str] = (),
    told: Mapping[str, Subquery] | None = None,
) -> Interview:
    """`also`: what else its page shows of rows that are one for each interview; `told`: what of
    those that are several, by the name that it gets on the interview."""
    rows = Interview.objects.with_parties().select_related("continues", "result__next_interview")
    rows = rows.select_related(*also) if also else rows
    return own(rows.annotate(**told or {}), user, "candidate__user", pk)


def told_of_lacking() -> Subquery:
    """To be fetched with an interview, as `lacking_told`; `lacking_of` reads it."""
    lacking = Competence.objects.filter(results__interview=OuterRef("pk")).order_by()
    values = JSONObject(place="normalised_name", name="name")
    return Subquery(
        lacking.values("results__interview").annotate(told=Listed(values)).values("told")
    )


def lacking_of(interview: Interview) -> list[str]:
    """By name, what its result says was lacking."""
    told = getattr(interview, "lacking_told", None) or []
    return [each["name"] for each in sorted(told, key=lambda each: each["place"])]


def get_agreement(user: Visitor, pk: UUID) -> Agreement:
    rows = Agreement.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_contact(user: Visitor, pk: UUID) -> Contact:
    rows = Contact.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_result(user: Visitor, pk: UUID) -> Result:
    rows = Result.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_vacancy(user: Visitor, pk: UUID) -> Vacancy:
    return own(Vacancy.objects.select_related("company"), user, "candidate__user", pk)


def get_company(user: Visitor, pk: UUID) -> Company:
    return own(Company.objects.all(), user, "candidate__user", pk)


def get_competence(user: Visitor, pk: UUID) -> Competence:
    return own(Competence.objects.all(), user, "candidate__user", pk)


def get_interlocutor(user: Visitor, pk: UUID) -> Interlocutor:
    return own(Interlocutor.objects.select_related("company"), user, "candidate__user", pk)


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
    return get_object_or_404(Candidate.objects.select_related("user"), pk=pk)


def interviews_of(candidate: Candidate) -> InterviewQuerySet:
    return Interview.objects.of(candidate).with_parties()


def invited_of(candidate: Candidate, uids: Iterable[str]) -> dict[str, Interview]:
    """The interviews that came from the invitations of these keys. One query."""
    known = interviews_of(candidate).filter(invitation_uid__in=list(filter(None, uids)))
    return {interview.invitation_uid: interview for interview in known}


def vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    return Vacancy.objects.filter(candidate=candidate).select_related("company")


def open_vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    """Her positions that are not settled yet, the most attractive first, then the newest."""
    undecided = Interview.objects.undecided().filter(vacancy=OuterRef("pk"))
    ranked = [F(name).desc(nulls_last=True) for name in ("attractiveness", "desire")]
    return vacancies_of(candidate).filter(Exists(undecided)).order_by(*ranked, "-created_at", "pk")


def companies_of(candidate: Candidate) -> QuerySet[Company]:
    return Company.objects.filter(candidate=candidate)


def names_alike(candidate: Candidate, names: Iterable[str]) -> dict[str, str]:
    """By each name that is none of her companies', that of a known one which it may stand for."""
    known = list(companies_of(candidate).values_list("name", flat=True))
    same = set(map(normalise_name, known))
    alike = {bare_name(name): name for name in known}
    new = [name for name in names if name and normalise_name(name) not in same]
    return {name: alike[bare_name(name)] for name in new if bare_name(name) in alike}


def interlocutors_of(candidate: Candidate) -> QuerySet[Interlocutor]:
    return Interlocutor.objects.filter(candidate=candidate).select_related("company")


def people_of(candidate: Candidate, *, words: Iterable[str] = ()) -> list[Interlocutor]:
    """Her people by name, as people sort names; of them those with all `words` in the name or in
    the company's. Compared here, since SQLite knows the case of ASCII letters alone."""
    sought = [folded(word) for word in words]
    found = sorted(interlocutors_of(candidate), key=lambda person: folded(person.name))
    return [person for person in found if _holds_all(_names(person), sought)]


def _names(person: Interlocutor) -> str:
    return folded(f"{person.name}\n{person.company.name if person.company else ''}")


def interviews_about(candidate: Candidate, *, words: Iterable[str]) -> list[UUID]:
    """The keys of her interviews, newest first, whose position, company and agency hold all
    `words` between them. Compared here, as people are."""
    sought = [folded(word) for word in words]
    names = ("vacancy__title", "vacancy__company__name", "vacancy__agency__name")
    rows = Interview.objects.of(candidate).order_by("-starts_at", "pk").values_list("pk", *names)
    return [pk for pk, *said in rows if _holds_all(folded("\n".join(filter(None, said))), sought)]


def companies_named(candidate: Candidate, *, words: Iterable[str]) -> list[Company]:
    """Her companies by name, of them those with all `words` in it."""
    sought = [folded(word) for word in words]
    return [each for each in companies_of(candidate) if _holds_all(folded(each.name), sought)]


def _holds_all(text: str, sought: Iterable[str]) -> bool:
    return all(word in text for word in sought)


def waiting_companies_of(
    candidate: Candidate, *, most: int, besides: UUID | None = None
) -> list[tuple[UUID, str]]:
    """Key and name of at most so many companies with something open, by name; of more those
    with what comes due first. `besides` is among them, if it is hers and has interviews."""
    rows = Interview.objects.of(candidate).not_cancelled()
    rows = rows.filter(~Q(step=Step.DONE.value) | Q(vacancy__company=besides))
    is_other = Case(When(vacancy__company=besides, then=0), default=1)
    named = rows.values_list("vacancy__company", "vacancy__company__name")
    found = named.annotate(is_other=is_other, first_due_at=Min("step_due_at"))
    chosen = found.order_by("is_other", "first_due_at", "vacancy__company")[:most]
    return sorted(((row[0], row[1]) for row in chosen), key=lambda row: folded(row[1]))


def folded(name: str) -> str:
    """Without case and accents, for sorting and finding."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def people_near(
    candidate: Candidate, *, interview: Interview | None = None, besides: Iterable[UUID | None] = ()
) -> list[Interlocutor]:
    """Whom a form offers, by name: who took part in the interview, `besides`, people of its
    companies, then whoever was noted last. No more than can be looked through."""
    took_part = [When(participations__interview=interview, then=0)] if interview else []
    companies = [interview.vacancy.company_id, interview.vacancy.agency_id] if interview else []
    farness = Case(
        *took_part,
        When(pk__in=[pk for pk in besides if pk], then=0),
        When(company__in=[pk for pk in companies if pk], then=1),
        default=2,
    )
    rows = interlocutors_of(candidate).annotate(farness=Min(farness))
    nearest = rows.order_by("farness", "-created_at", "pk")[:OFFERED_MAX]
    return sorted(nearest, key=lambda person: folded(person.name))


def people_in(interview: Interview) -> QuerySet[Interlocutor]:
    """Who took part in it, and whom its next step names: the only ones that a mail's link shows."""
    took_part = interview.participations.values("interlocutor")
    return interlocutors_of(interview.candidate).filter(
        Q(pk__in=took_part) | Q(pk=interview.step_person_id)
    )


def find_person(
    candidate: Candidate, *, name: str, company: Company, phone: str = "", email: str = ""
) -> Interlocutor | None:
    """Somebody of this company who is noted already, unless what is said now differs."""
    found = interlocutors_of(candidate).filter(name=name, company=company.pk).first()
    if found is None or phone not in ("", found.phone) or email not in ("", found.email):
        return None
    return found


def recent_vacancies_of(candidate: Candidate) -> list[Vacancy]:
    """The positions a form offers for another interview: those noted last."""
    return list(vacancies_of(candidate).order_by("-created_at", "pk")[:OFFERED_MAX])


def company_names_of(candidate: Candidate) -> list[str]:
    """Names to propose while one is typed: those noted last. Any other is known all the same,
    once it is typed in full."""
    return list(companies_of(candidate).order_by("-pk").values_list("name", flat=True)[:NAMES_MAX])


def find_last_interlocutor(interview: Interview) -> Interlocutor | None:
    """Whom it was last spoken with, else who is to answer, else the lead. One query."""
    reached = interview.contacts.filter(outcome=Contact.Outcome.REACHED).order_by("-at", "-id")
    agreements = interview.agreements.order_by("-made_at", "-id")
    places = interview.participations.order_by("position")
    known = Coalesce(
        Subquery(reached.values("person")[:1]),
        Subquery(agreements.values("responsible")[:1]),
        Subquery(places.values("interlocutor")[:1]),
    )
    return interlocutors_of(interview.candidate).filter(pk=known).first()


def name_of(pk: UUID | None, candidate: Candidate) -> str | None:
    """The name of one of the candidate's people."""
    if pk is None:
        return None
    return interlocutors_of(candidate).filter(pk=pk).values_list("name", flat=True).first()


def competences_of(candidate: Candidate) -> QuerySet[Competence]:
    return Competence.objects.filter(candidate=candidate)


def own_letters_of_each(candidates: Iterable[UUID]) -> dict[UUID, dict[str, OwnLetter]]:
    """As `own_letters_of`, for many candidates in one query."""
    letters: dict[UUID, dict[str, OwnLetter]] = {candidate: {} for candidate in candidates}
    if letters:
        for letter in OwnLetter.objects.filter(candidate__in=list(letters)):
            letters[letter.candidate_id][letter.occasion] = letter
    return letters


def own_letters_of(candidate: Candidate) -> dict[str, OwnLetter]:
    """Her own texts by occasion, for any number of letters."""
    return {own.occasion: own for own in OwnLetter.objects.filter(candidate=candidate)}


# As many as can be looked over before tapping.
LACKING_SHOWN = 20


def lacking_counts(candidate: Candidate, *, also: Collection[str] = ()) -> list[tuple[str, int]]:
    """What was lacking most often, by name, with the number of results; `also` in any case."""
    rows = competences_of(candidate).annotate(count=Count("results")).order_by("-count", "name")
    held = list(rows.filter(name__in=also).values_list("name", "count")) if also else []
    frequent = rows.exclude(name__in=also).values_list("name", "count")
    return held + list(frequent[: max(0, LACKING_SHOWN - len(held))])


def own(rows: QuerySet[M], user: Visitor, owner: str, pk: UUID) -> M:
    if not user.is_authenticated:
        raise Http404
    return get_object_or_404(rows, pk=pk, **{owner: user})
