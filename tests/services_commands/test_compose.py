"""Each command of docker-compose.yml and Dockerfile, run outside containers on the real
PostgreSQL and a Redis of their own."""

import json
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from devserver.process import Child
from tests.services_commands.host import (
    COMPOSE,
    OWN_CODE,
    ROOT,
    Host,
    answer,
    dockerfile,
    new_database,
    run_command,
)
from tests.support.ports import own_port

pytestmark = pytest.mark.servers


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with new_database() as database:
        yield Host(tmp_path, database, own_port(), own_port())


@contextmanager
def started(host: Host, *services: str) -> Iterator[dict[str, Child]]:
    with ExitStack() as stack:
        children = {}
        for name in services:
            log = host.folder / f"{name}.log"
            environment = host.environment(name)
            children[name] = Child(name, host.command(name), env=environment, log=log)
            stack.callback(children[name].stop)
        yield children


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def passes(host: Host, service: str) -> bool:
    command, environment = host.health_check(service), host.environment(service)
    return (
        subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    )


def test_every_service_of_ours_is_run_here() -> None:
    assert set(OWN_CODE) == {"migrate", "web", "worker", "beat", "inbound"}
    assert set(COMPOSE) - set(OWN_CODE) == {"database", "broker", "mailpit"}


def test_the_server_for_forwarded_mails_greets(host: Host) -> None:
    port = own_port()
    listening = {"INBOUND_DOMAIN": "in.example.org", "INBOUND_LISTEN": f"smtp://127.0.0.1:{port}"}
    environment = host.environment("inbound") | listening
    command, log = host.command("inbound"), host.folder / "inbound.log"
    child = Child("inbound", command, env=environment, log=log)
    try:
        child.wait_until(lambda: greets(port), seconds=60)
    finally:
        child.stop()


def greets(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
            return client.noop()[0] == 250
    except OSError:
        return False


def test_all_work_together(host: Host) -> None:
    """With a role that owns nothing and a broker that asks for its password, as compose has it."""
    run(host.command("migrate"), host.environment("migrate"))
    run(run_command("collectstatic"), {**host.environment("web"), "SECRET_KEY": "build"})
    looked_at = ["broker", "web", "worker", "beat"]
    with started(host, "broker") as broker:
        broker["broker"].wait_until(lambda: passes(host, "broker"), seconds=10)
        assert [name for name in looked_at if passes(host, name)] == ["broker"]
        with started(host, "web", "worker", "beat") as children:
            children["web"].wait_until(lambda: has_swept(host), seconds=60)
            assert answer(host.web_port, "/accounts/login/")[0] == 200
            assert [name for name in looked_at if passes(host, name)] == looked_at
            assert [name for name, child in children.items() if not child.is_running()] == []
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=host.broker_port).ping()
    with psycopg.connect(host.application_url) as connection:
        refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
        with refused, connection.transaction():
            connection.execute("DELETE FROM accounts_recordentry")


def has_swept(host: Host) -> bool:
    """Beat's sweep went by the broker to the worker and into the database: the web says so."""
    try:
        status, body = answer(host.web_port, "/healthz")
    except OSError:
        return False
    return status == 200 and json.loads(body)["sweep"] == "ok"


def test_the_image_starts_the_web_server_and_not_as_root() -> None:
    told = dict(dockerfile())
    words = " ".join(json.loads(told["CMD"])).replace("=", " ").split()
    composed = " ".join(OWN_CODE["web"]["command"]).replace("=", " ").split()
    assert words == composed
    assert told["USER"] == "hearback"


def test_the_image_installs_the_hashed_lock() -> None:
    assert "--require-hashes" in run_command("pip")
    assert "requirements/run.txt" in run_command("pip")
