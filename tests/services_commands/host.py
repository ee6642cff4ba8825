"""This machine in the place of the containers' network."""

import http.client
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import yaml

from scripts.make_env import make_env

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
VARIABLE = re.compile(r"\$\{(\w+):([-?])([^}]*)\}")
OWN_CODE = {name: service for name, service in COMPOSE.items() if service["image"] == "hearback"}


@dataclass
class Host:
    """Says how a service of docker-compose.yml runs here: its hosts, ports and folders are
    replaced, no other word."""

    folder: Path
    database_url: str
    broker_port: int
    web_port: int

    def __post_init__(self) -> None:
        shutil.copy(ROOT / ".env.example", self.folder)
        make_env(self.folder)
        text = (self.folder / ".env").read_text()
        self._told = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))

    @property
    def role(self) -> str:
        """Roles are the whole server's: each database of the tests gets one of its own."""
        return self.database_url.rpartition("/")[2]

    @property
    def application_url(self) -> str:
        server, _, database = self.database_url.rpartition("/")
        place = server.rpartition("@")[2].removeprefix("postgres://")
        return f"postgres://{self.role}:{self._told['DATABASE_PASSWORD']}@{place}/{database}"

    def command(self, service: str) -> list[str]:
        return [self.here(word) for word in COMPOSE[service]["command"]]

    def health_check(self, service: str) -> list[str]:
        check = COMPOSE[service].get("healthcheck", {}).get("test")
        if check is None:
            told = next(told for name, told in dockerfile() if name == "HEALTHCHECK")
            check = ["CMD", *json.loads(told.partition("CMD ")[2])]
        kind, *words = check
        words = [self.here(word) for word in words]
        return ["sh", "-c", *words] if kind == "CMD-SHELL" else words

    def environment(self, service: str) -> dict[str, str]:
        written = COMPOSE[service].get("environment", {})
        given = {name: value for name, value in written.items() if value is not None}
        told = {name: self.here(value) for name, value in given.items()}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {"PATH": programs, "HOME": os.environ["HOME"]}
        image = {"STATIC_MANIFEST": "1", "STATIC_ROOT": str(self.folder / "static")}
        return {**kept, **image, "SWEEP_SECONDS": "1", "PYTHONUNBUFFERED": "1", **told}

    def here(self, word: str) -> str:
        if word == "8000":
            return str(self.web_port)
        word = VARIABLE.sub(self._value, word).replace("$$", "$")
        for there, here in self._replaced().items():
            word = word.replace(there, here)
        return word

    def _value(self, variable: re.Match[str]) -> str:
        """As compose fills in ${NAME:-default} and ${NAME:?complaint}."""
        name, kind, otherwise = variable.groups()
        return self._told[name] if kind == "?" else self._told.get(name, otherwise)

    def _replaced(self) -> dict[str, str]:
        owner = self._told["DATABASE_OWNER_PASSWORD"]
        application = self._told["DATABASE_PASSWORD"]
        return {
            f"postgres://hearback:{owner}@database:5432/hearback": self.database_url,
            f"postgres://application:{application}@database:5432/hearback": self.application_url,
            "grant_application_role application": f"grant_application_role {self.role}",
            "@broker:6379/": f"@127.0.0.1:{self.broker_port}/",
            "redis-server -": f"redis-server - --port {self.broker_port} --bind 127.0.0.1",
            "redis-cli": f"redis-cli -p {self.broker_port}",
            "--bind=0.0.0.0:8000": f"--bind=127.0.0.1:{self.web_port}",
            "http://localhost:8000": f"http://localhost:{self.web_port}",
            "/tmp/beat-schedule": str(self.folder / "beat-schedule"),
        }


@contextmanager
def new_database(purpose: str = "compose") -> Iterator[str]:
    """The URL of an empty database beside the one that DATABASE_URL names."""
    # The name that the run's end looks for, and one for each process of the run.
    run, worker = os.environ["HEARBACK_TEST_RUN"], os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"test_hearback_{run}_{purpose}_{worker}"
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    address = server.replace("postgres://", "postgresql://", 1) + "/postgres"
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            admin.execute(f'DROP ROLE IF EXISTS "{name}"')


def answer(port: int, path: str) -> tuple[int, str]:
    """Status and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        return response.status, response.read().decode()


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions in order, with what each is told."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    written = [line for line in lines if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in written]


def run_command(word: str) -> list[str]:
    """The Dockerfile's RUN command with that word, without the variables set before it."""
    told = next(told for name, told in dockerfile() if name == "RUN" and word in told)
    return [part for part in shlex.split(told) if "=" not in part]
