"""Waiting mails between a coach and a candidate, and what withdraws them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from coaching import coachings, proposals
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, DeliveryState, Interview, Mail
from personal_data import account_deletion
from tests.support.people import make_interview, make_proposal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"


@pytest.fixture
def acme(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW + timedelta(days=9), now=NOW)


def morning_mail(bob: User) -> Mail:
    return Mail.objects.create(
        kind="coaching",
        user=bob,
        recipient=bob.email,
        message_id="<1@hearback.example>",
        text="Alice",
        html="Alice",
        try_at=NOW,
        created_at=NOW,
    )


def is_forgotten(mail: Mail) -> bool:
    mail.refresh_from_db()
    return mail.state == DeliveryState.SETTLED and not mail.text + mail.html


def test_an_end_takes_the_coachs_waiting_mails_along(alice: Candidate, bob: User) -> None:
    mail = morning_mail(bob)
    coachings.end_coaching(coaching=Coaching.objects.get(), actor=alice.user, now=LATER)
    assert is_forgotten(mail)


def test_so_does_sharing_less(alice: Candidate, bob: User) -> None:
    mail = morning_mail(bob)
    coachings.change_terms(coaching=Coaching.objects.get(), terms=Terms("steps"), now=LATER)
    assert is_forgotten(mail)


def test_so_does_leaving(alice: Candidate, bob: User) -> None:
    mail = morning_mail(bob)
    account_deletion.request_deletion(user=alice.user, now=LATER)
    assert is_forgotten(mail)


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.LEASED])
def test_what_was_sent_or_is_being_sent_stays(alice: Candidate, bob: User, state: str) -> None:
    mail = morning_mail(bob)
    Mail.objects.update(state=state, sent_at=NOW, lease_id=mail.pk)
    coachings.end_coaching(coaching=Coaching.objects.get(), actor=alice.user, now=LATER)
    assert not is_forgotten(mail)


def test_a_withdrawn_proposal_is_not_mailed(bob: User, acme: Interview) -> None:
    proposal = make_proposal(acme, bob, now=NOW)
    mail = Mail.objects.get(kind="coaching")
    assert str(acme.pk) in mail.text
    proposals.withdraw_proposal(proposal=proposal, now=LATER)
    assert is_forgotten(mail)


def test_an_invitation_that_is_taken_back_is_not_mailed(alice: Candidate) -> None:
    invited = coachings.invite_coach(
        candidate=alice, address="erin@example.org", terms=Terms("steps"), now=NOW
    )
    mail = Mail.objects.get(recipient="erin@example.org")
    coachings.end_coaching(coaching=invited, actor=alice.user, now=LATER)
    assert is_forgotten(mail)
