"""Rows of every noun for alice, and charlie's, which nobody but an operator may see."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from integrations.calendar_feed import told_by
from integrations.feed_address import create_feed
from integrations.forwarding.address import create_address
from interviews.models import (
    Candidate,
    Coach,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    InboundMail,
    InboundState,
    Interview,
    Mail,
    Organisation,
    OwnLetter,
    PositionImport,
    Proposal,
    PushKey,
    RefusedAddress,
    SenderState,
    SweepState,
    Vacancy,
)
from interviews.services.attachments import attach_file
from interviews.services.notification_channels import add_device
from tests.support.kept_data import Kept
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_mail_proposal,
    make_note,
    make_position,
    make_result,
    make_statistics,
    make_user,
)
from tests.support.step_factories import reminder_of, stand

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONES = {"Alice": "Europe/Berlin", "Charlie": "America/New_York"}


def fill(candidate: Candidate, company: str) -> None:
    """A row of every noun that belongs to a candidate."""
    due = stand(candidate, "call", now=NOW, company=company)
    reminder = reminder_of(due, now=NOW)
    mail = Mail.objects.create(
        kind="reminder",
        user=candidate.user,
        recipient=candidate.user.email,
        message_id=f"<{candidate.pk}@hearback.example>",
        subject="Never shown",
        text="Never shown",
        try_at=NOW,
        created_at=NOW,
    )
    reminder.mail = mail
    reminder.save()
    over = make_interview(
        candidate, starts_at=NOW - timedelta(days=9), now=NOW, company=f"{company} Two"
    )
    make_agreement(over, now=NOW, due_on=date(2026, 11, 20), due_time=time(12))
    make_contact(over, now=NOW, person=over.step_person, notes="A note")
    make_result(over, now=NOW, competences=[f"{company} SQL"])
    told_by(create_feed(candidate=candidate, now=NOW), now=NOW)
    create_address(candidate=candidate, now=NOW)
    moments = {"received_at": NOW, "try_at": NOW}
    mail = InboundMail.objects.create(candidate=candidate, raw=b"Never shown", **moments)
    make_mail_proposal(over, now=NOW, mail=mail)
    make_statistics(candidate, now=NOW)
    Vacancy.objects.filter(candidate=candidate).update(attractiveness=4, desire=5)
    applied = make_position(
        candidate, now=NOW, company=company, title="Statistician", tags=(company,)
    )
    attach_file(vacancy=applied, name="cv.txt", content=b"Never shown")
    PositionImport.objects.create(candidate=candidate, file_name="1.csv", table="Never shown")
    OwnLetter.objects.create(
        candidate=candidate,
        occasion="thanks",
        subject=f"{company} again",
        body="Dear",
        changed_at=NOW,
    )


def share(coach: User, candidate: Candidate) -> None:
    """One chosen position, with a note and a proposal on it."""
    row = Interview.objects.filter(candidate=candidate).order_by("pk")[0]
    make_coaching(coach, candidate, covers_all=False)
    coaching = Coaching.objects.get(coach=coach, candidate=candidate)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=row.vacancy)
    make_note(row, coach, now=NOW, text="Never shown", is_shared=False)
    Proposal.objects.create(coaching=coaching, interview=row, action="call", proposed_at=NOW)


def make() -> dict[str, Candidate]:
    alice, charlie = make_person("Alice"), make_person("Charlie")
    fill(alice, "Acme")
    fill(charlie, "Dune")
    dora = make_user("Dora", is_staff=True)
    make_coaching(dora, charlie)
    ada = make_user("Ada", is_staff=True)
    for candidate in (alice, charlie):
        share(ada, candidate)
    Coach.objects.create(user=dora, organisation=Organisation.objects.create(name="Agency"))
    CoachingRequest.objects.create(coach=dora, address="eve@example.org", asked_at=NOW)
    SweepState.objects.create(swept_at=NOW)
    SenderState.objects.create(seen_at=NOW)
    InboundState.objects.create()
    address = EmailAddress.objects.get(email="alice@example.org")
    RefusedAddress.objects.create(address=address, reply="550 5.1.1 No such user", refused_at=NOW)
    subscription = {"endpoint": "https://push.example/1"}
    add_device(candidate=alice, subscription=subscription, name="Firefox on Linux", now=NOW)
    PushKey.objects.create(public_key="BM", created_at=NOW)
    return {"Alice": alice, "Charlie": charlie}


def make_person(name: str) -> Candidate:
    return make_candidate(make_user(name), zone=ZONES[name])


@pytest.fixture(scope="session")
def kept_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Kept[dict[str, Candidate]]:
    return Kept(make, django_db_blocker)


@pytest.fixture
def filled(db: None, kept_rows: Kept[dict[str, Candidate]]) -> dict[str, Candidate]:
    return kept_rows.put_back()


@pytest.fixture
def alice(request: pytest.FixtureRequest, db: None) -> Candidate:
    return person(request, "Alice")


@pytest.fixture
def charlie(request: pytest.FixtureRequest, db: None) -> Candidate:
    return person(request, "Charlie")


def person(request: pytest.FixtureRequest, name: str) -> Candidate:
    """With all that is theirs, where a test is about that too."""
    if "filled" in request.fixturenames:
        found: Candidate = request.getfixturevalue("filled")[name]
        return found
    return make_person(name)


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("operator@example.org", "a long enough word")


@pytest.fixture
def as_operator(client: Client, operator: User, filled: object) -> Client:
    client.force_login(operator)
    return client


@pytest.fixture
def as_bob(client: Client, bob: User, filled: object) -> Client:
    client.force_login(bob)
    return client


@pytest.fixture
def coaching(bob: User) -> Coaching:
    return Coaching.objects.get(coach=bob)


@pytest.fixture
def of_alice(filled: object, alice: Candidate) -> Interview:
    return Interview.objects.get(candidate=alice, vacancy__company__name="Acme")
