"""What the runs of one test session or benchmark share: PostgreSQL, Redis, and databases to
copy."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.faults.postgres import PostgreSQL
from tests.faults.redis_server import RedisServer
from tests.support.ports import own_port

EMPTY = "hearback_empty"


class Environment:
    """A context manager. Logs of failed runs stay in `keep`."""

    def __init__(self, folder: Path, *, keep: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.keep = keep
        self.postgres = PostgreSQL(folder / "postgres.log")
        self.redis = RedisServer(folder)
        # Of the runs' push services: the seeded browsers name it.
        self.push_port = own_port()
        self._seeded: set[str] = set()

    def __enter__(self) -> "Environment":
        try:
            self.postgres.create()
            self.postgres.start()
            self.redis.start()
            self.postgres.make_database(EMPTY)
            self._run(EMPTY, "manage.py", "migrate", "--verbosity", "0")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def seeded(self, count: int, *, by: str) -> str:
        """The name of a database with this many waits, to copy and not to use; `by` is the channel
        that tells them first."""
        ports = [self.push_port] if by == "push" else []
        return self._made(f"hearback_{by}_{count}", "tests.faults.seed", count, *ports)

    def with_addresses(self, count: int) -> str:
        """The same with addresses for this many forwarded mails."""
        return self._made(f"hearback_addresses_{count}", "tests.faults.forwarding_seed", count)

    def _made(self, name: str, module: str, *arguments: int) -> str:
        if name not in self._seeded:
            self.postgres.make_database(name, like=EMPTY)
            self._run(name, "-m", module, *map(str, arguments))
            self._seeded.add(name)
        return name

    def variables(self, database: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self.postgres.url(database),
            "CELERY_BROKER_URL": self.redis.url,
            "SECRET_KEY": "only for a run against faults",
        }

    def _run(self, database: str, *words: str) -> None:
        command = [sys.executable, *words]
        subprocess.run(command, env=self.variables(database), check=True)

    def _end(self) -> None:
        self.redis.stop()
        self.postgres.remove()
