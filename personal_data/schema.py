"""What an export holds: its tables, and every column that stays out, with the reason.

Columns are named one by one, so that a new one is neither forgotten nor let out by accident: a
test walks Django's models and fails until it stands in one of the two lists.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable

from accounts.models import User
from interviews.models import (
    RATING_FIELDS,
    WEIGHT_FIELDS,
    Agreement,
    Attachment,
    Candidate,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Mail,
    OwnLetter,
    Participation,
    Reminder,
    Result,
    Tag,
    Vacancy,
    WaitAssumptions,
)
from personal_data.not_imported import NOT_IMPORTED
from personal_data.table import Table, column_names

# By then the code in the subject of a mail about signing in has run out.
CODES_LIVE = timedelta(days=1)


def _subject(now: datetime) -> Mapping[str, Combinable | Case]:
    may_hold_code = When(kind=Mail.Kind.ACCOUNT, created_at__gt=now - CODES_LIVE, then=Value(""))
    return {"told_subject": Case(may_hold_code, default=F("subject"))}


ACCOUNT = Table(
    "account",
    User,
    "pk",
    column_names("id email name is_active is_staff is_superuser date_joined last_login"),
    is_imported=False,
)
SETTINGS = Table(
    "settings",
    Candidate,
    "user",
    column_names(
        "id timezone country subdivision counting contact_opens contact_closes notice_days",
        "reminders_paused_at muted_steps has_discreet_subjects channel_order",
        "shows_names_on_lock_screen",
        *WEIGHT_FIELDS,
        "shares_waits_at created_at",
    ),
    # Consent holds where it was given, and is asked for anew elsewhere.
    decided=column_names("shares_waits_at"),
)
ASSUMPTIONS = Table(
    "assumptions",
    WaitAssumptions,
    "candidate__user",
    column_names(
        "told_percent kept_percent positive_percent median_days published_worth counts_others",
        "changed_at",
    ),
)
COMPANIES = Table("companies", Company, "candidate__user", column_names("id name kind size"))
VACANCIES = Table(
    "vacancies",
    Vacancy,
    "candidate__user",
    column_names(
        "id company agency title url advert_text source was_advertised place salary applied_on",
        "applied_via follow_up_on notes declared_state closing_reason closed_on attractiveness",
        "desire is_attractiveness_proposed",
        *RATING_FIELDS,
        "rating_notes created_at",
    ),
)
TAGS = Table("tags", Tag, "candidate__user", column_names("id name"))
POSITION_TAGS = Table(
    "position_tags",
    Vacancy.tags.through,
    "vacancy__candidate__user",
    column_names("vacancy tag"),
)
ATTACHMENTS = Table(
    "attachments",
    Attachment,
    "vacancy__candidate__user",
    column_names("id vacancy name content_type size content created_at"),
    at_once=4,
    unread=column_names("content"),
)
INTERLOCUTORS = Table(
    "interlocutors",
    Interlocutor,
    "candidate__user",
    column_names("id company name position phone email origin notes created_at"),
)
INTERVIEWS = Table(
    "interviews",
    Interview,
    "candidate__user",
    column_names(
        "id vacancy continues stage starts_at minutes place link notes moved_from_at",
        "cancelled_at cancelled_by noted_at nothing_agreed_at snoozed_until step step_due_at",
        "step_expires_at step_person step_rule step_reason invitation_uid invitation_sequence",
        "invitation_stamped_at submission_id created_at active_at",
    ),
    decided=column_names("step step_due_at step_expires_at step_person step_rule step_reason"),
)
PARTICIPATIONS = Table(
    "participations",
    Participation,
    "interview__candidate__user",
    column_names("interview interlocutor position role"),
)
CONTACTS = Table(
    "contacts",
    Contact,
    "interview__candidate__user",
    column_names(
        "id interview at direction channel person outcome purpose notes submission_id", "created_at"
    ),
)
AGREEMENTS = Table(
    "agreements",
    Agreement,
    "interview__candidate__user",
    column_names(
        "id interview contact made_at due_on due_time due_timezone initiator channel may_call",
        "silence_is_refusal feedback_via responsible notes submission_id created_at",
    ),
)
COMPETENCES = Table(
    "competences", Competence, "candidate__user", column_names("id name plan working_since_on")
)
RESULTS = Table(
    "results",
    Result,
    "interview__candidate__user",
    column_names(
        "id interview kind known_at is_day_known via feedback lessons recommended_to recontact_on",
        "offer_answer_by_on offer_starts_on offer_answer next_interview follows submission_id",
        "replaced_submission_ids created_at",
    ),
)
LACKING = Table(
    "lacking",
    Result.competences.through,
    "result__interview__candidate__user",
    column_names("result competence"),
)
OWN_LETTERS = Table(
    "own_letters", OwnLetter, "candidate__user", column_names("id occasion subject body changed_at")
)
MAILS = Table(
    "mails",
    Mail,
    "user",
    column_names(
        "id kind recipient message_id subject state tries failures fault failed_at error",
        "created_at sent_at",
    ),
    computed=_subject,
)
REMINDERS = Table(
    "reminders",
    Reminder,
    "candidate__user",
    column_names(
        "id interview step due_at state mail channel opened_at earlier settled_at error created_at",
        "sent_at missed_at",
    ),
)

TABLES = (
    *(ACCOUNT, SETTINGS, ASSUMPTIONS, COMPANIES, TAGS, VACANCIES, POSITION_TAGS),
    *(ATTACHMENTS, INTERLOCUTORS, INTERVIEWS),
    *(PARTICIPATIONS, CONTACTS, AGREEMENTS, COMPETENCES, RESULTS, LACKING, OWN_LETTERS),
    *(MAILS, REMINDERS),
    *NOT_IMPORTED,
)
BY_NAME = {table.name: table for table in TABLES}
# The rows of an import, in the order in which they are saved.
BROUGHT = tuple(table for table in TABLES if table.is_imported and table is not SETTINGS)
# Where there is nothing in these, there is nothing anywhere: all else hangs on them, but mails, and
# even a new account was sent a code.
FACTS = (COMPANIES, TAGS, INTERLOCUTORS, COMPETENCES, OWN_LETTERS)
