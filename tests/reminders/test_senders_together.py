"""Parallel senders: each mail is sent by one of them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from interviews.models import Interview, Mail, Reminder
from reminders.claim import claim_mails
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.support.inbox import Inbox
from tests.support.people import make_candidate, make_user
from tests.support.step_factories import stand

SENDERS, CANDIDATES = 4, 12


def together(work: Callable[[], object]) -> list[object]:
    """The same work in some threads at once, each on a database connection of its own."""
    start = threading.Barrier(SENDERS)

    def run(_number: int) -> object:
        start.wait(timeout=30)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as threads:
        return list(threads.map(run, range(SENDERS)))


@pytest.fixture
def due(transactional_db: None) -> list[Interview]:
    people = [make_candidate(make_user(f"Person{number}")) for number in range(CANDIDATES)]
    return [stand(each, "call", now=NOW) for each in people]


def test_sweeps_side_by_side_write_each_reminder_once(due: list[Interview]) -> None:
    swept = together(lambda: sweep(now=NOW))
    assert Reminder.objects.count() == CANDIDATES
    assert sum(each.reminded for each in swept) == CANDIDATES  # type: ignore[attr-defined]


def test_each_candidate_gets_one_mail(due: list[Interview], post: Send, inbox: Inbox) -> None:
    sweep(now=NOW)
    sent = together(lambda: send_all(now=NOW))
    send_all(now=NOW)  # what all of them left to another
    assert sum(sent) <= CANDIDATES  # type: ignore[arg-type]
    assert len(inbox.messages) == CANDIDATES
    assert len({str(each["Message-ID"]) for each in inbox.messages}) == CANDIDATES
    assert len({str(each["To"]) for each in inbox.messages}) == CANDIDATES
    assert set(Mail.objects.values_list("state", "tries")) == {("sent", 1)}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


def test_a_lease_that_ran_out_is_taken_over_by_one(due: list[Interview]) -> None:
    sweep(now=NOW)
    assert len(claim_mails(now=NOW)) == CANDIDATES
    later = NOW + timedelta(hours=1)

    def claim() -> list[object]:
        return [mail.pk for mail in claim_mails(now=later)]

    taken = [pk for each in together(claim) for pk in each]  # type: ignore[attr-defined]
    assert len(taken) == len(set(taken)) == CANDIDATES
