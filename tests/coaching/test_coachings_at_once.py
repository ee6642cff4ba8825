"""On PostgreSQL: simultaneous answers, changes and ends leave one coaching, as the last one
says."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from coaching import coaches, coachings, requests
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, CoachingRequest
from personal_data import account_deletion
from tests.integrations.conftest import NOW
from tests.interviews.services.test_closing_together import ROUNDS, at_once
from tests.support.people import make_candidate, make_user

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]
STEPS = Terms("steps")


def tried(write: Callable[[], object]) -> Callable[[], bool]:
    """Whether it was taken."""

    def one() -> bool:
        try:
            write()
        except ValidationError:
            return False
        return True

    return one


@pytest.fixture
def alice(transactional_db: None) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def bob(transactional_db: None) -> User:
    return make_user("Bob")


def invite(alice: Candidate) -> Coaching:
    return coachings.invite_coach(candidate=alice, address="bob@example.org", terms=STEPS, now=NOW)


def accepts(invited: Coaching, bob: User) -> Callable[[], object]:
    return lambda: coachings.accept_invitation(
        coaching=Coaching.objects.get(pk=invited.pk), coach=bob, now=NOW
    )


def test_two_clicks_on_accept(alice: Candidate, bob: User) -> None:
    for _ in range(ROUNDS):
        accept = accepts(invite(alice), bob)
        assert sorted(at_once(tried(accept), tried(accept))) == [False, True]
        (made,) = Coaching.objects.active(NOW)
        coachings.end_coaching(coaching=made, actor=bob, now=NOW)


def test_the_candidate_takes_it_back_while_it_is_accepted(alice: Candidate, bob: User) -> None:
    """Whichever is first, nothing is shared in the end."""
    for _ in range(ROUNDS):
        invited = invite(alice)
        at_once(
            tried(accepts(invited, bob)),
            tried(
                lambda made=invited: coachings.end_coaching(
                    coaching=made, actor=alice.user, now=NOW
                )
            ),
        )
        assert not Coaching.objects.active(NOW).exists()
        assert not Coaching.objects.not_over(NOW).exists()


def test_the_candidate_changes_the_terms_while_it_is_accepted(alice: Candidate, bob: User) -> None:
    for _ in range(ROUNDS):
        invited = invite(alice)
        at_once(
            tried(accepts(invited, bob)),
            tried(
                lambda made=invited: coachings.change_terms(
                    coaching=made, terms=Terms("interviews"), now=NOW
                )
            ),
        )
        (made,) = Coaching.objects.active(NOW)
        assert (made.coach, made.shares) == (bob, "interviews")
        coachings.end_coaching(coaching=made, actor=bob, now=NOW)


def test_two_clicks_on_ask(alice: Candidate, bob: User) -> None:
    """One request and one mail; the other click is told what it would be told later."""
    for n in range(ROUNDS):
        ask = partial(requests.ask_candidate, coach=bob, address=f"a{n}@example.org", now=NOW)
        assert sorted(at_once(ask, ask)) == [False, True]
    assert CoachingRequest.objects.count() == ROUNDS


def test_the_coach_leaves_while_let_in(alice: Candidate, bob: User) -> None:
    """Whichever is first, nobody who leaves sees anything."""
    coaches.make_coach(user=bob)
    for n in range(ROUNDS):
        request = CoachingRequest.objects.create(coach=bob, address=f"a{n}@x.org", asked_at=NOW)
        accept = partial(
            requests.accept_request, request=request, candidate=alice, terms=STEPS, now=NOW
        )
        at_once(tried(accept), tried(partial(account_deletion.request_deletion, user=bob, now=NOW)))
        assert not Coaching.objects.not_over(NOW).exists()
        account_deletion.cancel_deletion(user=bob, now=NOW)


def test_either_leaves_while_an_invitation_is_accepted(alice: Candidate, bob: User) -> None:
    for n in range(ROUNDS):
        leaver = (alice.user, bob)[n % 2]
        accept = accepts(invite(alice), bob)
        at_once(
            tried(accept), tried(partial(account_deletion.request_deletion, user=leaver, now=NOW))
        )
        assert not Coaching.objects.active(NOW).exists()
        account_deletion.cancel_deletion(user=leaver, now=NOW)
        for left in Coaching.objects.not_over(NOW):
            coachings.end_coaching(coaching=left, actor=alice.user, now=NOW)


def test_both_ways_in_at_once(alice: Candidate, bob: User) -> None:
    """The candidate accepts a request while the same person accepts the candidate's invitation."""
    coaches.make_coach(user=bob)
    requests.ask_candidate(coach=bob, address=alice.user.email, now=NOW)
    request = CoachingRequest.objects.get()
    taken = at_once(
        tried(accepts(invite(alice), bob)),
        tried(
            lambda: requests.accept_request(
                request=request, candidate=alice, terms=STEPS, now=NOW + timedelta(minutes=1)
            )
        ),
    )
    assert sorted(taken) == [False, True]
    assert Coaching.objects.filter(coach=bob, ended_at=None).count() == 1
