"""Letting a coach in, changing what is shared, and ending it, by either side."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import RecordEntry, User
from interviews import coach_access
from interviews.models import Candidate, Coaching, CoachingRequest, Interview
from interviews.services import candidates, coaches, coachings, departures
from interviews.services.coachings import Terms
from tests.support.people import make_interview, make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
STEPS = Terms("steps")
Kind = RecordEntry.Kind


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
    coachings.ask_candidate(coach=coach, address=alice.user.email, now=NOW)
    return CoachingRequest.objects.get()


def accept(invited: Coaching, coach: User, now: datetime = NOW) -> Coaching:
    return coachings.accept_invitation(coaching=invited, coach=coach, now=now)


def let_in(asked: CoachingRequest, alice: Candidate, now: datetime = LATER) -> Coaching:
    return coachings.accept_request(request=asked, candidate=alice, terms=STEPS, now=now)


def sees(coach: User, now: datetime) -> bool:
    return bool(coach_access.sharing_with(coach, now=now).candidates())


def mails() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def kinds(candidate: Candidate) -> list[str]:
    return [entry.kind for entry in RecordEntry.objects.about(candidate.user)]


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
def test_not_to_herself(alice: Candidate, address: str) -> None:
    with pytest.raises(ValidationError, match="your own address"):
        coachings.invite_coach(candidate=alice, address=address, terms=STEPS, now=NOW)


def test_an_address_is_invited_once_at_a_time(invited: Coaching, alice: Candidate) -> None:
    with pytest.raises(ValidationError, match="invited this address already"):
        coachings.invite_coach(candidate=alice, address="BOB@example.org", terms=STEPS, now=NOW)
    assert len(mails()) == 1


def test_nor_one_who_coaches_her(invited: Coaching, coach: User, alice: Candidate) -> None:
    accept(invited, coach)
    with pytest.raises(ValidationError, match="sees what you share already"):
        coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=LATER)


def test_whoever_did_not_accept_is_written_to_once(invited: Coaching, alice: Candidate) -> None:
    coachings.decline_invitation(coaching=invited, now=NOW)
    again = coachings.invite_coach(
        candidate=alice, address="bob@example.org", terms=STEPS, now=LATER
    )
    assert not again.is_over(LATER)
    assert mails() == ["bob@example.org"]


def test_after_a_coaching_that_was_she_is_written_to_again(
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
    with pytest.raises(ValidationError, match="for another address"):
        accept(invited, make_user("Charlie"))
    unproved = make_user("Bob", is_verified=False)
    with pytest.raises(ValidationError, match="for another address"):
        accept(invited, unproved)
    unproved.refresh_from_db()
    assert not unproved.is_staff


def test_an_invitation_that_is_over_is_accepted_by_nobody(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    coachings.end_coaching(coaching=invited, actor=alice.user, now=NOW)
    with pytest.raises(ValidationError, match="is over"):
        accept(invited, coach, LATER)
    assert kinds(alice) == []  # nothing was shared


def test_it_is_answered_once(invited: Coaching, coach: User) -> None:
    accept(invited, coach)
    with pytest.raises(ValidationError, match="is over"):
        accept(invited, coach)
    with pytest.raises(ValidationError, match="is over"):
        coachings.decline_invitation(coaching=invited, now=LATER)
    assert sees(coach, LATER)
    assert mails().count("alice@example.org") == 1


def test_one_who_coaches_by_another_way_accepts_no_second_time(
    asked: CoachingRequest, coach: User, alice: Candidate
) -> None:
    """Invited and asking at the same time: one coaching comes of it."""
    invited = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=NOW)
    let_in(asked, alice)
    with pytest.raises(ValidationError, match="coach this candidate already"):
        accept(invited, coach, LATER)


def test_who_is_about_to_leave_lets_nobody_in(alice: Candidate, coach: User) -> None:
    departures.ask(user=alice.user, now=NOW)
    with pytest.raises(ValidationError, match="is to be deleted"):
        coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=LATER)


def test_nor_coaches(invited: Coaching, coach: User) -> None:
    departures.ask(user=coach, now=NOW)
    with pytest.raises(ValidationError, match="is to be deleted"):
        accept(invited, coach)


# --- a coach asks -------------------------------------------------------------------------------


def test_an_asking_shares_nothing_until_she_answers(
    asked: CoachingRequest, coach: User, alice: Candidate
) -> None:
    assert not sees(coach, LATER)
    let_in(asked, alice)
    assert sees(coach, LATER)
    assert kinds(alice) == [Kind.SHARED]
    assert mails() == [alice.user.email, coach.email]


@pytest.mark.parametrize("for_good", [True, False])
def test_the_same_coach_asks_once(asked: CoachingRequest, coach: User, for_good: bool) -> None:
    coachings.decline_request(request=asked, for_good=for_good, now=NOW)
    assert not coachings.ask_candidate(coach=coach, address="ALICE@example.org", now=LATER)
    assert mails() == ["alice@example.org"]


def test_whoever_wants_nobody_is_not_asked_by_others_either(asked: CoachingRequest) -> None:
    erin = make_user("Erin", is_staff=True)
    coachings.decline_request(request=asked, for_good=True, now=NOW)
    # Erin is told what she would be told of any address.
    assert coachings.ask_candidate(coach=erin, address="alice@example.org", now=LATER)
    assert mails() == ["alice@example.org"]


def test_a_plain_no_is_to_one_coach_alone(asked: CoachingRequest) -> None:
    erin = make_user("Erin", is_staff=True)
    coachings.decline_request(request=asked, for_good=False, now=NOW)
    coachings.ask_candidate(coach=erin, address="alice@example.org", now=LATER)
    assert mails() == ["alice@example.org", "alice@example.org"]


def test_a_request_is_answered_once(asked: CoachingRequest, alice: Candidate) -> None:
    coachings.decline_request(request=asked, for_good=False, now=NOW)
    with pytest.raises(ValidationError, match="answered already"):
        let_in(asked, alice)
    with pytest.raises(ValidationError, match="answered already"):
        coachings.decline_request(request=asked, for_good=True, now=LATER)
    assert not Coaching.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_coach_who_may_not_coach_is_not_let_in(
    asked: CoachingRequest, alice: Candidate, coach: User, change: dict[str, bool]
) -> None:
    User.objects.filter(pk=coach.pk).update(**change)
    with pytest.raises(ValidationError, match="has left"):
        let_in(asked, alice)


def test_nor_one_who_leaves(asked: CoachingRequest, alice: Candidate, coach: User) -> None:
    departures.ask(user=coach, now=NOW)
    with pytest.raises(ValidationError, match="has left"):
        let_in(asked, alice)


def test_nobody_coaches_herself(asked: CoachingRequest, coach: User) -> None:
    own = candidates.create_candidate(user=coach, timezone="UTC")
    with pytest.raises(ValidationError, match="coach yourself"):
        let_in(asked, own)


# --- what is shared, and until when -------------------------------------------------------------


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW)


def test_chosen_positions_and_no_others(
    invited: Coaching, coach: User, alice: Candidate, interview: Interview
) -> None:
    make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW, company="Bolt")
    made = accept(invited, coach)
    assert coach_access.sharing_with(coach, now=LATER).interviews().count() == 2
    terms = Terms("interviews", [interview.vacancy])
    coachings.change_terms(coaching=made, terms=terms, now=LATER)
    assert list(coach_access.sharing_with(coach, now=LATER).whole_interviews()) == [interview]
    assert kinds(alice) == [Kind.SHARED, Kind.SHARED]


def test_a_position_of_somebody_else_is_none(
    invited: Coaching, alice: Candidate, charlie: Candidate
) -> None:
    theirs = make_interview(charlie, starts_at=NOW + timedelta(days=2), now=NOW).vacancy
    for vacancies in ([], [theirs]):
        with pytest.raises(ValidationError, match="at least one position"):
            coachings.change_terms(coaching=invited, terms=Terms("steps", vacancies), now=LATER)


def test_a_change_from_an_old_page_takes_back_no_acceptance(invited: Coaching, coach: User) -> None:
    """She had the page open while the invitation was accepted."""
    accept(invited, coach)
    assert invited.accepted_at is None  # what the page holds
    coachings.change_terms(coaching=invited, terms=Terms("interviews"), now=LATER)
    assert sees(coach, LATER)


def test_and_brings_back_none_that_has_ended(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    coachings.end_coaching(coaching=made, actor=coach, now=NOW)
    with pytest.raises(ValidationError, match="has ended"):
        coachings.change_terms(coaching=made, terms=STEPS, now=LATER)
    assert not sees(coach, LATER)


def lasting_until(alice: Candidate, coach: User, zone: str, ends_on: date, now: datetime) -> None:
    Candidate.objects.filter(pk=alice.pk).update(timezone=zone)
    alice.refresh_from_db()
    invited = coachings.invite_coach(
        candidate=alice, address=coach.email, terms=Terms("steps", ends_on=ends_on), now=now
    )
    made = accept(invited, coach, now)
    assert made.last_day == ends_on


@pytest.mark.parametrize(
    ("zone", "ends_on", "over_at"),
    [
        ("Europe/Berlin", "2026-11-25", "2026-11-25T23:00"),
        ("America/New_York", "2026-11-25", "2026-11-26T05:00"),
        ("Pacific/Kiritimati", "2026-11-25", "2026-11-25T10:00"),
        # The day after the last one begins in winter time, or in summer time.
        ("Europe/Berlin", "2027-03-28", "2027-03-28T22:00"),
        ("Europe/Berlin", "2027-10-31", "2027-10-31T23:00"),
        # There is no midnight on that day: the clocks go from 24:00 to 01:00.
        ("Africa/Cairo", "2027-04-29", "2027-04-29T22:00"),
    ],
)
def test_it_ends_with_the_last_day_in_her_zone(
    alice: Candidate, coach: User, zone: str, ends_on: str, over_at: str
) -> None:
    lasting_until(alice, coach, zone, date.fromisoformat(ends_on), NOW)
    over = datetime.fromisoformat(f"{over_at}+00:00")
    assert sees(coach, over - timedelta(seconds=1))
    assert not sees(coach, over)


def test_today_may_be_the_last_day_and_yesterday_not(alice: Candidate, coach: User) -> None:
    """At 02:00 of the 24th in UTC it is the 23rd in New York."""
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    lasting_until(alice, coach, "America/New_York", date(2026, 11, 23), night)
    assert sees(coach, night)
    with pytest.raises(ValidationError, match="day is over"):
        coachings.change_terms(
            coaching=Coaching.objects.get(),
            terms=Terms("steps", ends_on=date(2026, 11, 22)),
            now=night,
        )


def test_what_has_lapsed_makes_room_and_is_written_down(alice: Candidate, coach: User) -> None:
    lasting_until(alice, coach, "Europe/Berlin", date(2026, 11, 23), NOW)
    after = NOW + timedelta(days=3)
    coachings.close_lapsed(now=after)
    coachings.close_lapsed(now=after)
    first = Coaching.objects.get()
    assert first.ended_at == first.ends_at
    assert kinds(alice) == [Kind.UNSHARED, Kind.SHARED]
    invited = coachings.invite_coach(candidate=alice, address=coach.email, terms=STEPS, now=after)
    accept(invited, coach, after)
    assert sees(coach, after)


# --- ending it ----------------------------------------------------------------------------------


def test_she_ends_it_and_the_coach_is_not_written_to(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    before = len(mails())
    assert coachings.end_coaching(coaching=made, actor=alice.user, now=LATER)
    assert not coachings.end_coaching(coaching=made, actor=alice.user, now=LATER)
    assert not sees(coach, LATER)
    assert len(mails()) == before
    assert kinds(alice) == [Kind.UNSHARED, Kind.SHARED]


def test_the_coach_ends_it_and_she_is_told(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    assert coachings.end_coaching(coaching=made, actor=coach, now=LATER)
    told = mail.outbox[-1]
    assert (told.to, told.subject) == ([alice.user.email], "Bob no longer coaches you")


def test_an_end_from_an_old_page_is_of_what_stands_now(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    """She takes back what has just been accepted: it has begun, and its end is in the record."""
    accept(invited, coach)
    coachings.end_coaching(coaching=invited, actor=alice.user, now=LATER)
    assert kinds(alice) == [Kind.UNSHARED, Kind.SHARED]
    assert not sees(coach, LATER)
