"""Is a step told by two channels without a cause, and how soon is a notification handed over?"""

import random
from contextlib import suppress
from statistics import median

from celery import Celery

from benchmarks import due
from benchmarks.channel_simulation import simulate
from benchmarks.database import database
from benchmarks.faults import PUSH, environment
from benchmarks.figure import Figure
from benchmarks.scale import scaled
from tests.faults.fleet import Size
from tests.faults.scenario_run import run_scenario
from tests.support.waiting import TooLateError

SIMULATED, HANDED_OVER = 10_000, 200
SOON_SECONDS = 5.0
# Without beat only the sweep's own wake-up lets the sender look.
IDLE = Size(senders=1, beats=0)
# A row is marked after the push service's answer, so the time is rather too long.
TIMES = """
    SELECT extract(epoch FROM sent_at - created_at)::float FROM interviews_reminder
    WHERE sent_at IS NOT NULL
"""


def told_by_two() -> list[Figure]:
    database()
    due.empty_tables()
    seed = random.SystemRandom().randrange(10**6)
    played = simulate(scaled(SIMULATED, least=100), seed=seed)
    told = f"{played.steps:,} simulated steps, browsers that fail (seed {seed})"
    return [
        Figure(
            name="one step told on two channels without cause",
            value=len(played.without_cause),
            unit="steps",
            yardstick=f"{told}; with a cause {played.followed:,}",
            target=0,
            is_most=True,
        ),
        Figure("one step told by no channel", played.lost, "steps", told, target=0, is_most=True),
    ]


def handed_over() -> Figure:
    count = scaled(HANDED_OVER, least=10)
    seconds = _seconds_of_each(count)
    soon = sum(each <= SOON_SECONDS for each in seconds)
    return Figure(
        name=f"handed over within {SOON_SECONDS:.0f} s of the due moment's sweep, idle",
        value=round(soon / count * 100, 1),
        unit="% of notifications",
        yardstick=f"{count} steps due one by one, from the sweep's start to the push service's "
        f"answer: median {median(seconds):.2f} s, at most {max(seconds):.2f} s",
        target=99,
    )


def _seconds_of_each(count: int) -> list[float]:
    """Of those that were handed over."""
    services = environment()
    broker = Celery(set_as_current=False)
    # Not broker_url: there Celery lets CELERY_BROKER_URL of the environment win.
    broker.conf.update(broker_write_url=services.redis.url)
    with run_scenario(services, "idle", count, size=IDLE, by=PUSH) as played:
        with services.postgres.connect(played.database) as connection:
            for number, (key,) in enumerate(
                connection.execute("SELECT id FROM interviews_interview").fetchall(), start=1
            ):
                connection.execute(
                    "UPDATE interviews_interview SET review_at = now() WHERE id = %s", [key]
                )
                broker.send_task("reminders.tasks.sweep", queue="hearback")
                with suppress(TooLateError):
                    played.wait_for_mails(number, seconds=2 * SOON_SECONDS)
        played.finish(count, allowed=0)
        with services.postgres.connect(played.database) as connection:
            return [float(str(row[0])) for row in connection.execute(TIMES)]
