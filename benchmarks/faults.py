"""What is lost and what is sent twice while things break: whole fleets, as tests/faults runs them,
by email and by push.

The logs of a run that broke the guarantee stay under test-results/faults.
"""

import atexit
import random
import tempfile
from functools import cache, partial
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.scale import scaled
from tests.faults import scenarios
from tests.faults.environment import Environment
from tests.faults.outcome import Outcome

EMAIL, PUSH = "email", "push"
SERVERS = {EMAIL: "SMTP", PUSH: "push service"}
TOLD = {EMAIL: "mails", PUSH: "notifications"}
# Encrypting and signing, here and there, takes the time of several mails.
SHARES = {EMAIL: 1.0, PUSH: 0.2}
KEEP = Path(__file__).resolve().parent.parent / "test-results" / "faults"


def processes_killed(by: str = EMAIL) -> list[Figure]:
    seed = random.SystemRandom().randrange(10**6)
    count, kills = _count(5000, by), scaled(50)
    outcome = scenarios.killed_at_random(environment(), count=count, kills=kills, seed=seed, by=by)
    return _figures(outcome, f"{kills} times kill -9 of a sender or sweeper (seed {seed})", by)


def frozen_beyond_its_lease(by: str = EMAIL) -> list[Figure]:
    freezes = scaled(4)
    outcome = scenarios.frozen_beyond_its_lease(
        environment(), count=_count(5000, by), by=by, freezes=freezes
    )
    return _figures(outcome, f"{freezes} times a sender frozen for longer than its lease", by)


def redis_emptied(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.redis_emptied(environment(), count=_count(2000, by), by=by)
    return _figures(outcome, "Redis emptied midway", by)


def redis_stopped(by: str = EMAIL) -> list[Figure]:
    seconds = scaled(60)
    outcome = scenarios.redis_stopped(environment(), count=_count(2000, by), by=by, seconds=seconds)
    return _figures(outcome, f"Redis stopped for {seconds} s", by)


def postgres_restarted(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.postgres_restarted(environment(), count=_count(2000, by), by=by)
    return _figures(outcome, "PostgreSQL restarted midway", by)


def postgres_crashed(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.postgres_crashed(environment(), count=_count(2000, by), by=by)
    return _figures(outcome, "PostgreSQL crashed midway", by)


def server_gone(by: str = EMAIL) -> list[Figure]:
    seconds = scaled(30)
    outcome = scenarios.server_gone(environment(), count=_count(2000, by), by=by, seconds=seconds)
    return _figures(
        outcome, f"{SERVERS[by]} gone for {seconds} s (retried after 1 or 2 s, not minutes)", by
    )


def server_hangs(by: str = EMAIL) -> list[Figure]:
    hangs = scaled(20)
    outcome = scenarios.server_hangs(environment(), count=_count(2000, by), by=by, hangs=hangs)
    return _figures(outcome, f"{SERVERS[by]} silent before it accepts, {hangs} times", by)


def server_is_slow(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.server_is_slow(environment(), count=_count(500, by), by=by)
    return _figures(
        outcome, f"{SERVERS[by]} so slow that leases run out before their batch is done", by
    )


def server_says_later(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.server_says_later(environment(), count=_count(2000, by), by=by)
    return _figures(outcome, "451 or 503 to every third", by)


def answers_lost(by: str = EMAIL) -> list[Figure]:
    cuts = scaled(50)
    outcome = scenarios.answers_lost(environment(), count=_count(2000, by), by=by, cuts=cuts)
    return _figures(outcome, f"connection cut after accepting, {cuts} times", by)


def many_side_by_side(by: str = EMAIL) -> list[Figure]:
    outcome = scenarios.many_side_by_side(environment(), count=_count(20_000, by), by=by)
    return _figures(outcome, "4 sweepers, 4 senders, 2 beats", by)


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
FAULTS_OF_PUSH = tuple(partial(each, PUSH) for each in FAULTS)


def _count(mails: int, by: str) -> int:
    return scaled(round(mails * SHARES[by]))


def _figures(outcome: Outcome, fault: str, by: str) -> list[Figure]:
    """A row still open at the end counts as lost; two mails to one candidate about one step as
    twice, and so does one that another channel told too."""
    fault = fault if by == EMAIL else f"{fault}, by {by}"
    total = f"{outcome.reminders:,} reminders in {outcome.seconds:.0f} s"
    lost = max(outcome.lost, outcome.still_open)
    twice = outcome.twice + outcome.told_by_two
    return [
        Figure(f"lost: {fault}", lost, "reminders", total, target=0, is_most=True),
        Figure(f"twice: {fault}", twice, TOLD[by], total, target=outcome.allowed, is_most=True),
    ]


@cache
def environment() -> Environment:
    folder = tempfile.TemporaryDirectory(prefix="hearback-faults-")
    atexit.register(folder.cleanup)
    made = Environment(Path(folder.name), keep=KEEP).__enter__()
    atexit.register(made.__exit__, None, None, None)
    return made
