"""The guarantee under faults, on a small scale; `make bench` runs the same at full size, and more.
Nothing is lost, and nothing comes twice except as `reminders` allows. A failure shows the run's
numbers and the folder of its logs."""

import random

import pytest

from tests.faults import forwarding, scenarios
from tests.faults.environment import Environment
from tests.faults.outcome import Outcome

pytestmark = pytest.mark.servers

COUNT = 150
PUSH, PUSHED = "push", 60


def _assert_kept(outcome: Outcome, *, count: int = COUNT) -> None:
    assert outcome.is_kept, outcome
    assert outcome.reminders == count


def test_senders_and_sweepers_are_killed(environment: Environment) -> None:
    seed = random.SystemRandom().randrange(10**6)  # told in the outcome
    _assert_kept(scenarios.killed_at_random(environment, count=COUNT, kills=4, seed=seed))


def test_a_sender_stands_still_beyond_its_lease(environment: Environment) -> None:
    _assert_kept(scenarios.frozen_beyond_its_lease(environment, count=COUNT, freezes=1))


def test_redis_loses_everything(environment: Environment) -> None:
    _assert_kept(scenarios.redis_emptied(environment, count=COUNT))


def test_redis_is_away(environment: Environment) -> None:
    _assert_kept(scenarios.redis_stopped(environment, count=COUNT, seconds=3))


def test_postgres_is_restarted(environment: Environment) -> None:
    _assert_kept(scenarios.postgres_restarted(environment, count=COUNT))


def test_the_mail_server_is_gone(environment: Environment) -> None:
    _assert_kept(scenarios.server_gone(environment, count=COUNT, seconds=4))


def test_the_mail_server_hangs(environment: Environment) -> None:
    outcome = scenarios.server_hangs(environment, count=COUNT, hangs=3)
    _assert_kept(outcome)
    assert outcome.story["hung"] == 3


def test_the_mail_server_says_later(environment: Environment) -> None:
    outcome = scenarios.server_says_later(environment, count=90)
    _assert_kept(outcome, count=90)
    assert outcome.story["later"]


def test_answers_are_lost(environment: Environment) -> None:
    outcome = scenarios.answers_lost(environment, count=COUNT, cuts=3)
    _assert_kept(outcome)
    # Those are the mails of which no sender can know.
    assert outcome.twice == 3


def test_many_senders_sweepers_and_beats(environment: Environment) -> None:
    _assert_kept(scenarios.many_side_by_side(environment, count=COUNT))


def test_push_senders_and_sweepers_are_killed(environment: Environment) -> None:
    seed = random.SystemRandom().randrange(10**6)
    killed = scenarios.killed_at_random(environment, count=PUSHED, kills=3, seed=seed, by=PUSH)
    _assert_kept(killed, count=PUSHED)


def test_the_push_service_is_gone(environment: Environment) -> None:
    outcome = scenarios.server_gone(environment, count=PUSHED, seconds=3, by=PUSH)
    _assert_kept(outcome, count=PUSHED)


def test_the_push_service_says_later(environment: Environment) -> None:
    outcome = scenarios.server_says_later(environment, count=PUSHED, by=PUSH)
    _assert_kept(outcome, count=PUSHED)
    assert outcome.story["later"]


def test_answers_of_push_are_lost(environment: Environment) -> None:
    outcome = scenarios.answers_lost(environment, count=PUSHED, cuts=3, by=PUSH)
    _assert_kept(outcome, count=PUSHED)
    assert outcome.twice == 3


def test_forwarded_mails(environment: Environment) -> None:
    troubles = [
        *forwarding.killed(kills=4, seed=18),
        forwarding.redis_emptied,
        forwarding.postgres_restarted,
    ]
    told = forwarding.forward(environment, count=COUNT, troubles=troubles)
    assert told.is_kept, told
