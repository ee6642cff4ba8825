"""What an export holds: its tables, and every column that stays out, with the reason.

Columns are named one by one, so that a new one is neither forgotten nor let out by accident: a
test walks Django's models and fails until it stands in one of the two lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import BooleanField, Case, F, Field, Model, Q, Value, When
from django.db.models.expressions import Combinable

from accounts.models import AuditEntry, DeletionRequest, EmailChange, User
from interviews.models import (
    RATING_FIELDS,
    WEIGHT_FIELDS,
    Agreement,
    CalendarEvent,
    CalendarFeed,
    Candidate,
    Coach,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Mail,
    OwnLetter,
    Participation,
    Proposal,
    RefusedAddress,
    Reminder,
    Result,
    Vacancy,
    WaitAssumptions,
)

Computed = Callable[[datetime], Mapping[str, Combinable | Case]]


@dataclass(frozen=True, slots=True)
class Table:
    """`owner` is the way from a row to the key of its user. `columns` are fields of the model, or
    ways to another row's field; `computed` makes the value of those that are neither."""

    name: str
    model: type[Model]
    owner: str
    columns: tuple[str, ...]
    is_imported: bool = True
    # Which of the rows are told at all.
    only: tuple[tuple[str, object], ...] = ()
    # Read by nobody at an import: said anew, by the rules or by her.
    decided: tuple[str, ...] = ()
    computed: Computed = field(default=lambda now: {})

    def field(self, column: str) -> "Field[Any, Any] | None":
        """The model's own field of this column."""
        found = {each.name: each for each in self.model._meta.concrete_fields}
        return found.get(column)


def heading(column: str) -> str:
    """What a column is called in the file: coach__name is coach_name."""
    return column.replace("__", "_")


# --- what only an expression says ---------------------------------------------------------------

# By then the code in the subject of a mail about signing in has run out.
CODES_LIVE = timedelta(days=1)


def _subject(now: datetime) -> Mapping[str, Combinable | Case]:
    may_hold_code = When(kind=Mail.Kind.ACCOUNT, created_at__gt=now - CODES_LIVE, then=Value(""))
    return {"told_subject": Case(may_hold_code, default=F("subject"))}


def _answer(now: datetime) -> Mapping[str, Combinable | Case]:
    """A decline is not told to the coach; what is not accepted seems unanswered."""
    accepted = Q(answer=CoachingRequest.Answer.ACCEPTED)
    return {
        "told_answer": Case(When(accepted, then=F("answer")), default=Value("")),
        "told_answered_at": Case(When(accepted, then=F("answered_at")), default=None),
    }


def _by_you(now: datetime) -> Mapping[str, Combinable | Case]:
    """The key of somebody else is nobody's business; whether it was she herself is hers."""
    own = When(actor_id=F("subject_id"), then=Value(True))
    nobody = When(actor_id__isnull=True, then=Value(None))
    return {"by_you": Case(own, nobody, default=Value(False), output_field=BooleanField())}


# --- the tables -----------------------------------------------------------------------------------

ACCOUNT = Table(
    "account",
    User,
    "pk",
    ("id", "email", "name", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"),
    is_imported=False,
)
SETTINGS = Table(
    "settings",
    Candidate,
    "user",
    (
        *("id", "timezone", "country", "subdivision", "counting"),
        *("contact_opens", "contact_closes", "notice_days"),
        *("reminders_paused_at", "muted_steps", "has_discreet_subjects"),
        *WEIGHT_FIELDS,
        *("shares_waits_at", "created_at"),
    ),
    # What she agreed to holds where she did, and is asked for anew elsewhere.
    decided=("shares_waits_at",),
)
ASSUMPTIONS = Table(
    "assumptions",
    WaitAssumptions,
    "candidate__user",
    (
        *("told_percent", "kept_percent", "positive_percent", "median_days"),
        *("published_worth", "counts_others", "changed_at"),
    ),
)
COMPANIES = Table("companies", Company, "candidate__user", ("id", "name", "kind", "size"))
VACANCIES = Table(
    "vacancies",
    Vacancy,
    "candidate__user",
    (
        *("id", "company", "agency", "title", "url", "source"),
        *("attractiveness", "desire", "is_attractiveness_proposed"),
        *RATING_FIELDS,
        *("rating_notes", "created_at"),
    ),
)
INTERLOCUTORS = Table(
    "interlocutors",
    Interlocutor,
    "candidate__user",
    (
        *("id", "company", "name", "position", "phone", "email"),
        *("origin", "notes", "created_at"),
    ),
)
INTERVIEWS = Table(
    "interviews",
    Interview,
    "candidate__user",
    (
        *("id", "vacancy", "continues", "stage", "starts_at", "minutes", "place", "link", "notes"),
        *("moved_from_at", "cancelled_at", "cancelled_by", "nothing_agreed_at", "snoozed_until"),
        *("step", "step_due_at", "step_expires_at", "step_person", "step_rule", "step_reason"),
        *("invitation_uid", "invitation_sequence", "invitation_stamped_at"),
        *("submission_id", "created_at", "active_at"),
    ),
    decided=(
        *("step", "step_due_at", "step_expires_at"),
        *("step_person", "step_rule", "step_reason"),
    ),
)
PARTICIPATIONS = Table(
    "participations",
    Participation,
    "interview__candidate__user",
    ("interview", "interlocutor", "position", "role"),
)
CONTACTS = Table(
    "contacts",
    Contact,
    "interview__candidate__user",
    (
        *("id", "interview", "at", "direction", "channel", "person", "outcome", "purpose"),
        *("notes", "submission_id", "created_at"),
    ),
)
AGREEMENTS = Table(
    "agreements",
    Agreement,
    "interview__candidate__user",
    (
        *("id", "interview", "contact", "made_at", "due_on", "due_time", "due_timezone"),
        *("initiator", "channel", "may_call", "silence_is_refusal", "feedback_via"),
        *("responsible", "notes", "submission_id", "created_at"),
    ),
)
COMPETENCES = Table(
    "competences", Competence, "candidate__user", ("id", "name", "plan", "working_since_on")
)
RESULTS = Table(
    "results",
    Result,
    "interview__candidate__user",
    (
        *("id", "interview", "kind", "known_at", "via", "feedback", "lessons", "recommended_to"),
        *("recontact_on", "offer_answer_by_on", "offer_starts_on", "offer_answer"),
        *("next_interview", "follows", "submission_id", "replaced_submission_ids", "created_at"),
    ),
)
LACKING = Table(
    "lacking",
    Result.competences.through,
    "result__interview__candidate__user",
    ("result", "competence"),
)
OWN_LETTERS = Table(
    "own_letters",
    OwnLetter,
    "candidate__user",
    ("id", "occasion", "subject", "body", "changed_at"),
)
MAILS = Table(
    "mails",
    Mail,
    "user",
    (
        *("id", "kind", "recipient", "message_id", "subject", "state", "tries", "failures"),
        *("fault", "failed_at", "error", "created_at", "sent_at"),
    ),
    computed=_subject,
)
REMINDERS = Table(
    "reminders",
    Reminder,
    "candidate__user",
    (
        *("id", "interview", "step", "due_at", "state", "mail", "settled_at"),
        *("error", "created_at", "sent_at", "missed_at"),
    ),
)
EMAIL_ADDRESSES = Table(
    "email_addresses", EmailAddress, "user", ("email", "verified", "primary"), is_imported=False
)
REFUSED_ADDRESSES = Table(
    "refused_addresses",
    RefusedAddress,
    "address__user",
    ("address__email", "reply", "refused_at"),
    is_imported=False,
)
ADDRESS_CHANGES = Table(
    "address_changes",
    EmailChange,
    "user",
    ("old", "new", "at", "undone_at"),
    is_imported=False,
)
CALENDAR_FEEDS = Table(
    "calendar_feeds", CalendarFeed, "candidate__user", ("id", "created_at"), is_imported=False
)
CALENDAR_EVENTS = Table(
    "calendar_events",
    CalendarEvent,
    "feed__candidate__user",
    ("id", "uid", "sequence", "changed_at", "starts_at", "ends_at", "is_all_day", "gone_at"),
    is_imported=False,
)
COACHINGS = Table(
    "coachings",
    Coaching,
    "candidate__user",
    (
        *("id", "coach__name", "coach__email", "address", "shares", "covers_all"),
        *("invited_at", "accepted_at", "ends_at", "ended_at"),
    ),
    is_imported=False,
)
COACHING_POSITIONS = Table(
    "coaching_positions",
    CoachingVacancy,
    "coaching__candidate__user",
    ("coaching", "vacancy"),
    is_imported=False,
)
PROPOSALS = Table(
    "proposals",
    Proposal,
    "interview__candidate__user",
    (
        *("coaching", "interview", "action", "by_on", "words", "proposed_at", "withdrawn_at"),
        *("answer", "answered_at", "done_at"),
    ),
    is_imported=False,
)
COACH_NOTES = Table(
    "coach_notes",
    CoachNote,
    "coaching__candidate__user",
    ("coaching", "interview", "about", "text", "written_at"),
    is_imported=False,
    only=(("is_shared", True),),
)
COACH = Table(
    "coach",
    Coach,
    "user",
    ("organisation__name", "timezone", "digest_weekdays", "digest_time", "created_at"),
    is_imported=False,
)
COACHINGS_GIVEN = Table(
    "coachings_given",
    Coaching,
    "coach",
    ("shares", "covers_all", "invited_at", "accepted_at", "ends_at", "ended_at"),
    is_imported=False,
)
COACHING_REQUESTS = Table(
    "coaching_requests",
    CoachingRequest,
    "coach",
    ("asked_at", "answer", "answered_at"),
    is_imported=False,
    computed=_answer,
)
DEPARTURES = Table("departures", DeletionRequest, "user", ("asked_at", "due_at"), is_imported=False)
RECORD = Table(
    "record",
    AuditEntry,
    "subject_id",
    ("at", "kind", "by_you", "detail", "address"),
    is_imported=False,
    computed=_by_you,
)

TABLES = (
    *(
        ACCOUNT,
        SETTINGS,
        ASSUMPTIONS,
        COMPANIES,
        VACANCIES,
        INTERLOCUTORS,
        INTERVIEWS,
        PARTICIPATIONS,
    ),
    *(CONTACTS, AGREEMENTS, COMPETENCES, RESULTS, LACKING, OWN_LETTERS, MAILS, REMINDERS),
    *(EMAIL_ADDRESSES, REFUSED_ADDRESSES, ADDRESS_CHANGES, CALENDAR_FEEDS, CALENDAR_EVENTS),
    *(COACHINGS, COACHING_POSITIONS, PROPOSALS, COACH_NOTES),
    *(COACH, COACHINGS_GIVEN, COACHING_REQUESTS, DEPARTURES, RECORD),
)
BY_NAME = {table.name: table for table in TABLES}
# The rows of an import, in the order in which they are saved.
BROUGHT = tuple(table for table in TABLES if table.is_imported and table is not SETTINGS)
# Where there is nothing in these, there is nothing anywhere: all else hangs on them, but mails, and
# even a new account was sent a code.
FACTS = (COMPANIES, INTERLOCUTORS, COMPETENCES, OWN_LETTERS)
