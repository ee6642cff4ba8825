"""The faults, one function each: a fleet sends this many reminders while the fault happens, by
email or by push.

A fault midway comes after a third of the mails, or after as many as are given.
"""

import random

from tests.faults.behaviour import Behaviour
from tests.faults.environment import Environment
from tests.faults.fleet import Size
from tests.faults.outcome import Outcome
from tests.faults.scenario_run import lease_seconds, run_scenario
from tests.support.waiting import let_pass

EMAIL = "email"
# Slow enough that a few hundred mails take seconds.
SLOW = Behaviour(pause=0.02)
# Half of the wait comes after the mail was accepted: a kill then repeats it.
DOUBTFUL = Behaviour(pause=0.01, answer_pause=0.01)
# A batch takes longer than a lease (scenario_run.py).
VERY_SLOW = Behaviour(pause=0.3)
# Three times PostgreSQL's wal_writer_delay.
UNFLUSHED_SECONDS = 0.6
KILLED = Size(senders=2, sweepers=2)
# Rows that become due each second while processes are killed, so that sweepers have work too.
DUE_RATE = 100.0


def killed_at_random(
    environment: Environment,
    *,
    count: int,
    kills: int,
    seed: int,
    behaviour: Behaviour = DOUBTFUL,
    by: str = EMAIL,
) -> Outcome:
    """kill -9 of a sender or a sweeper, at this many moments of the run."""
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(count * 9 // 10), kills))
    victims: list[str] = []
    with run_scenario(
        environment, "killed", count, size=KILLED, by=by, behaviour=behaviour
    ) as played:
        played.make_due(within=count / DUE_RATE)
        for moment in moments:
            played.wait_for_mails(moment)
            # Senders, which can repeat mails, twice as often.
            kind = chance.choice(["sender", "sender", "sweeper"])
            let_pass(chance.uniform(0, 0.05))
            victims.append(played.fleet.kill_one(kind, chance))
        senders = sum(name.startswith("sender") for name in victims)
        return played.finish(
            count, allowed=senders, seconds=kills * 5.0, seed=seed, killed=tuple(victims)
        )


def frozen_beyond_its_lease(
    environment: Environment, *, count: int, freezes: int, by: str = EMAIL
) -> Outcome:
    """A sender is stopped until others have taken over its mails; then it continues."""
    size, lease = Size(), lease_seconds(count)
    with run_scenario(environment, "frozen", count, size=size, by=by, behaviour=DOUBTFUL) as played:
        played.make_due()
        for number in range(freezes):
            played.wait_for_mails(count // 5 + number * count // (2 * freezes))
            name = f"sender-{number % size.senders + 1}"
            played.fleet.freeze(name)
            let_pass(lease + 1)
            played.fleet.thaw(name)
        return played.finish(count, allowed=freezes, seconds=freezes * lease)


def redis_emptied(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    with run_scenario(environment, "emptied", count, size=Size(), by=by, behaviour=SLOW) as played:
        played.make_due()
        played.wait_for_mails(count // 3)
        environment.redis.empty()
        return played.finish(count, allowed=0)


def redis_stopped(
    environment: Environment, *, count: int, seconds: float, by: str = EMAIL
) -> Outcome:
    with run_scenario(environment, "redis", count, size=Size(), by=by, behaviour=SLOW) as played:
        played.make_due(within=seconds / 2)
        played.wait_for_mails(count // 3)
        environment.redis.stop()
        try:
            let_pass(seconds)
        finally:
            environment.redis.start()
        return played.finish(count, allowed=0, seconds=seconds)


def postgres_restarted(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    """All connections are closed: a sender may have a mail that it cannot mark as sent."""
    return _without_postgres(environment, count=count, is_crash=False, each_sender_repeats=1, by=by)


def postgres_crashed(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    """The last commits that did not wait for the disk are lost: marks, but no Message-ID
    (reminders/postgres.py)."""
    marks = 1 + round(UNFLUSHED_SECONDS / SLOW.pause)
    return _without_postgres(
        environment, count=count, is_crash=True, each_sender_repeats=marks, by=by
    )


def _without_postgres(
    environment: Environment, *, count: int, is_crash: bool, each_sender_repeats: int, by: str
) -> Outcome:
    size = Size()
    with run_scenario(environment, "postgres", count, size=size, by=by, behaviour=SLOW) as played:
        played.make_due(within=1.0)
        played.wait_for_mails(count // 3)
        environment.postgres.restart(is_crash=is_crash)
        return played.finish(count, allowed=size.senders * each_sender_repeats)


def server_gone(
    environment: Environment, *, count: int, seconds: float, by: str = EMAIL
) -> Outcome:
    with run_scenario(environment, "gone", count, size=Size(), by=by, behaviour=SLOW) as played:
        played.make_due()
        played.wait_for_mails(count // 3)
        played.server.kill()
        let_pass(seconds)
        played.server.start()
        return played.finish(count, allowed=0, seconds=seconds)


def server_hangs(environment: Environment, *, count: int, hangs: int, by: str = EMAIL) -> Outcome:
    """Before the end of DATA, so that no mail is in doubt."""
    with run_scenario(
        environment, "hangs", count, size=Size(), by=by, behaviour=Behaviour(hang=hangs)
    ) as played:
        played.make_due()
        return played.finish(count, allowed=0, seconds=hangs * 3.0)


def server_is_slow(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    """So slow that leases run out before their batch is done: the first sender must not send mails
    that others have taken over."""
    size = Size(senders=3)
    with run_scenario(environment, "slow", count, size=size, by=by, behaviour=VERY_SLOW) as played:
        played.make_due()
        return played.finish(count, allowed=0, seconds=count * VERY_SLOW.pause)


def server_says_later(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    """4xx to every third mail."""
    with run_scenario(
        environment, "later", count, size=Size(), by=by, behaviour=Behaviour(later_every=3)
    ) as played:
        played.make_due()
        return played.finish(count, allowed=0)


def answers_lost(environment: Environment, *, count: int, cuts: int, by: str = EMAIL) -> Outcome:
    """The server has accepted the mail, and the connection is lost before it can say so."""
    with run_scenario(
        environment, "cut", count, size=Size(), by=by, behaviour=Behaviour(cut=cuts)
    ) as played:
        played.make_due()
        return played.finish(count, allowed=cuts, seconds=cuts * 1.0)


def many_side_by_side(environment: Environment, *, count: int, by: str = EMAIL) -> Outcome:
    """Four sweepers, four senders and two beats on rows that are all due at once."""
    size = Size(senders=4, sweepers=4, beats=2)
    with run_scenario(environment, "crowd", count, size=size, by=by) as played:
        played.make_due()
        return played.finish(count, allowed=0)
