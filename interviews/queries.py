"""A candidate's rows: lists, sorts and searches.

Each function takes the owner; single rows come from `access.py`.
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import JSONObject

from interviews.models import (
    Candidate,
    ChannelKind,
    Company,
    Competence,
    Interlocutor,
    Interview,
    MailProposal,
    NotificationChannel,
    OwnLetter,
    Participation,
    PositionImport,
    PushDevice,
    Vacancy,
    bare_name,
    normalise_name,
)
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.json_list import JSONList
from interviews.quick_add import Known
from interviews.rules import Step

# How many choices a form shows.
OFFERED_MAX = 25
NAMES_MAX = 50
# How many names a typed line is compared with.
READ_MAX = 500
# How far from an interview the people of other companies are.
OF_OTHERS = 2
# How many names can be read before tapping one.
SKILL_GAPS_SHOWN = 20


def forwarding_confirmations(candidate: Candidate, *, since: datetime) -> QuerySet[MailProposal]:
    """Providers' requests to confirm forwarding."""
    return MailProposal.objects.filter(candidate=candidate).confirmations(since)


def position_imports_of(candidate: Candidate) -> QuerySet[PositionImport]:
    """Newest first, without the cells of the files."""
    rows = PositionImport.objects.filter(candidate=candidate)
    return rows.defer("table", "choices", "rest", "changes")


def skill_gaps_subquery() -> Subquery:
    """A subquery for an interview's annotation `skill_gaps`, which `skill_gaps_of` reads."""
    gaps = Competence.objects.filter(results__interview=OuterRef("pk")).order_by()
    values = JSONObject(place="normalised_name", name="name")
    return Subquery(
        gaps.values("results__interview").annotate(rows=JSONList(values)).values("rows")
    )


def skill_gaps_of(interview: Interview) -> list[str]:
    """The competences missing in its result, by name."""
    rows = getattr(interview, "skill_gaps", None) or []
    return [each["name"] for each in sorted(rows, key=lambda each: each["place"])]


def interviews_of(candidate: Candidate) -> InterviewQuerySet:
    return Interview.objects.of(candidate).with_parties()


def is_only_interview(interview: Interview) -> bool:
    others = Interview.objects.filter(candidate=interview.candidate_id).exclude(pk=interview.pk)
    return not others.exists()


def stages_subquery() -> Subquery:
    """A subquery for an interview's annotation `stages`, which `stages_of` reads."""
    stages = Interview.objects.filter(vacancy=OuterRef("vacancy"), cancelled_at=None).order_by()
    values = JSONObject(key="pk", stage="stage", place="starts_at")
    return Subquery(stages.values("vacancy").annotate(rows=JSONList(values)).values("rows"))


def stages_of(interview: Interview) -> list[tuple[UUID, str]]:
    """Key and stage of the interviews for the same position, in order."""
    rows = getattr(interview, "stages", None) or []
    in_order = sorted(rows, key=lambda each: (each["place"], each["key"]))
    return [(UUID(each["key"]), str(Interview.Stage(each["stage"]).label)) for each in in_order]


def invited_of(candidate: Candidate, uids: Iterable[str]) -> dict[str, Interview]:
    """The interviews created from invitations with these UIDs. One query."""
    known = interviews_of(candidate).filter(invitation_uid__in=list(filter(None, uids)))
    return {interview.invitation_uid: interview for interview in known}


def vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    return Vacancy.objects.filter(candidate=candidate).select_related("company")


def unclosed_vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    """Those that are not closed, the most attractive first, then the newest."""
    ranked = [F(name).desc(nulls_last=True) for name in ("attractiveness", "desire")]
    rows = vacancies_of(candidate).exclude(state=Vacancy.State.CLOSED)
    return rows.order_by(*ranked, "-created_at", "pk")


def open_vacancies_of(candidate: Candidate) -> QuerySet[Vacancy]:
    """Of these, those with an interview on which something is open."""
    undecided = Interview.objects.undecided().filter(vacancy=OuterRef("pk"))
    return unclosed_vacancies_of(candidate).filter(Exists(undecided))


def companies_of(candidate: Candidate) -> QuerySet[Company]:
    return Company.objects.filter(candidate=candidate)


def names_alike(candidate: Candidate, names: Iterable[str]) -> dict[str, str]:
    """For each new name, that of a known company which it may stand for."""
    known = list(companies_of(candidate).values_list("name", flat=True))
    same = set(map(normalise_name, known))
    alike = {bare_name(name): name for name in known}
    new = [name for name in names if name and normalise_name(name) not in same]
    return {name: alike[bare_name(name)] for name in new if bare_name(name) in alike}


def interlocutors_of(candidate: Candidate) -> QuerySet[Interlocutor]:
    return Interlocutor.objects.filter(candidate=candidate).select_related("company")


def people_of(candidate: Candidate, *, words: Iterable[str] = ()) -> list[Interlocutor]:
    """A candidate's people in alphabetical order: those with all `words` in their name or their
    company's. Compared in Python, since SQLite ignores case only for ASCII."""
    found = sorted(interlocutors_of(candidate), key=lambda person: folded(person.name))
    return [each for each in found if holds(words, each.name, getattr(each.company, "name", ""))]


def names_by_interview(candidate: Candidate) -> dict[UUID, list[str]]:
    rows = Participation.objects.filter(interview__candidate=candidate)
    names: dict[UUID, list[str]] = {}
    for pk, name in rows.values_list("interview", "interlocutor__name"):
        names.setdefault(pk, []).append(name)
    return names


def companies_named(candidate: Candidate, *, words: Iterable[str]) -> list[Company]:
    """Companies by name: those with all `words` in it."""
    return [each for each in companies_of(candidate) if holds(words, each.name)]


def holds(words: Iterable[str], *texts: str | None) -> bool:
    """Whether the texts together contain every word, without case and accents."""
    text = folded("\n".join(filter(None, texts)))
    return all(folded(word) in text for word in words)


def waiting_companies_of(
    candidate: Candidate, *, most: int, besides: UUID | None = None
) -> list[tuple[UUID, str]]:
    """Key and name of some companies with something open, by name; if there are more, those with
    the earliest due times. `besides` is included if the candidate has interviews there."""
    rows = Interview.objects.of(candidate).not_cancelled()
    rows = rows.filter(~Q(step=Step.DONE.value) | Q(vacancy__company=besides))
    is_other = Case(When(vacancy__company=besides, then=0), default=1)
    named = rows.values_list("vacancy__company", "vacancy__company__name")
    found = named.annotate(is_other=is_other, first_due_at=Min("step_due_at"))
    chosen = found.order_by("is_other", "first_due_at", "vacancy__company")[:most]
    return sorted(((row[0], row[1]) for row in chosen), key=lambda row: folded(row[1]))


def folded(name: str) -> str:
    """Without case and accents, for sorting and searching."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def people_near(
    candidate: Candidate, *, interview: Interview | None = None, besides: Iterable[UUID | None] = ()
) -> list[Interlocutor]:
    """The people that a form offers, by name: participants of the interview, `besides`, people of
    its companies, then the most recent ones, up to a limit."""
    took_part = [When(participations__interview=interview, then=0)] if interview else []
    companies = [interview.vacancy.company_id, interview.vacancy.agency_id] if interview else []
    farness = Case(
        *took_part,
        When(pk__in=[pk for pk in besides if pk], then=0),
        When(company__in=[pk for pk in companies if pk], then=1),
        default=OF_OTHERS,
    )
    rows = interlocutors_of(candidate).annotate(farness=Min(farness))
    nearest = rows.order_by("farness", "-created_at", "pk")[:OFFERED_MAX]
    return sorted(nearest, key=lambda person: folded(person.name))


def people_in(interview: Interview) -> QuerySet[Interlocutor]:
    """Its participants, and the person of its next step: the only people that a mail's link
    shows."""
    took_part = interview.participations.values("interlocutor")
    return interlocutors_of(interview.candidate).filter(
        Q(pk__in=took_part) | Q(pk=interview.step_person_id)
    )


def recent_vacancies_of(candidate: Candidate) -> list[Vacancy]:
    """The most recent positions, which a form offers for another interview."""
    return list(vacancies_of(candidate).order_by("-created_at", "pk")[:OFFERED_MAX])


def company_names_of(candidate: Candidate) -> list[str]:
    """Suggested names while one is typed: the most recent ones. Any other name works too, typed in
    full."""
    return list(companies_of(candidate).order_by("-pk").values_list("name", flat=True)[:NAMES_MAX])


@dataclass(frozen=True, slots=True)
class Names:
    """Names that a typed line may mention: the newest companies; people and positions with their
    key and their company's name."""

    companies: list[str]
    people: list[tuple[UUID, str, str]]
    positions: list[tuple[UUID, str, str]]

    @property
    def known(self) -> Known:
        return Known(
            self.companies,
            [(name, company) for _pk, name, company in self.people],
            [(title, company) for _pk, title, company in self.positions],
        )


def names_of(candidate: Candidate) -> Names:
    """Two queries. The newest come first; of positions the open ones, as a form offers them."""
    undecided = Interview.objects.undecided().filter(vacancy=OuterRef("vacancies__pk"))
    companies = companies_of(candidate).order_by("-pk", "-vacancies__pk")
    companies = companies.annotate(is_open=Exists(undecided))
    people = Interlocutor.objects.filter(candidate=candidate).order_by("-pk")
    told = people.values_list("pk", "name", "company__name")[:READ_MAX]
    of_position = ("vacancies__pk", "vacancies__title", "name", "is_open")
    rows = list(companies.values_list(*of_position)[:READ_MAX])
    return Names(
        list(dict.fromkeys(name for _pk, _title, name, _is_open in rows)),
        [(pk, name, company or "") for pk, name, company in told],
        [(pk, title, name) for pk, title, name, is_open in rows if is_open],
    )


def own_letters_of_each(candidates: Iterable[UUID]) -> dict[UUID, dict[str, OwnLetter]]:
    """Like `own_letters_of`, for many candidates in one query."""
    letters: dict[UUID, dict[str, OwnLetter]] = {candidate: {} for candidate in candidates}
    if letters:
        for letter in OwnLetter.objects.filter(candidate__in=list(letters)):
            letters[letter.candidate_id][letter.occasion] = letter
    return letters


def own_letters_of(candidate: Candidate) -> dict[str, OwnLetter]:
    """The candidate's templates by occasion."""
    return {own.occasion: own for own in OwnLetter.objects.filter(candidate=candidate)}


def push_devices_of(candidate: Candidate) -> QuerySet[PushDevice]:
    """Those that receive notifications, the one seen last first."""
    return PushDevice.objects.filter(channel__candidate=candidate)


def channels_of(candidate: Candidate) -> list[NotificationChannel]:
    """In the order in which they are offered."""
    rows = candidate.notification_channels.all()
    return sorted(rows, key=lambda each: ChannelKind.values.index(each.kind))


def skill_gap_counts(candidate: Candidate, *, also: Collection[str] = ()) -> list[tuple[str, int]]:
    """The most frequently missing competences by name, with the number of results; `also` in any
    case."""
    rows = Competence.objects.filter(candidate=candidate).annotate(count=Count("results"))
    rows = rows.order_by("-count", "name")
    chosen = list(rows.filter(name__in=also).values_list("name", "count")) if also else []
    frequent = rows.exclude(name__in=also).values_list("name", "count")
    return chosen + list(frequent[: max(0, SKILL_GAPS_SHOWN - len(chosen))])
