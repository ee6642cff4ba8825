"""Impossible values within a row are refused by the database, by a named constraint."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from pytest_django import DjangoDbBlocker

from accounts.models import AuditEntry, DeletionRequest, EmailChange, User
from integrations.feed_address import create_feed
from interviews.models import (
    RATING_FIELDS,
    WEIGHT_FIELDS,
    Agreement,
    Attachment,
    CalendarEvent,
    CalendarFeed,
    Candidate,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Company,
    CompanyIndex,
    CompanyTally,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Mail,
    NotificationChannel,
    Organisation,
    OwnLetter,
    Participation,
    PositionImport,
    Proposal,
    Reminder,
    Result,
    SenderState,
    StatisticsState,
    SweepState,
    Tag,
    Vacancy,
    WaitAssumptions,
)
from interviews.services.attachments import attach_file
from tests.interviews.models.forwarding_rows import WRONG_FORWARDING, make_forwarding
from tests.interviews.models.wrong_rows import changed, doubled
from tests.support.kept_data import Kept
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_note,
    make_proposal,
    make_result,
    make_user,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STARTS = NOW - timedelta(days=7)
FORM = UUID("01a20000-0000-7000-8000-000000000001")


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[None]:
    return Kept(make_rows, django_db_blocker)


@pytest.fixture
def rows(db: None, kept_rows: Kept[None]) -> None:
    kept_rows.put_back()


def make_rows() -> None:
    """One valid row of every noun."""
    alice = make_candidate(make_user("Alice"))
    interview = make_interview(alice, starts_at=STARTS, now=NOW, submission_id=FORM)
    Interview.objects.update(invitation_uid="1@acme.example", invitation_sequence=0)
    NotificationChannel.objects.create(candidate=alice, kind="push", confirmed_at=NOW)
    make_agreement(
        interview,
        now=NOW,
        due_on=date(2026, 11, 20),
        due_time=time(12),
        submission_id=FORM,
    )
    make_contact(interview, now=NOW, submission_id=FORM)
    make_result(interview, now=NOW, competences=["SQL"])
    bob = make_user("Bob", is_staff=True)
    make_coaching(bob, alice)
    chosen = {"coaching": Coaching.objects.get(), "vacancy": interview.vacancy}
    CoachingVacancy.objects.create(**chosen)
    CoachingRequest.objects.create(coach=bob, address="charlie@example.org", asked_at=NOW)
    Organisation.objects.create(name="Forward")
    make_proposal(interview, bob, now=NOW)
    make_note(interview, bob, now=NOW)
    mail = Mail.objects.create(
        kind="reminder",
        recipient="alice@example.org",
        message_id="<one@hearback.example>",
        try_at=NOW,
        created_at=NOW,
    )
    Reminder.objects.create(
        interview=interview, candidate=alice, step="call", due_at=NOW, mail=mail, created_at=NOW
    )
    OwnLetter.objects.create(candidate=alice, occasion="thanks", body="Dear", changed_at=NOW)
    SweepState.objects.create(swept_at=NOW)
    SenderState.objects.create(seen_at=NOW)
    CompanyTally.objects.create(candidate=alice, normalised_name="acme", waits=2, answered=1)
    CompanyIndex.objects.create(
        normalised_name="acme", waits=10, answered_percent=50, kept_percent=40, reckoned_at=NOW
    )
    PositionImport.objects.create(candidate=alice, file_name="list.csv")
    StatisticsState.objects.create(reckoned_at=NOW)
    Tag.objects.create(candidate=alice, name="Remote", normalised_name="remote")
    attach_file(vacancy=interview.vacancy, name="cv.txt", content=b"CV")
    WaitAssumptions.objects.create(
        candidate=alice,
        told_percent=70,
        kept_percent=46,
        positive_percent=35,
        median_days=4,
        published_worth=10,
        changed_at=NOW,
    )
    make_forwarding(interview, now=NOW)
    feed = create_feed(candidate=alice, now=NOW)
    CalendarEvent.objects.create(
        feed=feed,
        uid=f"interview-{interview.pk}@hearback",
        fingerprint="0" * 64,
        changed_at=NOW,
        starts_at=NOW,
        ends_at=NOW,
    )


def _itself() -> object:
    return Interview.objects.update(continues=Interview.objects.get().pk)


def _by_nothing() -> object:
    return Interview.objects.update(cancelled_by=Result.objects.get().pk)


def _second_person_at_the_same_place() -> object:
    known = Participation.objects.get()
    other = Interlocutor.objects.create(candidate=known.interlocutor.candidate, name="Ben")
    return Participation.objects.create(
        interview=known.interview, interlocutor=other, position=known.position
    )


def _the_same_secret() -> object:
    other = make_candidate(make_user("Charlie"))
    token = CalendarFeed.objects.get().token
    return CalendarFeed.objects.create(candidate=other, token=token, created_at=NOW)


def _invited_twice() -> object:
    Coaching.objects.update(coach=None, accepted_at=None, address="erin@example.org")
    return doubled(Coaching)()


WRONG: dict[str, Callable[[], object]] = {
    "user_email_unique_ignoring_case": lambda: User.objects.bulk_create(
        [User(email="ALICE@EXAMPLE.ORG")]
    ),
    "candidate_contact_hours_in_order": changed(
        Candidate, contact_opens=time(17), contact_closes=time(9)
    ),
    "candidate_contact_hours_span": changed(
        Candidate, contact_opens=time(10), contact_closes=time(10, 29)
    ),
    "candidate_counting_known": changed(Candidate, counting="lunar"),
    "candidate_region_has_country": changed(Candidate, country="", subdivision="BE"),
    "candidate_weights_known": changed(Candidate, pay_weight=3),
    "coaching_open_once_per_pair": doubled(Coaching),
    "coaching_accepted_after_invited": changed(Coaching, accepted_at=NOW - timedelta(days=3650)),
    "coaching_accepted_has_coach": changed(Coaching, coach=None),
    "coaching_invited_once_per_address": _invited_twice,
    "coaching_vacancy_chosen_once": doubled(CoachingVacancy),
    "coaching_request_once_per_address": doubled(CoachingRequest, address="Charlie@example.org"),
    "coaching_request_answer_known": changed(CoachingRequest, answer="maybe", answered_at=NOW),
    "coaching_request_answer_has_moment": changed(CoachingRequest, answer="declined"),
    "coach_note_about_known": changed(CoachNote, about="candidate"),
    "coach_note_on_letter_is_shared": changed(CoachNote, about="letter", is_shared=False),
    "coach_note_has_text": changed(CoachNote, text=""),
    "organisation_name_unique_ignoring_case": doubled(Organisation, name="FORWARD"),
    "organisation_has_name": changed(Organisation, name=""),
    "proposal_action_known": changed(Proposal, action="dance"),
    "proposal_other_has_words": changed(Proposal, action="other", words=""),
    "proposal_answer_known": changed(Proposal, answer="maybe", answered_at=NOW),
    "proposal_answer_has_moment": changed(Proposal, answer="accepted"),
    "proposal_done_was_accepted": changed(Proposal, done_at=NOW),
    "company_name_once_per_candidate": doubled(Company),
    "company_has_name": changed(Company, normalised_name=""),
    "competence_once_per_candidate": doubled(Competence),
    "competence_has_name": changed(Competence, normalised_name=""),
    "competence_since_in_known_years": changed(Competence, working_since_on=date(9999, 1, 1)),
    "tally_once_per_candidate": doubled(CompanyTally),
    "tally_has_name": changed(CompanyTally, normalised_name=""),
    "tally_answered_were_waited_for": changed(CompanyTally, answered=3),
    "company_index_percents": changed(CompanyIndex, answered_percent=101),
    "learned_state_is_one_row": changed(StatisticsState, id=2),
    "wait_assumptions_in_range": changed(WaitAssumptions, median_days=0),
    "wait_assumptions_kept_is_told": changed(WaitAssumptions, kept_percent=71),
    "vacancy_attractiveness_1_to_5": changed(Vacancy, attractiveness=6),
    "vacancy_desire_1_to_5": changed(Vacancy, desire=0),
    "vacancy_criteria_1_to_5": changed(Vacancy, pay_rating=6),
    "vacancy_proposal_is_held": changed(
        Vacancy, is_attractiveness_proposed=True, attractiveness=None
    ),
    "vacancy_has_title": changed(Vacancy, title=""),
    "vacancy_days_in_known_years": changed(Vacancy, applied_on=date(9999, 1, 1)),
    "vacancy_states_known": changed(Vacancy, state="lost"),
    "vacancy_closing_reason_known": changed(Vacancy, closing_reason="boredom"),
    "vacancy_closed_has_reason": changed(Vacancy, closed_on=date(2026, 11, 20)),
    "vacancy_applied_via_known": changed(Vacancy, applied_via="pigeon"),
    "tag_once_per_candidate": doubled(Tag),
    "tag_has_name": changed(Tag, normalised_name=""),
    "attachment_has_name": changed(Attachment, name=""),
    "attachment_size_in_range": changed(Attachment, size=0),
    "attachment_type_known": changed(Attachment, content_type="text/html"),
    "interlocutor_has_name": changed(Interlocutor, name=""),
    "interview_form_recorded_once": doubled(Interview, invitation_uid=""),
    "interview_invitation_once_per_candidate": doubled(Interview, submission_id=None),
    "interview_minutes_in_range": changed(Interview, minutes=4),
    "interview_cancelled_has_no_step": changed(Interview, cancelled_at=NOW),
    "interview_cancelled_by_has_moment": _by_nothing,
    "interview_continues_another": _itself,
    "participation_person_once": doubled(Participation, position=7),
    "participation_order_unique": _second_person_at_the_same_place,
    "participation_role_known": changed(Participation, role="neighbour"),
    "agreement_form_recorded_once": doubled(Agreement),
    "agreement_time_has_day": changed(Agreement, due_on=None),
    "agreement_time_has_zone": changed(Agreement, due_timezone=""),
    "agreement_words_known": changed(Agreement, may_call="perhaps"),
    "contact_form_recorded_once": doubled(Contact),
    "contact_sent_is_outbound_writing": changed(Contact, outcome="sent", channel="phone"),
    "contact_words_known": changed(Contact, direction="up"),
    "result_next_stage_names_its_interview": changed(Result, kind="next_stage"),
    "result_offer_fields_need_an_offer": changed(Result, offer_answer="open"),
    "result_words_known": changed(Result, kind="a party"),
    **WRONG_FORWARDING,
    "mail_state_known": changed(Mail, state="lost"),
    "mail_sent_has_moment": changed(Mail, state="sent", sent_at=None),
    "mail_leased_has_lease": changed(Mail, state="leased", lease_id=None),
    "reminder_once_per_step_and_moment": doubled(Reminder),
    "reminder_state_known": changed(Reminder, state="lost"),
    "reminder_sent_has_moment": changed(Reminder, state="sent", sent_at=None),
    "company_words_known": changed(Company, kind="club"),
    "interlocutor_origin_known": changed(Interlocutor, origin="a dream"),
    "interview_stage_known": changed(Interview, stage="ninth"),
    "interview_step_known": changed(Interview, step="dance"),
    "result_recontact_in_known_years": changed(Result, recontact_on=date(9999, 12, 31)),
    "coaching_ended_after_invited": changed(Coaching, ended_at=NOW - timedelta(days=3650)),
    "coaching_shares_known": changed(Coaching, shares="everything"),
    "mail_kind_known": changed(Mail, kind="letter"),
    "reminder_step_known": changed(Reminder, step="dance"),
    "reminder_channels_known": changed(Reminder, channel="pigeon"),
    "notification_channel_kind_known": changed(NotificationChannel, kind="pigeon"),
    "notification_channel_once_per_kind": doubled(NotificationChannel),
    "own_letter_once_per_occasion": doubled(OwnLetter),
    "own_letter_occasion_known": changed(OwnLetter, occasion="a birthday"),
    "own_letter_has_text": changed(OwnLetter, body=""),
    "calendar_feed_token_once": _the_same_secret,
    "calendar_feed_has_token": changed(CalendarFeed, token=""),
    "calendar_event_once_per_feed": doubled(CalendarEvent),
    "calendar_event_in_order": changed(CalendarEvent, ends_at=NOW - timedelta(minutes=1)),
    "position_import_state_known": changed(PositionImport, state="lost"),
    "position_import_finished": changed(PositionImport, state="done"),
    "sweep_state_is_one_row": changed(SweepState, id=2),
    "sender_state_is_one_row": changed(SenderState, id=2),
    "mail_fault_known": changed(Mail, fault="moon"),
    "departure_waits": lambda: DeletionRequest.objects.create(
        user=User.objects.all()[0], asked_at=NOW, due_at=NOW
    ),
    "record_kind_said": lambda: AuditEntry.objects.create(
        kind="", at=NOW, subject_id=User.objects.all()[0].pk
    ),
    "address_change_changes": lambda: EmailChange.objects.create(
        user=User.objects.all()[0], old="a@example.org", new="a@example.org", at=NOW
    ),
    "address_change_undone_later": lambda: EmailChange.objects.create(
        user=User.objects.all()[0],
        old="a@example.org",
        new="b@example.org",
        at=NOW,
        undone_at=NOW - timedelta(seconds=1),
    ),
}
# Another value of the same field that the same constraint refuses.
ALSO_WRONG = [
    ("interview_minutes_in_range", changed(Interview, minutes=721)),
    ("coach_note_about_known", changed(CoachNote, about="letter", interview=None)),
    (
        "proposal_answer_has_moment",
        changed(Proposal, answer="accepted", answered_at=NOW - timedelta(days=1)),
    ),
    ("vacancy_attractiveness_1_to_5", changed(Vacancy, attractiveness=0)),
    ("vacancy_states_known", changed(Vacancy, declared_state="closed")),
    ("vacancy_days_in_known_years", changed(Vacancy, follow_up_on=date(1900, 1, 1))),
    (
        "vacancy_days_in_known_years",
        changed(Vacancy, closed_on=date(9999, 1, 1), closing_reason="other"),
    ),
    ("attachment_size_in_range", changed(Attachment, size=2 * 2**20 + 1)),
    ("company_index_percents", changed(CompanyIndex, kept_percent=101)),
    *[
        ("wait_assumptions_in_range", changed(WaitAssumptions, **{field: wrong}))
        for field, wrong in (
            *(("told_percent", 100), ("kept_percent", 0), ("positive_percent", 0)),
            *(("median_days", 91), ("published_worth", 101)),
        )
    ],
    *[
        ("vacancy_criteria_1_to_5", changed(Vacancy, **{field: wrong}))
        for field in RATING_FIELDS
        for wrong in (0, 6)
    ],
    *[("candidate_weights_known", changed(Candidate, **{field: 3})) for field in WEIGHT_FIELDS],
    ("contact_sent_is_outbound_writing", changed(Contact, outcome="sent", direction="in")),
    ("result_offer_fields_need_an_offer", changed(Result, offer_starts_on=date(2027, 1, 1))),
    ("agreement_words_known", changed(Agreement, channel="pigeon")),
    ("result_words_known", changed(Result, lessons="lost")),
]


def named_constraints() -> dict[str, models.BaseConstraint]:
    ours = [apps.get_app_config(label) for label in ("accounts", "interviews")]
    return {
        constraint.name: constraint
        for app in ours
        for model in app.get_models()
        for constraint in model._meta.constraints
    }


def test_every_named_constraint_is_tried() -> None:
    assert set(WRONG) == set(named_constraints())


@pytest.mark.parametrize(("name", "write"), [*WRONG.items(), *ALSO_WRONG])
def test_a_wrong_row_is_refused(rows: None, name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    if connection.vendor == "postgresql" or not _is_told_by_columns(name):
        assert name in str(refused.value)


def _is_told_by_columns(name: str) -> bool:
    """SQLite names the columns of a plain unique constraint instead of the constraint."""
    constraint = named_constraints()[name]
    return isinstance(constraint, models.UniqueConstraint) and not constraint.expressions


@pytest.mark.parametrize(
    "write",
    [
        changed(Candidate, contact_opens=time(10), contact_closes=time(10, 30)),
        changed(Interview, minutes=5),
        changed(Interview, minutes=720),
        changed(Vacancy, attractiveness=1, desire=5),
        changed(Vacancy, attractiveness=None, desire=None),
        changed(Vacancy, work_rating=1, security_rating=5),
        changed(Vacancy, closing_reason="refused", closed_on=None),
        doubled(Tag, normalised_name="berlin"),
        changed(Candidate, work_weight=0, security_weight=2),
        changed(Agreement, due_on=None, due_time=None, due_timezone=""),
        changed(Contact, outcome="sent", channel="email"),
        changed(Result, kind="offer", offer_answer="open"),
        changed(Coaching, accepted_at=None),
        doubled(Agreement, submission_id=None),
        doubled(Contact, submission_id=None),
        doubled(Interview, submission_id=None, invitation_uid=""),
        doubled(Coaching, ended_at=NOW),
        changed(Coaching, ends_at=NOW - timedelta(days=3650)),
        changed(CoachNote, about="candidate", interview=None),
        changed(Proposal, answer="declined", answered_at=NOW),
        doubled(OwnLetter, occasion="late_answer"),
        doubled(Reminder, due_at=NOW + timedelta(days=1)),
    ],
)
def test_what_is_just_right_is_taken(rows: None, write: Callable[[], object]) -> None:
    write()
