"""Starting a coaching by a candidate's invitation, or by a coach's request."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry, User
from coaching import coaches, coachings, permissions, requests
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, CoachingRequest
from interviews.services import candidates
from personal_data import account_deletion
from tests.support.people import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
STEPS = Terms("steps")
Kind = AuditEntry.Kind


@pytest.fixture
def coach(db: None) -> User:
    """Nobody's yet."""
    return make_user("Bob")


@pytest.fixture
def invited(alice: Candidate) -> Coaching:
    return coachings.invite_coach(candidate=alice, address="Bob@Example.org", terms=STEPS, now=NOW)


@pytest.fixture
def asked(alice: Candidate, coach: User) -> CoachingRequest:
    coaches.make_coach(user=coach)
    requests.ask_candidate(coach=coach, address=alice.user.email, now=NOW)
    return CoachingRequest.objects.get()


def accept(invited: Coaching, coach: User, now: datetime = NOW) -> Coaching:
    return coachings.accept_invitation(coaching=invited, coach=coach, now=now)


def accept_request(asked: CoachingRequest, alice: Candidate, now: datetime = LATER) -> Coaching:
    return requests.accept_request(request=asked, candidate=alice, terms=STEPS, now=now)


def sees(coach: User, now: datetime) -> bool:
    return bool(permissions.scope_of(coach, now=now).candidates())


def mails() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def kinds(candidate: Candidate) -> list[str]:
    return [entry.kind for entry in AuditEntry.objects.about(candidate.user)]


# --- a candidate invites ------------------------------------------------------------------------


def test_an_invitation_shares_nothing_until_it_is_accepted(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    assert (invited.address, invited.coach, mails()) == ("bob@example.org", None, [coach.email])
    assert not sees(coach, LATER)
    accept(invited, coach)
    assert sees(coach, NOW)
    coach.refresh_from_db()
    assert coach.is_staff
    assert coach.coach.timezone == "UTC"
    assert kinds(alice) == [Kind.SHARED]
    assert mails() == [coach.email, alice.user.email]


@pytest.mark.parametrize("address", ["alice@example.org", "ALICE@example.org"])
def test_not_to_themselves(alice: Candidate, address: str) -> None:
    with pytest.raises(ValidationError, match="your own email address"):
        coachings.invite_coach(candidate=alice, address=address, terms=STEPS, now=NOW)


def test_an_address_is_invited_once_at_a_time(invited: Coaching, alice: Candidate) -> None:
    with pytest.raises(ValidationError, match="already invited this address"):
        coachings.invite_coach(candidate=alice, address="BOB@example.org", terms=STEPS, now=NOW)
    assert len(mails()) == 1


def test_nor_one_who_is_a_coach_already(invited: Coaching, coach: User, alice: Candidate) -> None:
    accept(invited, coach)
    with pytest.raises(ValidationError, match="already share with this coach"):
        coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=LATER)


def test_whoever_did_not_accept_is_written_to_once(invited: Coaching, alice: Candidate) -> None:
    coachings.decline_invitation(coaching=invited, now=NOW)
    again = coachings.invite_coach(
        candidate=alice, address="bob@example.org", terms=STEPS, now=LATER
    )
    assert not again.is_over(LATER)
    assert mails() == ["bob@example.org"]


def test_after_a_coaching_the_coach_is_written_to_again(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    coachings.end_coaching(coaching=made, actor=alice.user, now=LATER)
    later = LATER + timedelta(days=1)
    again = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=later)
    assert mails().count(coach.email) == 2
    accept(again, coach, later)
    assert sees(coach, later)


def test_only_whoever_has_proved_the_address_accepts(invited: Coaching) -> None:
    with pytest.raises(ValidationError, match="sent to another email address"):
        accept(invited, make_user("Charlie"))
    unproved = make_user("Bob", is_verified=False)
    with pytest.raises(ValidationError, match="sent to another email address"):
        accept(invited, unproved)
    unproved.refresh_from_db()
    assert not unproved.is_staff


def test_an_invitation_that_is_over_is_accepted_by_nobody(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    coachings.end_coaching(coaching=invited, actor=alice.user, now=NOW)
    with pytest.raises(ValidationError, match="has expired or was already answered"):
        accept(invited, coach, LATER)
    assert kinds(alice) == []  # nothing was shared


def test_it_is_answered_once(invited: Coaching, coach: User) -> None:
    accept(invited, coach)
    with pytest.raises(ValidationError, match="has expired or was already answered"):
        accept(invited, coach)
    with pytest.raises(ValidationError, match="has expired or was already answered"):
        coachings.decline_invitation(coaching=invited, now=LATER)
    assert sees(coach, LATER)
    assert mails().count("alice@example.org") == 1


def test_one_who_coaches_by_another_way_accepts_no_second_time(
    asked: CoachingRequest, coach: User, alice: Candidate
) -> None:
    """Invited and asking at the same time: one coaching comes of it."""
    invited = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=NOW)
    accept_request(asked, alice)
    with pytest.raises(ValidationError, match="already coach this candidate"):
        accept(invited, coach, LATER)


def test_who_is_about_to_leave_lets_nobody_in(alice: Candidate, coach: User) -> None:
    account_deletion.request_deletion(user=alice.user, now=NOW)
    with pytest.raises(ValidationError, match="is scheduled for deletion"):
        coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=LATER)


def test_nor_coaches(invited: Coaching, coach: User) -> None:
    account_deletion.request_deletion(user=coach, now=NOW)
    with pytest.raises(ValidationError, match="is scheduled for deletion"):
        accept(invited, coach)


# --- a coach asks -------------------------------------------------------------------------------


def test_an_asking_shares_nothing_until_the_candidate_answers(
    asked: CoachingRequest, coach: User, alice: Candidate
) -> None:
    assert not sees(coach, LATER)
    accept_request(asked, alice)
    assert sees(coach, LATER)
    assert kinds(alice) == [Kind.SHARED]
    assert mails() == [alice.user.email, coach.email]


@pytest.mark.parametrize("for_good", [True, False])
def test_the_same_coach_asks_once(asked: CoachingRequest, coach: User, for_good: bool) -> None:
    requests.decline_request(request=asked, for_good=for_good, now=NOW)
    assert not requests.ask_candidate(coach=coach, address="ALICE@example.org", now=LATER)
    assert mails() == ["alice@example.org"]


def test_whoever_wants_nobody_is_not_asked_by_others_either(asked: CoachingRequest) -> None:
    erin = make_user("Erin", is_staff=True)
    requests.decline_request(request=asked, for_good=True, now=NOW)
    # Erin gets the same answer as for any address.
    assert requests.ask_candidate(coach=erin, address="alice@example.org", now=LATER)
    assert mails() == ["alice@example.org"]


def test_a_plain_no_is_to_one_coach_alone(asked: CoachingRequest) -> None:
    erin = make_user("Erin", is_staff=True)
    requests.decline_request(request=asked, for_good=False, now=NOW)
    requests.ask_candidate(coach=erin, address="alice@example.org", now=LATER)
    assert mails() == ["alice@example.org", "alice@example.org"]


def test_a_request_is_answered_once(asked: CoachingRequest, alice: Candidate) -> None:
    requests.decline_request(request=asked, for_good=False, now=NOW)
    with pytest.raises(ValidationError, match="already answered"):
        accept_request(asked, alice)
    with pytest.raises(ValidationError, match="already answered"):
        requests.decline_request(request=asked, for_good=True, now=LATER)
    assert not Coaching.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_coach_who_may_not_coach_is_not_let_in(
    asked: CoachingRequest, alice: Candidate, coach: User, change: dict[str, bool]
) -> None:
    User.objects.filter(pk=coach.pk).update(**change)
    with pytest.raises(ValidationError, match="no longer on Hearback"):
        accept_request(asked, alice)


def test_nor_one_who_leaves(asked: CoachingRequest, alice: Candidate, coach: User) -> None:
    account_deletion.request_deletion(user=coach, now=NOW)
    with pytest.raises(ValidationError, match="no longer on Hearback"):
        accept_request(asked, alice)


def test_nobody_is_their_own_coach(asked: CoachingRequest, coach: User) -> None:
    own = candidates.create_candidate(user=coach, timezone="UTC")
    with pytest.raises(ValidationError, match="coach yourself"):
        accept_request(asked, own)
