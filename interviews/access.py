"""Fetch one row for a user, or raise 404. Every fetch of a single row goes through here.

Strangers get 404, never 403, so that they do not learn that the object exists. `coaching/access.py`
covers everything about coaches; lists, sorts and searches are in `queries.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import DeletionRequest, User
from interviews.models import (
    MESSAGES,
    Agreement,
    Attachment,
    CalendarFeed,
    Candidate,
    Company,
    Competence,
    Contact,
    InboundAddress,
    Interlocutor,
    Interview,
    MailProposal,
    NotificationChannel,
    PositionImport,
    PushDevice,
    Reminder,
    Result,
    Vacancy,
)
from interviews.queries import interlocutors_of

M = TypeVar("M", bound=Model)
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
    """Why no reminders are mailed to an address."""

    address: str
    reply: str
    refused_at: datetime


def find_refusal(user: User) -> Refusal | None:
    """Of the signed-in user, with whom it was fetched (accounts/backend.py)."""
    if user.refused_at is None:
        return None
    return Refusal(user.email, user.refused_with or "", user.refused_at)


def find_deletion_request(user: User) -> DeletionRequest | None:
    """Of the signed-in user, with whom it was fetched (accounts/backend.py)."""
    try:
        return user.deletion_request
    except DeletionRequest.DoesNotExist:
        return None


def get_interview(
    user: Visitor,
    pk: UUID,
    *,
    also: Collection[str] = (),
    annotations: Mapping[str, Subquery] | None = None,
) -> Interview:
    """`also` are single related rows that the page needs; `annotations` are of several rows,
    by name."""
    rows = Interview.objects.with_parties().select_related("continues", "result__next_interview")
    rows = rows.select_related(*also) if also else rows
    return own(rows.annotate(**annotations or {}), user, "candidate__user", pk)


def get_agreement(user: Visitor, pk: UUID) -> Agreement:
    rows = Agreement.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_contact(user: Visitor, pk: UUID) -> Contact:
    rows = Contact.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_result(user: Visitor, pk: UUID) -> Result:
    rows = Result.objects.select_related("interview__candidate", "interview__vacancy__company")
    return own(rows, user, "interview__candidate__user", pk)


def get_vacancy(
    user: Visitor, pk: UUID, *, annotations: Mapping[str, Subquery] | None = None
) -> Vacancy:
    rows = Vacancy.objects.select_related("company", "agency", "candidate")
    return own(rows.annotate(**annotations or {}), user, "candidate__user", pk)


def get_attachment(user: Visitor, pk: UUID, *, with_content: bool = True) -> Attachment:
    rows = Attachment.objects.select_related("vacancy__company")
    rows = rows if with_content else rows.defer("content")
    return own(rows, user, "vacancy__candidate__user", pk)


def get_company(user: Visitor, pk: UUID) -> Company:
    return own(Company.objects.all(), user, "candidate__user", pk)


def get_competence(user: Visitor, pk: UUID) -> Competence:
    return own(Competence.objects.all(), user, "candidate__user", pk)


def get_position_import(user: Visitor, pk: UUID) -> PositionImport:
    return own(
        PositionImport.objects.select_related("candidate__user"), user, "candidate__user", pk
    )


def get_interlocutor(user: Visitor, pk: UUID) -> Interlocutor:
    return own(Interlocutor.objects.select_related("company"), user, "candidate__user", pk)


def find_calendar_feed(candidate: Candidate) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(candidate=candidate).first()


def get_calendar_feed(token: str) -> CalendarFeed:
    """The feed of a secret address; 404 if it was deleted, or its owner's account is closed."""
    rows = CalendarFeed.objects.select_related("candidate__user")
    return get_object_or_404(rows, token=token, candidate__user__is_active=True)


def find_inbound_address(candidate: Candidate) -> InboundAddress | None:
    return InboundAddress.objects.filter(candidate=candidate).first()


def find_inbound_owner(local_part: str) -> InboundAddress | None:
    """Whose address it is; None if it was revoked, or its owner's account is closed."""
    rows = InboundAddress.objects.select_related("candidate__user")
    return rows.filter(local_part=local_part, candidate__user__is_active=True).first()


def get_mail_proposal(user: Visitor, pk: UUID) -> MailProposal:
    rows = MailProposal.objects.select_related(
        "candidate__user", "interview__vacancy__company", "vacancy__company"
    )
    return own(rows, user, "candidate__user", pk)


def find_message_channel(candidate: Candidate, kind: str) -> NotificationChannel | None:
    """The candidate's channel of this kind; there is one at most. 404 if messages know no such."""
    if kind not in MESSAGES:
        raise Http404
    rows = NotificationChannel.objects.select_related("candidate__user")
    return rows.filter(candidate=candidate, kind=kind).first()


def get_message_channel(candidate: Candidate, kind: str) -> NotificationChannel:
    channel = find_message_channel(candidate, kind)
    if channel is None:
        raise Http404
    return channel


def get_push_device(user: Visitor, pk: UUID) -> PushDevice:
    rows = PushDevice.objects.select_related("channel__candidate")
    return own(rows, user, "channel__candidate__user", pk)


def find_push_device(candidate: Candidate, digest: str) -> PushDevice | None:
    """The candidate's device with this endpoint."""
    rows = PushDevice.objects.filter(channel__candidate=candidate)
    return rows.filter(endpoint_digest=digest).first()


def find_linked_reminder(pk: UUID) -> Reminder | None:
    """Return the reminder that a signed link names; the caller has verified the signature."""
    rows = Reminder.objects.select_related(
        "candidate__user",
        "interview__candidate__user",
        "interview__vacancy__company",
        "interview__step_person",
        "interview__result",
    )
    return rows.filter(pk=pk).first()


def get_linked_candidate(pk: UUID | None) -> Candidate:
    """Return the candidate that a signed link names; 404 for an invalid link."""
    return get_object_or_404(Candidate.objects.select_related("user"), pk=pk)


def find_person(
    candidate: Candidate, *, name: str, company: Company, phone: str = "", email: str = ""
) -> Interlocutor | None:
    """Return a known person of this company, unless the new details differ."""
    found = interlocutors_of(candidate).filter(name=name, company=company.pk).first()
    if found is None or phone not in ("", found.phone) or email not in ("", found.email):
        return None
    return found


def find_last_interlocutor(interview: Interview) -> Interlocutor | None:
    """The last person spoken with, otherwise the one who is to answer, otherwise the lead. One
    query."""
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


def own(rows: QuerySet[M], user: Visitor, owner: str, pk: UUID) -> M:
    if not user.is_authenticated:
        raise Http404
    return get_object_or_404(rows, pk=pk, **{owner: user})
