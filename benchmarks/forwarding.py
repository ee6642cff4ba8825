"""Forwarded mails: how fast they are read, and what is lost or twice while things break."""

import random
from email import message_from_bytes
from email.policy import compat32

from django.utils import timezone

from benchmarks.child import Child, children
from benchmarks.database import database
from benchmarks.faults import environment
from benchmarks.figure import Figure
from benchmarks.pace import rate
from benchmarks.scale import scaled
from integrations.forwarding.address import create_address
from integrations.forwarding.facts import facts_of
from integrations.forwarding.intake import keep
from integrations.forwarding.reader import read_batch
from integrations.inbound.understand import understand
from tests.faults import forwarding
from tests.faults.forwarding_seed import mail
from tests.integrations.inbound.test_understand import MAILS, known, raw_of
from tests.support.people import make_candidate, make_interview, make_user

SECONDS = 5.0


def forwarded_mails_understood() -> list[Figure]:
    """How many of the mails that are kept as tests are understood."""
    world = known()
    read = [(mail, understand(raw_of(mail), world, world.candidates[0])) for mail in MAILS]
    given = [(mail, found) for mail, found in read if found.wait]
    awaited = [(mail, found) for mail, found in read if mail["wait"]]
    right = sum(found.wait == mail["wait"] for mail, found in given)
    linked = sum(found.wait == mail["wait"] for mail, found in awaited)
    kinds = sum(found.kind == mail["kind"] for mail, found in read)
    wrong = sum(found.kind == "rejection" != mail["kind"] for mail, found in read)
    of, name = (
        f"{len(MAILS)} mails in six languages, in fourteen programs' forms",
        "forwarded mails",
    )
    return [
        Figure(f"{name}: kind right", 100 * kinds / len(read), "%", of, 97),
        Figure(f"{name}: links given that are right", 100 * right / len(given), "%", of, 98),
        Figure(f"{name}: waits found", 100 * linked / len(awaited), "%", of, 90),
        Figure(f"{name}: told as a rejection and none", wrong, "mails", of, 0, is_most=True),
    ]


def hostile_mails() -> list[Figure]:
    with children(lambda: Child("benchmarks.forwarding_hostile")) as (child,):
        child.go()
        told = child.read()
    of = f"{told['mails']:.0f} broken, forged and looping mails that reject nobody"
    seconds, megabytes, name = told["slowest"], round(told["megabytes"]), "hostile mails"
    return [
        Figure(f"{name}: the slowest", round(seconds, 2), "s", of, 1, is_most=True),
        Figure(f"{name}: memory over idle", megabytes, "MB", of, 50, is_most=True),
        Figure(f"{name}: told as a rejection", told["rejections"], "mails", of, 0, is_most=True),
    ]


def forwarded_mails_read() -> list[Figure]:
    """By one worker, facts and commit included, and by the reader alone."""
    name, now = database(), timezone.now()
    owner = make_candidate(make_user("Forwarding"))
    make_interview(owner, starts_at=now, now=now)
    address, numbers = create_address(candidate=owner, now=now).email, iter(range(10**6))
    facts, raw = facts_of(owner, now=now), mail(0)

    def read() -> int:
        for _mail in range(20):
            keep(mail(next(numbers)), address, now=now)
        return read_batch(clock=timezone.now)

    def understood() -> int:
        understand(raw, facts.world, facts.owner)
        return 1

    def parsed() -> int:
        message_from_bytes(raw, policy=compat32)
        return 1

    bare = rate(parsed, seconds=1)
    by_reader, by_worker = rate(understood, seconds=SECONDS), rate(read, seconds=SECONDS)
    alone = f"by one core; {bare:,.0f} by message_from_bytes alone"
    whole = f"stored, read and proposed by one process, on {name}"
    return [
        Figure("forwarded mails understood", round(by_reader), "1/s", alone),
        Figure("forwarded mails taken and read", round(by_worker), "1/s", whole),
    ]


def forwarded_mails_under_faults() -> list[Figure]:
    kills, seed = scaled(50), random.SystemRandom().randrange(10**6)
    killed = forwarding.killed(kills=kills, seed=seed)
    runs: list[tuple[str, list[forwarding.Trouble], int]] = [
        (f"{kills} times kill -9 of the server or a reader (seed {seed})", killed, 2),
        ("Redis emptied midway", [forwarding.redis_emptied], 2),
        ("PostgreSQL restarted midway", [forwarding.postgres_restarted], 2),
        ("four readers", [], 4),
    ]
    idle = forwarding.forward(environment(), count=1, troubles=[])
    said = "one mail while nothing else is to be done, from its first byte"
    first = Figure("forwarded mail proposed after", idle.seconds, "s", said, 10, is_most=True)
    return [first] + [figure for run in runs for figure in _under(*run)]


def _under(fault: str, troubles: list[forwarding.Trouble], readers: int) -> list[Figure]:
    told = forwarding.forward(environment(), count=scaled(2000), troubles=troubles, readers=readers)
    total = f"{told.mails:,} mails in {told.seconds:.0f} s"
    return [
        Figure(f"forwarded mails lost: {fault}", told.lost, "mails", total, 0, is_most=True),
        Figure(f"forwarded mails twice: {fault}", told.twice, "mails", total, 0, is_most=True),
    ]
