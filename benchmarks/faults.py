"""What is lost and what is sent twice while things break: whole fleets, as tests/faults runs them.

The logs of a run that broke the guarantee stay under test-results/faults.
"""

import atexit
import random
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.scale import scaled
from tests.faults import scenarios
from tests.faults.environment import Environment
from tests.faults.outcome import Outcome

KEEP = Path(__file__).resolve().parent.parent / "test-results" / "faults"


def processes_killed() -> list[Figure]:
    seed = random.SystemRandom().randrange(10**6)
    count, kills = scaled(5000), scaled(50)
    outcome = scenarios.killed_at_random(environment(), count=count, kills=kills, seed=seed)
    return _figures(outcome, f"{kills} times kill -9 of a sender or sweeper (seed {seed})")


def frozen_beyond_its_lease() -> list[Figure]:
    freezes = scaled(4)
    outcome = scenarios.frozen_beyond_its_lease(environment(), count=scaled(5000), freezes=freezes)
    return _figures(outcome, f"{freezes} times a sender frozen for longer than its lease")


def redis_emptied() -> list[Figure]:
    outcome = scenarios.redis_emptied(environment(), count=scaled(2000))
    return _figures(outcome, "Redis emptied midway")


def redis_stopped() -> list[Figure]:
    seconds = scaled(60)
    outcome = scenarios.redis_stopped(environment(), count=scaled(2000), seconds=seconds)
    return _figures(outcome, f"Redis stopped for {seconds} s")


def postgres_restarted() -> list[Figure]:
    outcome = scenarios.postgres_restarted(environment(), count=scaled(2000))
    return _figures(outcome, "PostgreSQL restarted midway")


def postgres_crashed() -> list[Figure]:
    outcome = scenarios.postgres_crashed(environment(), count=scaled(2000))
    return _figures(outcome, "PostgreSQL crashed midway")


def server_gone() -> list[Figure]:
    seconds = scaled(30)
    outcome = scenarios.server_gone(environment(), count=scaled(2000), seconds=seconds)
    return _figures(outcome, f"SMTP gone for {seconds} s (retried after 1 or 2 s, not minutes)")


def server_hangs() -> list[Figure]:
    hangs = scaled(20)
    outcome = scenarios.server_hangs(environment(), count=scaled(2000), hangs=hangs)
    return _figures(outcome, f"SMTP silent before the end of DATA, {hangs} times")


def server_is_slow() -> list[Figure]:
    outcome = scenarios.server_is_slow(environment(), count=scaled(500))
    return _figures(outcome, "SMTP so slow that leases run out before their batch is done")


def server_says_later() -> list[Figure]:
    outcome = scenarios.server_says_later(environment(), count=scaled(2000))
    return _figures(outcome, "451 to every third mail")


def answers_lost() -> list[Figure]:
    cuts = scaled(50)
    outcome = scenarios.answers_lost(environment(), count=scaled(2000), cuts=cuts)
    return _figures(outcome, f"connection cut after DATA, {cuts} times")


def many_side_by_side() -> list[Figure]:
    outcome = scenarios.many_side_by_side(environment(), count=scaled(20_000))
    return _figures(outcome, "4 sweepers, 4 senders, 2 beats")


FAULTS = (
    processes_killed,
    frozen_beyond_its_lease,
    redis_emptied,
    redis_stopped,
    postgres_restarted,
    postgres_crashed,
    server_gone,
    server_hangs,
    server_is_slow,
    server_says_later,
    answers_lost,
    many_side_by_side,
)


def _figures(outcome: Outcome, fault: str) -> list[Figure]:
    """A row still open at the end counts as lost; two mails to one candidate about one step as
    twice."""
    total = f"{outcome.reminders:,} reminders in {outcome.seconds:.0f} s"
    lost = max(outcome.lost, outcome.still_open)
    twice = outcome.twice + outcome.told_by_two
    return [
        Figure(f"lost: {fault}", lost, "reminders", total, target=0, is_most=True),
        Figure(f"twice: {fault}", twice, "mails", total, target=outcome.allowed, is_most=True),
    ]


@cache
def environment() -> Environment:
    folder = tempfile.TemporaryDirectory(prefix="hearback-faults-")
    atexit.register(folder.cleanup)
    made = Environment(Path(folder.name), keep=KEEP).__enter__()
    atexit.register(made.__exit__, None, None, None)
    return made
