"""What a coach sees at a moment: everything that is not shared does not exist."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.models import User
from coaching.permissions import CoachScope, scope_of
from interviews.models import Candidate, Coaching, CoachingVacancy, Interview, Vacancy
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_note,
    make_proposal,
    make_user,
)
from tests.support.queries import count_queries

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def acme(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW, now=NOW)


@pytest.fixture
def bolt(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW, now=NOW, company="Bolt")


@pytest.fixture
def coaching(bob: User) -> Coaching:
    return Coaching.objects.get(coach=bob)


def share(bob: User, now: datetime = NOW) -> CoachScope:
    return scope_of(bob, now=now)


def seen(bob: User, now: datetime = NOW) -> set[str]:
    return {row.vacancy.company.name for row in share(bob, now).interviews()}


def choose(coaching: Coaching, *vacancies: Vacancy) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    for vacancy in vacancies:
        CoachingVacancy.objects.create(coaching=coaching, vacancy=vacancy)


def test_everything_of_who_shares_it_and_nothing_of_others(
    alice: Candidate, bob: User, charlie: Candidate, acme: Interview
) -> None:
    theirs = make_interview(charlie, starts_at=NOW, now=NOW, company="Corp")
    assert list(share(bob).candidates()) == [alice]
    assert seen(bob) == {"Acme"}
    assert share(bob).get_interview(acme.pk) == acme
    for guessed in (theirs.pk, uuid4()):
        with pytest.raises(Http404):
            share(bob).get_interview(guessed)
    with pytest.raises(Http404):
        share(bob).get_candidate(charlie.pk)


def test_a_position_that_comes_later_is_shared_too(
    alice: Candidate, bob: User, acme: Interview
) -> None:
    make_interview(alice, starts_at=NOW, now=NOW, company="Dora")
    assert seen(bob) == {"Acme", "Dora"}


def test_chosen_positions_alone(
    alice: Candidate, bob: User, coaching: Coaching, acme: Interview, bolt: Interview
) -> None:
    choose(coaching, acme.vacancy)
    make_interview(alice, starts_at=NOW, now=NOW, company="Dora")
    assert seen(bob) == {"Acme"}
    with pytest.raises(Http404):
        share(bob).get_interview(bolt.pk)


def test_a_chosen_position_of_somebody_else_shares_nothing(
    bob: User, coaching: Coaching, charlie: Candidate, acme: Interview
) -> None:
    """Not even by a row that should not be there."""
    theirs = make_interview(charlie, starts_at=NOW, now=NOW, company="Corp")
    choose(coaching, theirs.vacancy)
    assert seen(bob) == set()


def test_none_chosen_is_none(bob: User, coaching: Coaching, acme: Interview) -> None:
    choose(coaching)
    assert seen(bob) == set()


def test_next_steps_only(bob: User, coaching: Coaching, acme: Interview) -> None:
    Coaching.objects.update(shares="steps")
    assert seen(bob) == {"Acme"}
    assert not share(bob).may_read(acme)
    assert not share(bob).whole_interviews().exists()
    with pytest.raises(Http404):
        share(bob).get_whole_interview(acme.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": NOW},
        {"ends_at": NOW},
        {"accepted_at": NOW + HOUR},
        {"accepted_at": None},
    ],
)
def test_before_it_begins_and_after_it_ends(
    alice: Candidate, bob: User, acme: Interview, change: dict[str, object]
) -> None:
    Coaching.objects.update(**change)
    assert seen(bob) == set()
    with pytest.raises(Http404):
        share(bob).get_candidate(alice.pk)


@pytest.mark.parametrize("field", ["ended_at", "ends_at"])
def test_an_end_that_is_still_to_come(bob: User, acme: Interview, field: str) -> None:
    Coaching.objects.update(**{field: NOW + HOUR})
    assert seen(bob) == {"Acme"}
    assert seen(bob, NOW + HOUR) == set()


def test_notes_and_proposals_are_the_coachs_own(
    alice: Candidate, bob: User, acme: Interview
) -> None:
    erin = make_user("Erin", is_staff=True)
    make_coaching(erin, alice)
    note, proposal = make_note(acme, bob, now=NOW), make_proposal(acme, bob, now=NOW)
    assert share(bob).get_note(note.pk) == note
    assert share(bob).get_proposal(proposal.pk) == proposal
    with pytest.raises(Http404):
        share(erin).get_note(note.pk)
    with pytest.raises(Http404):
        share(erin).get_proposal(proposal.pk)
    Coaching.objects.filter(coach=bob).update(ended_at=NOW)
    with pytest.raises(Http404):
        share(bob).get_note(note.pk)


def test_the_same_queries_for_any_number(bob: User, coaching: Coaching, acme: Interview) -> None:
    choose(coaching, acme.vacancy)
    few = count_queries(lambda: list(share(bob).interviews()))
    for number in range(5):
        candidate = make_candidate(make_user(f"Nora{number}"))
        row = make_interview(candidate, starts_at=NOW, now=NOW)
        choose(make_coaching(bob, candidate), row.vacancy)
    assert count_queries(lambda: list(share(bob).interviews())) == few == 3
