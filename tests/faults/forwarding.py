"""Faults while forwarded mails are taken and read: a server, readers, and senders that repeat what
was not answered with 250. What was, must be proposed once."""

import random
import shutil
import smtplib
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.environment import Environment
from tests.faults.fleet import Fleet, Size
from tests.faults.forwarding_seed import DOMAIN, MAILS_EACH, TEXT, local_part, mail
from tests.support.ports import own_port
from tests.support.waiting import TooLateError, let_pass, wait_until

SENDERS = 4
LEASE_SECONDS = 3
SLACK_SECONDS, LEAST_RATE = 120.0, 5.0
Trouble = Callable[[Fleet, Environment], object]


@dataclass(frozen=True, slots=True)
class Told:
    mails: int
    lost: int
    twice: int
    seconds: float
    story: str

    @property
    def is_kept(self) -> bool:
        return self.lost == self.twice == 0


class Senders:
    """Each brings its share over one connection a mail, again until it is taken."""

    def __init__(self, port: int, count: int) -> None:
        self.taken = 0
        self._port, self._lock, self._is_over = port, threading.Lock(), threading.Event()
        self._threads = [
            threading.Thread(target=self._send, args=(range(first, count, SENDERS),))
            for first in range(SENDERS)
        ]

    def start(self) -> None:
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        self._is_over.set()
        for each in self._threads:
            each.join()

    def _send(self, numbers: range) -> None:
        for number in numbers:
            while not self._is_over.is_set() and not self._is_taken(number):
                let_pass(0.1)

    def _is_taken(self, number: int) -> bool:
        recipient = f"{local_part(number // MAILS_EACH)}@{DOMAIN}"
        try:
            with smtplib.SMTP("127.0.0.1", self._port, timeout=10) as client:
                client.sendmail("", recipient, mail(number))
                with self._lock:  # before the connection ends, which may fail
                    self.taken += 1
                    return True
        except (smtplib.SMTPException, OSError):
            return False


def forward(
    environment: Environment, *, count: int, troubles: Sequence[Trouble], readers: int = 2
) -> Told:
    """Bring this many mails while the troubles happen, evenly spread; then judge."""
    folder = Path(tempfile.mkdtemp(prefix="forwarding-", dir=environment.folder))
    database, port = folder.name, own_port()
    environment.redis.empty()
    environment.postgres.make_database(database, like=environment.with_addresses(count))
    env = environment.variables(database) | {
        "INBOUND_DOMAIN": DOMAIN,
        "INBOUND_LISTEN": f"smtp://127.0.0.1:{port}",
        "INBOUND_LEASE_SECONDS": str(LEASE_SECONDS),
        "SWEEP_SECONDS": "1",
    }
    fleet = Fleet(Size(senders=0, sweepers=readers, inbound=1), env=env, folder=folder)
    senders, story = Senders(port, count), f"logs: {environment.keep / database}"
    told: Told | None = None
    try:
        fleet.start()
        began = time.monotonic()
        senders.start()
        limit = SLACK_SECONDS + count / LEAST_RATE + 5 * len(troubles)
        try:
            for number, trouble in enumerate(troubles, start=1):
                moment = number * count // (len(troubles) + 1)
                _wait(fleet, lambda least=moment: senders.taken >= least, limit, f"{moment} taken")
                trouble(fleet, environment)
            _wait(fleet, lambda: senders.taken == count, limit, "all are taken")
            _wait(fleet, lambda: _unread(environment, database) == 0, limit, "all are read")
        except TooLateError as error:
            story = f"{error}; {story}"
        took = time.monotonic() - began
        told = _judge(environment, database, count, took, story)
        return told
    finally:
        senders.stop()
        fleet.stop()
        if told is None or not told.is_kept:
            shutil.copytree(folder, environment.keep / database, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        environment.postgres.drop_database(database)


def killed(*, kills: int, seed: int) -> list[Trouble]:
    """kill -9 of the server or of a reader."""
    chance = random.Random(seed)

    def kill(fleet: Fleet, environment: Environment) -> None:
        let_pass(chance.uniform(0, 0.1))
        fleet.kill_one(chance.choice(["inbound", "sweeper"]), chance)

    return [kill] * kills


def redis_emptied(fleet: Fleet, environment: Environment) -> None:
    environment.redis.empty()


def postgres_restarted(fleet: Fleet, environment: Environment) -> None:
    environment.postgres.restart()


def _wait(fleet: Fleet, is_so: Callable[[], bool], seconds: float, what: str) -> None:
    def is_so_now() -> bool:
        fleet.mend()
        return is_so()

    wait_until(is_so_now, seconds=seconds, what=what, every=0.05)


def _unread(environment: Environment, database: str) -> int:
    asked = "SELECT count(*) FROM interviews_inboundmail WHERE read_at IS NULL"
    try:
        with environment.postgres.connect(database) as connection:
            row = connection.execute(asked).fetchone()
    except psycopg.OperationalError:
        return -1
    assert row is not None
    return int(str(row[0]))


def _judge(environment: Environment, database: str, count: int, seconds: float, story: str) -> Told:
    asked = "SELECT excerpt FROM interviews_mailproposal"
    with environment.postgres.connect(database) as connection:
        said = [str(row[0]) for row in connection.execute(asked)]
    lost = {TEXT.format(number) for number in range(count)} - set(said)
    return Told(count, len(lost), len(said) - len(set(said)), seconds, story)
