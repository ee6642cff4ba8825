"""A coach asks the address of a coached candidate, of somebody who sent an invitation, or the
coach's own."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import User
from coaching import access, coachings, requests
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, CoachingRequest
from tests.support.people import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
STEPS = Terms("steps")
OTHER = "other@example.org"


@pytest.fixture
def coach(db: None) -> User:
    return make_user("Erin", is_staff=True)


@pytest.fixture
def invited(alice: Candidate, coach: User) -> Coaching:
    EmailAddress.objects.create(user=alice.user, email=OTHER, verified=True)
    made = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=NOW)
    mail.outbox.clear()
    return made


@pytest.fixture
def going_on(invited: Coaching, coach: User) -> Coaching:
    made = coachings.accept_invitation(coaching=invited, coach=coach, now=NOW)
    mail.outbox.clear()
    return made


def ask(coach: User, address: str, now: datetime = LATER) -> bool:
    return requests.ask_candidate(coach=coach, address=address, now=now)


def test_a_coached_candidate_is_not_asked(
    going_on: Coaching, coach: User, alice: Candidate
) -> None:
    with pytest.raises(ValidationError, match="already coach this person"):
        ask(coach, "ALICE@example.org")
    assert not CoachingRequest.objects.exists()
    assert mail.outbox == []


def test_nor_who_has_invited_the_coach(invited: Coaching, coach: User) -> None:
    with pytest.raises(ValidationError, match="Answer their invitation"):
        ask(coach, "alice@example.org")
    assert not CoachingRequest.objects.exists()


@pytest.mark.parametrize("address", ["erin@example.org", "ERIN@example.org", OTHER])
def test_nor_themselves(coach: User, address: str) -> None:
    EmailAddress.objects.create(user=coach, email=OTHER, verified=True)
    with pytest.raises(ValidationError, match="your own email address"):
        ask(coach, address)


def test_another_address_of_theirs_is_told_apart_from_no_other(
    going_on: Coaching, coach: User, alice: Candidate
) -> None:
    """The coach has not been shown it, and hears what is said of any; nobody is written to, and
    nothing is left to answer once the coaching has ended."""
    assert ask(coach, OTHER)
    assert mail.outbox == []
    coachings.end_coaching(coaching=going_on, actor=alice.user, now=LATER)
    assert not access.requests_to(alice.user).exists()
    assert not ask(coach, OTHER)


def test_after_the_end_the_candidate_is_asked_as_anybody(
    going_on: Coaching, coach: User, alice: Candidate
) -> None:
    coachings.end_coaching(coaching=going_on, actor=coach, now=NOW)
    mail.outbox.clear()
    assert ask(coach, "alice@example.org")
    assert [sent.to for sent in mail.outbox] == [["alice@example.org"]]


@pytest.mark.parametrize("by_invitation", [True, False])
def test_accepting_a_coach_answers_all_their_requests(
    alice: Candidate, coach: User, by_invitation: bool
) -> None:
    EmailAddress.objects.create(user=alice.user, email=OTHER, verified=True)
    erased = make_user("Zoe", is_staff=True)
    for who, address in ((coach, "alice@example.org"), (coach, OTHER), (erased, OTHER)):
        ask(who, address, NOW)
    if by_invitation:
        made = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=NOW)
        coachings.accept_invitation(coaching=made, coach=coach, now=LATER)
    else:
        asked = CoachingRequest.objects.get(coach=coach, address="alice@example.org")
        requests.accept_request(request=asked, candidate=alice, terms=STEPS, now=LATER)
    assert [each.coach for each in access.requests_to(alice.user)] == [erased]
    answers = CoachingRequest.objects.filter(coach=coach).order_by("address")
    assert list(answers.values_list("answer", flat=True)) == ["accepted", "declined"]


def test_nobody_invites_another_own_address(invited: Coaching, alice: Candidate) -> None:
    with pytest.raises(ValidationError, match="your own email address"):
        coachings.invite_coach(candidate=alice, address=OTHER, terms=STEPS, now=NOW)


def test_nor_accepts_an_own_invitation(alice: Candidate) -> None:
    """Sent to an address that became the candidate's since."""
    made = coachings.invite_coach(candidate=alice, address=OTHER, terms=STEPS, now=NOW)
    EmailAddress.objects.create(user=alice.user, email=OTHER, verified=True)
    with pytest.raises(ValidationError, match="coach yourself"):
        coachings.accept_invitation(coaching=made, coach=alice.user, now=LATER)
    assert not User.objects.get(pk=alice.user.pk).is_staff
