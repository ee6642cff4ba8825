"""The faults, one function each: a fleet works through so many reminders while it happens.

Where one happens midway, it is after a third of the mails, or as many as are given.
"""

import random

from tests.faults.environment import Ground
from tests.faults.fleet import Size
from tests.faults.outcome import Outcome
from tests.faults.scenario_run import lease_seconds, scene
from tests.faults.smtp_behaviour import Manner
from tests.support.waiting import let_pass

# Slow enough that a few hundred mails last for seconds.
SLOW = Manner(pause=0.02)
# Half of the wait is after the mail was taken over: whoever is killed then makes it come twice.
DOUBTFUL = Manner(pause=0.01, answer_pause=0.01)
# A batch takes longer than a lease (scene.py).
VERY_SLOW = Manner(pause=0.3)
# Three times PostgreSQL's wal_writer_delay.
UNFLUSHED_SECONDS = 0.6
KILLED = Size(senders=2, sweepers=2)
# So many rows come due in each second while processes are killed, so that sweepers have work too.
DUE_RATE = 100.0


def killed_at_random(
    ground: Ground, *, count: int, kills: int, seed: int, manner: Manner = DOUBTFUL
) -> Outcome:
    """kill -9 of a sender or a sweeper, at so many moments of the run."""
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(count * 9 // 10), kills))
    victims: list[str] = []
    with scene(ground, "killed", count, size=KILLED, manner=manner) as played:
        played.make_due(within=count / DUE_RATE)
        for moment in moments:
            played.wait_for_mails(moment)
            # Senders, which can repeat mail, twice as often.
            kind = chance.choice(["sender", "sender", "sweeper"])
            let_pass(chance.uniform(0, 0.05))
            victims.append(played.fleet.kill_one(kind, chance))
        senders = sum(name.startswith("sender") for name in victims)
        return played.finish(
            count, allowed=senders, seconds=kills * 5.0, seed=seed, killed=tuple(victims)
        )


def frozen_beyond_its_lease(ground: Ground, *, count: int, freezes: int) -> Outcome:
    """A sender stands still until others have taken its mails over; then it goes on."""
    size, lease = Size(), lease_seconds(count)
    with scene(ground, "frozen", count, size=size, manner=DOUBTFUL) as played:
        played.make_due()
        for number in range(freezes):
            played.wait_for_mails(count // 5 + number * count // (2 * freezes))
            name = f"sender-{number % size.senders + 1}"
            played.fleet.freeze(name)
            let_pass(lease + 1)
            played.fleet.thaw(name)
        return played.finish(count, allowed=freezes, seconds=freezes * lease)


def redis_emptied(ground: Ground, *, count: int) -> Outcome:
    with scene(ground, "emptied", count, size=Size(), manner=SLOW) as played:
        played.make_due()
        played.wait_for_mails(count // 3)
        ground.redis.empty()
        return played.finish(count, allowed=0)


def redis_stopped(ground: Ground, *, count: int, seconds: float) -> Outcome:
    with scene(ground, "redis", count, size=Size(), manner=SLOW) as played:
        played.make_due(within=seconds / 2)
        played.wait_for_mails(count // 3)
        ground.redis.stop()
        try:
            let_pass(seconds)
        finally:
            ground.redis.start()
        return played.finish(count, allowed=0, seconds=seconds)


def postgres_restarted(ground: Ground, *, count: int) -> Outcome:
    """Everybody is hung up on: a sender may hold a mail that it cannot mark as sent."""
    return _without_postgres(ground, count=count, is_crash=False, each_sender_repeats=1)


def postgres_crashed(ground: Ground, *, count: int) -> Outcome:
    """It loses the last commits that did not wait for the disk: marks, but no mail's Message-ID
    (reminders/postgres.py)."""
    marks = 1 + round(UNFLUSHED_SECONDS / SLOW.pause)
    return _without_postgres(ground, count=count, is_crash=True, each_sender_repeats=marks)


def _without_postgres(
    ground: Ground, *, count: int, is_crash: bool, each_sender_repeats: int
) -> Outcome:
    size = Size()
    with scene(ground, "postgres", count, size=size, manner=SLOW) as played:
        played.make_due(within=1.0)
        played.wait_for_mails(count // 3)
        ground.postgres.restart(is_crash=is_crash)
        return played.finish(count, allowed=size.senders * each_sender_repeats)


def smtp_gone(ground: Ground, *, count: int, seconds: float) -> Outcome:
    with scene(ground, "gone", count, size=Size(), manner=SLOW) as played:
        played.make_due()
        played.wait_for_mails(count // 3)
        played.smtp.kill()
        let_pass(seconds)
        played.smtp.start()
        return played.finish(count, allowed=0, seconds=seconds)


def smtp_hangs(ground: Ground, *, count: int, hangs: int) -> Outcome:
    """Before the end of DATA, so that no mail is in doubt."""
    with scene(ground, "hangs", count, size=Size(), manner=Manner(hang=hangs)) as played:
        played.make_due()
        return played.finish(count, allowed=0, seconds=hangs * 3.0)


def smtp_is_slow(ground: Ground, *, count: int) -> Outcome:
    """So slow that leases run out before their batch is done: what others have taken over must
    not be sent by its first sender as well."""
    size = Size(senders=3)
    with scene(ground, "slow", count, size=size, manner=VERY_SLOW) as played:
        played.make_due()
        return played.finish(count, allowed=0, seconds=count * VERY_SLOW.pause)


def smtp_says_later(ground: Ground, *, count: int) -> Outcome:
    """4xx to every third mail."""
    with scene(ground, "later", count, size=Size(), manner=Manner(later_every=3)) as played:
        played.make_due()
        return played.finish(count, allowed=0)


def answers_lost(ground: Ground, *, count: int, cuts: int) -> Outcome:
    """The server has taken the mail over, and the connection is gone before it can say so."""
    with scene(ground, "cut", count, size=Size(), manner=Manner(cut=cuts)) as played:
        played.make_due()
        return played.finish(count, allowed=cuts, seconds=cuts * 1.0)


def many_side_by_side(ground: Ground, *, count: int) -> Outcome:
    """Four sweepers, four senders and two beats on rows that are all due at once."""
    size = Size(senders=4, sweepers=4, beats=2)
    with scene(ground, "crowd", count, size=size) as played:
        played.make_due()
        return played.finish(count, allowed=0)
