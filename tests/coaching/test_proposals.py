"""What a coach may propose: nothing that could not be shown or done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import User
from coaching import proposals
from interviews.models import Candidate, Interview, Proposal
from tests.coaching.test_coachings_at_once import tried
from tests.interviews.services.test_closing_together import ROUNDS, at_once
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_proposal,
    make_user,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FAR = date(2027, 11, 25)


@pytest.fixture
def row(alice: Candidate, bob: User) -> Interview:
    """On Thursday the 26th, late in the candidate's day."""
    starts_at = datetime(2026, 11, 26, 20, 0, tzinfo=alice.zone)
    return make_interview(alice, starts_at=starts_at, now=NOW)


@pytest.mark.parametrize(
    ("action", "by_on", "now", "said"),
    [
        ("call", date(2026, 11, 22), NOW, "Choose today or a later date"),
        ("call", FAR, NOW, "Choose a date within the next year"),
        ("prepare", date(2026, 11, 27), NOW, "Choose a date before the interview"),
        ("prepare", None, NOW + timedelta(days=5), "The interview is over"),
    ],
)
def test_what_could_never_be_shown_is_refused(
    row: Interview, bob: User, action: str, by_on: date | None, now: datetime, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        make_proposal(row, bob, now=now, action=action, by_on=by_on)
    assert not Proposal.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("action", "by_on"),
    [
        ("prepare", date(2026, 11, 26)),
        ("call", date(2026, 11, 27)),
        ("call", date(2026, 11, 23)),
        ("call", date(2027, 11, 23)),
    ],
)
def test_what_is_in_time_is_taken(row: Interview, bob: User, action: str, by_on: date) -> None:
    assert make_proposal(row, bob, now=NOW, action=action, by_on=by_on).by_on == by_on


@pytest.mark.parametrize("action", ["call", "write", "prepare", "other"])
def test_nothing_about_an_interview_that_was_called_off(
    row: Interview, bob: User, action: str
) -> None:
    row.cancelled_at = NOW
    with pytest.raises(ValidationError, match="was cancelled"):
        make_proposal(row, bob, now=NOW, action=action)


def test_only_what_was_accepted_is_done_and_once(row: Interview, bob: User) -> None:
    made = make_proposal(row, bob, now=NOW, action="other")
    assert not proposals.mark_done(proposal=made, now=NOW)
    proposals.answer_proposal(proposal=made, answer="accepted", now=NOW)
    assert proposals.mark_done(proposal=made, now=NOW)
    assert not proposals.mark_done(proposal=made, now=NOW)
    proposals.answer_proposal(proposal=made, answer="declined", now=NOW)
    made.refresh_from_db()
    assert (made.state, made.done_at) == ("declined", None)


@pytest.mark.servers
@pytest.mark.usefixtures("transactional_db")
def test_two_clicks_are_one_proposal_and_one_mail() -> None:
    bob, alice = make_user("Bob", is_staff=True), make_candidate(make_user("Alice"))
    make_coaching(bob, alice, accepted_at=NOW)
    row = make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW)
    for n in range(ROUNDS):
        click = tried(lambda n=n: make_proposal(row, bob, now=NOW, words=f"Word {n}"))
        assert sorted(at_once(click, click)) == [False, True]
    assert Proposal.objects.count() == ROUNDS
