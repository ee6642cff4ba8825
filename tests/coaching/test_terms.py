"""What is shared with a coach, and until when; changes and the end, by either side."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry, User
from coaching import coachings, permissions
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, Interview
from tests.support.people import make_interview, make_user

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


def accept(invited: Coaching, coach: User, now: datetime = NOW) -> Coaching:
    return coachings.accept_invitation(coaching=invited, coach=coach, now=now)


def sees(coach: User, now: datetime) -> bool:
    return bool(permissions.scope_of(coach, now=now).candidates())


def mails() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def kinds(candidate: Candidate) -> list[str]:
    return [entry.kind for entry in AuditEntry.objects.about(candidate.user)]


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW)


def test_chosen_positions_and_no_others(
    invited: Coaching, coach: User, alice: Candidate, interview: Interview
) -> None:
    make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW, company="Bolt")
    made = accept(invited, coach)
    assert permissions.scope_of(coach, now=LATER).interviews().count() == 2
    terms = Terms("interviews", [interview.vacancy])
    coachings.change_terms(coaching=made, terms=terms, now=LATER)
    assert list(permissions.scope_of(coach, now=LATER).whole_interviews()) == [interview]
    assert kinds(alice) == [Kind.SHARED, Kind.SHARED]


def test_a_position_of_somebody_else_is_none(
    invited: Coaching, alice: Candidate, charlie: Candidate
) -> None:
    theirs = make_interview(charlie, starts_at=NOW + timedelta(days=2), now=NOW).vacancy
    for vacancies in ([], [theirs]):
        with pytest.raises(ValidationError, match="at least one position"):
            coachings.change_terms(coaching=invited, terms=Terms("steps", vacancies), now=LATER)


def test_a_change_from_an_old_page_takes_back_no_acceptance(invited: Coaching, coach: User) -> None:
    """The candidate had the page open while the invitation was accepted."""
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
def test_it_ends_with_the_last_day_in_the_candidates_zone(
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
    with pytest.raises(ValidationError, match="Choose today or a later date"):
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


def test_the_candidate_ends_it_and_the_coach_is_not_written_to(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    before = len(mails())
    assert coachings.end_coaching(coaching=made, actor=alice.user, now=LATER)
    assert not coachings.end_coaching(coaching=made, actor=alice.user, now=LATER)
    assert not sees(coach, LATER)
    assert len(mails()) == before
    assert kinds(alice) == [Kind.UNSHARED, Kind.SHARED]


def test_the_coach_ends_it_and_the_candidate_is_told(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    made = accept(invited, coach)
    assert coachings.end_coaching(coaching=made, actor=coach, now=LATER)
    told = mail.outbox[-1]
    assert (told.to, told.subject) == ([alice.user.email], "Bob is no longer your coach")


def test_an_end_from_an_old_page_is_of_what_stands_now(
    invited: Coaching, coach: User, alice: Candidate
) -> None:
    """The candidate ends what has just been accepted: it has begun, and its end is in the audit
    log."""
    accept(invited, coach)
    coachings.end_coaching(coaching=invited, actor=alice.user, now=LATER)
    assert kinds(alice) == [Kind.UNSHARED, Kind.SHARED]
    assert not sees(coach, LATER)
