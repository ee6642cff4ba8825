"""One run: its own database, an SMTP server, a push service, a fleet; everything ends with it."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.faults.behaviour import Behaviour
from tests.faults.counting_server import CountingServer
from tests.faults.environment import Environment
from tests.faults.fleet import Fleet, Size
from tests.faults.outcome import Outcome, judge, open_rows
from tests.support.waiting import TooLateError, wait_until

# Times are short, so that a run of seconds covers what takes a day with the real ones.
FAST = {
    "SWEEP_SECONDS": "1",
    "MAIL_SECONDS": "3",
    "EMAIL_TIMEOUT": "3",
    "MAIL_RETRY_SECONDS": "1,1,2",
    "ACCOUNT_MAIL_RETRY_SECONDS": "1,1,2",  # of notifications too
    "NOTIFY_PRIVATE_HOSTS": "true",
}
# A few hundred mails are many batches too.
SMALL = {"SWEEP_BATCH": "50", "MAIL_BATCH": "20", "MAIL_LEASE_SECONDS": "5"}
LARGE = {"SWEEP_BATCH": "500", "MAIL_BATCH": "100", "MAIL_LEASE_SECONDS": "10"}
LARGE_FROM = 1000
# A minute for the fault, and a rate that even a busy machine reaches.
SLACK_SECONDS, LEAST_RATE = 60.0, 10.0


class ScenarioRun:
    """`server` is that of the channel `by` which reminders are told."""

    def __init__(
        self, environment: Environment, database: str, server: CountingServer, fleet: Fleet, by: str
    ) -> None:
        self.environment = environment
        self.kept = environment.keep / database  # the logs stay here after a failure
        self.server = server
        self.fleet = fleet
        self.outcome: Outcome | None = None
        self.database, self._by = database, by
        self._began = time.monotonic()

    def make_due(self, *, within: float = 0.0) -> None:
        """Everything becomes due now, or gradually within this many seconds."""
        self._began = time.monotonic()
        with self.environment.postgres.connect(self.database) as connection:
            connection.execute(
                "UPDATE interviews_interview SET review_at = now() + random() * %s * interval '1s'",
                [within],
            )

    def wait_for_mails(self, count: int, *, seconds: float = 120.0) -> None:
        """Until this many were accepted."""
        deliveries = self.server.deliveries

        def have_come() -> bool:
            self.fleet.mend()
            return deliveries.taken_count() >= count

        wait_until(have_come, seconds=seconds, what=f"{count} mails taken over")

    def finish(self, count: int, *, allowed: int, seconds: float = 0.0, **story: object) -> Outcome:
        """Wait until everything is sent, at most for `seconds` and the time for this many; then
        judge."""
        limit = SLACK_SECONDS + seconds + count / LEAST_RATE
        try:
            wait_until(self._is_done, seconds=limit, what="every mail sent", every=0.1)
        except TooLateError as error:
            story["late"] = str(error)
        took = time.monotonic() - self._began
        self.fleet.stop()
        story["ended by themselves"] = self.fleet.ended
        story["logs of a failure"] = str(self.kept)
        with self.environment.postgres.connect(self.database) as connection:
            self.outcome = judge(
                connection,
                self.server.deliveries,
                by=self._by,
                allowed=allowed,
                seconds=took,
                story=story,
            )
        return self.outcome

    def _is_done(self) -> bool:
        self.fleet.mend()
        try:
            with self.environment.postgres.connect(self.database) as connection:
                return open_rows(connection, by=self._by) == 0
        except psycopg.OperationalError:
            return False


def batches(count: int) -> dict[str, str]:
    return LARGE if count >= LARGE_FROM else SMALL


def lease_seconds(count: int) -> float:
    return float(batches(count)["MAIL_LEASE_SECONDS"])


@contextmanager
def run_scenario(
    environment: Environment,
    name: str,
    count: int,
    *,
    size: Size,
    by: str,
    behaviour: Behaviour | None = None,
) -> Iterator[ScenarioRun]:
    """A running fleet, and this many waits, none of them due yet."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=environment.folder))
    database = folder.name
    environment.redis.empty()
    environment.postgres.make_database(database, like=environment.seeded(count, by=by))
    # The fault is that of the channel's own server.
    told = {"email": Behaviour(), "push": Behaviour(), by: behaviour or Behaviour()}
    smtp = CountingServer("smtp", folder, told["email"])
    push = CountingServer("push", folder, told["push"], port=environment.push_port)
    servers = {"email": smtp, "push": push}
    env = {**environment.variables(database), "EMAIL_URL": smtp.url, **FAST, **batches(count)}
    fleet = Fleet(size, env=env, folder=folder)
    played = ScenarioRun(environment, database, servers[by], fleet, by)
    try:
        for server in servers.values():
            server.start()
        fleet.start()
        yield played
    finally:
        fleet.stop()
        for server in servers.values():
            server.kill()
        _put_away(played, folder)
        environment.postgres.drop_database(database)


def _put_away(played: ScenarioRun, folder: Path) -> None:
    """Keep the logs of a failed run."""
    if played.outcome is None or not played.outcome.is_kept:
        shutil.copytree(folder, played.kept, dirs_exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
