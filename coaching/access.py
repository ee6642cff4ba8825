"""Coachings, requests, proposals and shared notes, fetched for the candidate and for invited or
asked users; `permissions.py` decides what coaches see.

Strangers get 404, as everywhere.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from accounts.addresses import canonical_address
from accounts.models import AuditEntry, User
from interviews.access import Visitor, own
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    CoachNote,
    Contact,
    Interview,
    Proposal,
    Vacancy,
)
from interviews.models.json_list import JSONList


def coachings_of(candidate: Candidate) -> QuerySet[Coaching]:
    """All of the candidate's coachings, past ones too, the newest first."""
    rows = Coaching.objects.filter(candidate=candidate).order_by("-invited_at", "-pk")
    shared = Prefetch("vacancies", Vacancy.objects.select_related("company"))
    return rows.select_related("coach__coach__organisation").prefetch_related(shared)


def coach_count(candidate: Candidate, *, now: datetime) -> int:
    """How many coaches see something of the candidate's now."""
    return Coaching.objects.active(now).filter(candidate=candidate).count()


def get_coaching(user: Visitor, pk: UUID) -> Coaching:
    """One in which the user is the candidate."""
    rows = Coaching.objects.select_related("candidate__user", "coach__coach__organisation")
    rows = rows.prefetch_related("vacancies__company", "chosen")
    return own(rows, user, "candidate__user", pk)


def last_looks(user: User) -> dict[UUID, datetime]:
    """When each other user last looked at the user's data, as far back as the audit log goes."""
    looks = AuditEntry.objects.filter(subject_id=user.pk, kind=AuditEntry.Kind.LOOKED)
    rows = looks.order_by().values_list("actor_id").annotate(at=Max("at"))
    return {actor: at for actor, at in rows if actor}


def requests_to(user: User) -> QuerySet[CoachingRequest]:
    """Coaches who wait for an answer at one of the user's verified addresses; none at an address
    that refuses all requests."""
    nobody = CoachingRequest.objects.filter(answer=CoachingRequest.Answer.NOBODY)
    wants_none = nobody.filter(address=OuterRef("address"))
    asked = CoachingRequest.objects.open_now().filter(address__in=_proved_addresses(user))
    return asked.filter(~Exists(wants_none))


def invitations_to(user: User, *, now: datetime) -> QuerySet[Coaching]:
    """Candidates who wait for this coach's answer at one of the coach's verified addresses."""
    rows = Coaching.objects.invitations(now).filter(coach__isnull=True)
    rows = rows.filter(candidate__user__is_active=True, address__in=_proved_addresses(user))
    return rows.select_related("candidate__user").order_by("-invited_at", "-pk")


def get_invitation(user: User, pk: UUID, *, now: datetime) -> Coaching:
    """One to a verified address of the user."""
    return get_object_or_404(invitations_to(user, now=now), pk=pk)


def get_request(user: User, pk: UUID) -> CoachingRequest:
    """One to a verified address of the user, as long as it waits for an answer."""
    return get_object_or_404(requests_to(user), pk=pk)


def _proved_addresses(user: User) -> list[str]:
    mine = EmailAddress.objects.filter(user=user, verified=True)
    return [canonical_address(address) for address in mine.values_list("email", flat=True)]


def find_invitation(pk: UUID | None, *, now: datetime) -> Coaching | None:
    """Return the invitation that a signed link names; the caller has verified the signature."""
    rows = Coaching.objects.invitations(now).filter(candidate__user__is_active=True)
    return rows.select_related("candidate__user").filter(pk=pk).first() if pk else None


def find_request(pk: UUID | None) -> CoachingRequest | None:
    """Return the request that a signed link names; the caller has verified the signature."""
    return CoachingRequest.objects.open_now().filter(pk=pk).first() if pk else None


def proposals_of(candidate: Candidate, *, now: datetime) -> QuerySet[Proposal]:
    """Proposals that still stand, the newest first, each with the time of the newest outbound
    contact about its interview (`last_out_at`)."""
    out = Contact.objects.filter(interview=OuterRef("interview"), direction=Contact.Direction.OUT)
    rows = Proposal.objects.current(now).filter(coaching__candidate=candidate)
    rows = rows.annotate(last_out_at=Subquery(out.order_by("-at").values("at")[:1]))
    # Whole rows of seven tables would take Today as long as all of its cards.
    parties = ("coaching__coach", "interview__vacancy__company", "interview__result")
    return rows.select_related(*parties).only(
        *("action", "by_on", "words", "proposed_at", "answer", "answered_at", "done_at"),
        *("coaching__coach__name", "coaching__coach__email"),
        *("interview__stage", "interview__starts_at", "interview__minutes"),
        *("interview__cancelled_at", "interview__result__created_at"),
        *("interview__vacancy__title", "interview__vacancy__company__name"),
    )


def get_proposal(user: Visitor, pk: UUID, *, now: datetime) -> Proposal:
    """One to the candidate, as long as it stands."""
    rows = Proposal.objects.current(now).select_related("coaching__coach", "interview")
    return own(rows, user, "interview__candidate__user", pk)


@dataclass(frozen=True, slots=True)
class SharedNote:
    coach: str  # never a deleted user
    about: str
    text: str
    written_at: datetime


def notes_subquery() -> Subquery:
    """A subquery for an interview's annotation `shared_notes`, which `shared_notes_of` reads."""
    notes = CoachNote.objects.shared().filter(interview=OuterRef("pk")).order_by()
    values = JSONObject(
        name="coaching__coach__name",
        email="coaching__coach__email",
        about="about",
        text="text",
        written_at="written_at",
    )
    return Subquery(notes.values("interview").annotate(rows=JSONList(values)).values("rows"))


def shared_notes_of(interview: Interview) -> list[SharedNote]:
    """What coaches wrote about this interview for the candidate, comments on letters included, the
    newest first."""
    rows = getattr(interview, "shared_notes", None) or []
    notes = [
        SharedNote(
            coach=each["name"] or each["email"] or "",
            about=each["about"],
            text=each["text"],
            written_at=_instant(each["written_at"]),
        )
        for each in rows
    ]
    return sorted(notes, key=lambda note: note.written_at, reverse=True)


def _instant(text: str) -> datetime:
    """Parse a time that the database wrote into JSON: SQLite omits the zone, which is UTC."""
    written = datetime.fromisoformat(text)
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def shared_notes_on_search(candidate: Candidate) -> QuerySet[CoachNote]:
    """What coaches wrote for the candidate about the whole job search."""
    about = CoachNote.About.CANDIDATE
    return CoachNote.objects.shared().filter(coaching__candidate=candidate, about=about)
