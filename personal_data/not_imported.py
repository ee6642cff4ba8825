"""Tables of an export that no import reads: addresses, the calendar, coaches, the account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import BooleanField, Case, F, Model, Q, Value, When
from django.db.models.expressions import Combinable

from accounts.models import AuditEntry, DeletionRequest, EmailChange
from interviews.models import (
    CalendarEvent,
    CalendarFeed,
    Coach,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    InboundAddress,
    MailProposal,
    NotificationChannel,
    Proposal,
    PushDevice,
    RefusedAddress,
)
from personal_data.table import Table, column_names


def _answer(now: datetime) -> Mapping[str, Combinable | Case]:
    """A decline is not told to the coach; what is not accepted seems unanswered."""
    accepted = Q(answer=CoachingRequest.Answer.ACCEPTED)
    return {
        "told_answer": Case(When(accepted, then=F("answer")), default=Value("")),
        "told_answered_at": Case(When(accepted, then=F("answered_at")), default=None),
    }


def _by_you(now: datetime) -> Mapping[str, Combinable | Case]:
    """The key of somebody else is nobody's business; whether it was the user is told."""
    own = When(actor_id=F("subject_id"), then=Value(True))
    nobody = When(actor_id__isnull=True, then=Value(None))
    return {"by_you": Case(own, nobody, default=Value(False), output_field=BooleanField())}


def _table(name: str, model: type[Model], owner: str, columns: str, **more: Any) -> Table:
    return Table(name, model, owner, column_names(columns), is_imported=False, **more)


NOT_IMPORTED = (
    _table("email_addresses", EmailAddress, "user", "email verified primary"),
    _table("refused_addresses", RefusedAddress, "address__user", "address__email reply refused_at"),
    _table(
        "notification_channels",
        NotificationChannel,
        "candidate__user",
        "kind confirmed_at failed_at",
    ),
    _table("push_devices", PushDevice, "channel__candidate__user", "name created_at seen_at"),
    _table("address_changes", EmailChange, "user", "old new at undone_at"),
    _table("calendar_feeds", CalendarFeed, "candidate__user", "id created_at"),
    _table(
        "calendar_events",
        CalendarEvent,
        "feed__candidate__user",
        "id uid sequence changed_at starts_at ends_at is_all_day gone_at",
    ),
    _table("inbound_addresses", InboundAddress, "candidate__user", "id local_part created_at"),
    _table(
        "mail_proposals",
        MailProposal,
        "candidate__user",
        "id kind interview vacancy choices sender_name sender_address subject written_at excerpt"
        " details is_doubtful status corrected_kind created_at answered_at mailed_at contact result"
        " recorded_interview",
    ),
    _table(
        "coachings",
        Coaching,
        "candidate__user",
        "id coach__name coach__email address shares covers_all"
        " invited_at accepted_at ends_at ended_at",
    ),
    _table("coaching_positions", CoachingVacancy, "coaching__candidate__user", "coaching vacancy"),
    _table(
        "proposals",
        Proposal,
        "interview__candidate__user",
        "coaching interview action by_on words proposed_at withdrawn_at answer answered_at done_at",
    ),
    _table(
        "coach_notes",
        CoachNote,
        "coaching__candidate__user",
        "coaching interview about text written_at",
        only=(("is_shared", True),),
    ),
    _table(
        "coach", Coach, "user", "organisation__name timezone digest_weekdays digest_time created_at"
    ),
    _table(
        "coachings_given",
        Coaching,
        "coach",
        "shares covers_all invited_at accepted_at ends_at ended_at",
    ),
    _table(
        "coaching_requests",
        CoachingRequest,
        "coach",
        "asked_at answer answered_at",
        computed=_answer,
    ),
    _table("departures", DeletionRequest, "user", "asked_at due_at"),
    _table("record", AuditEntry, "subject_id", "at kind by_you detail address", computed=_by_you),
)
