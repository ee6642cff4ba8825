"""The run's own PostgreSQL, with fsync as in production, which can be stopped and restarted at the
same port."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from devserver.process import Child, StartError
from tests.support.ports import own_port
from tests.support.waiting import wait_until

USER = "postgres"  # PostgreSQL refuses to run as root
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "on",
    "max_connections": "60",
    "shared_buffers": "128MB",
}


class PostgreSQL:
    def __init__(self, log: Path) -> None:
        self.port = own_port()
        self._log = log
        # Not below a folder that only root may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="hearback-postgres-"))
        self._child: Child | None = None

    def create(self) -> None:
        """Create its files; once, before the first start."""
        if _is_root():
            shutil.chown(self._folder, USER, pwd.getpwnam(USER).pw_gid)
        command = [
            *(_program("initdb"), "--pgdata", str(self._folder / "data"), "--username", USER),
            *("--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"),
        ]
        done = subprocess.run(
            [*_as_user(), *command], capture_output=True, text=True, check=False, cwd=self._folder
        )
        if done.returncode:
            raise StartError(f"initdb failed:\n{done.stderr}")

    def start(self) -> None:
        options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        command = [
            *(_program("postgres"), "-D", str(self._folder / "data")),
            *("-p", str(self.port), *options),
        ]
        # die_with_parent does not survive a change of user.
        leashed = [*_as_user(), "--pdeathsig", "INT"] if _is_root() else []
        self._child = Child("PostgreSQL", [*leashed, *command], env=os.environ, log=self._log)
        self._child.wait_until(self._answers, seconds=60)

    def stop(self, *, is_crash: bool = False) -> None:
        """Disconnect everybody and end; as a crash, without flushing memory."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.is_running():
            os.kill(child.pid, signal.SIGQUIT if is_crash else signal.SIGINT)
            wait_until(lambda: not child.is_running(), seconds=60, what="PostgreSQL's end")
        child.stop()

    def restart(self, *, is_crash: bool = False) -> None:
        self.stop(is_crash=is_crash)
        self.start()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            dbname=name,
            autocommit=True,
            connect_timeout=5,
        )

    def make_database(self, name: str, *, like: str = "template1") -> None:
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_user() -> list[str]:
    if not _is_root():
        return []
    return ["setpriv", "--reuid", USER, "--regid", USER, "--init-groups"]


def _program(name: str) -> str:
    """Distributions keep the server's programs off the PATH."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1:]), None
    )
    if found is None and shutil.which("pg_config"):
        bindir = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=True
        ).stdout.strip()
        found = shutil.which(name, path=bindir)
    if found is None:
        raise StartError(f"No {name}: install PostgreSQL's server.")
    return found
