"""On PostgreSQL rows are locked one by one: simultaneous closing, adding and sending stays
consistent."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from interviews.models import Candidate, DeliveryState, Interview, Mail, Reminder
from interviews.services import candidates, interviews
from interviews.services.verify_steps import verify_all, verify_foreign_rows
from reminders import claim
from reminders.mail_reminders import open_reminders
from reminders.sweep import sweep
from tests.reminders.conftest import send_all
from tests.support.inbox import Inbox
from tests.support.people import (
    make_candidate,
    make_contact,
    make_interview,
    make_result,
    make_user,
)
from tests.support.step_factories import reminder_of, stand

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
ROUNDS = 8


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each in a thread and on a database connection of its own, started together."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        connection.ensure_connection()
        start.wait(timeout=30)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [each.result(timeout=60) for each in [threads.submit(run, work) for work in works]]


def wait_until_waited_for() -> None:
    """Until another connection waits for what this one's transaction holds."""
    never, deadline = threading.Event(), monotonic() + 30
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            never.wait(0.01)
    raise AssertionError("Nobody waits for it.")


@pytest.fixture
def alice(transactional_db: None) -> Candidate:
    assert connection.vendor == "postgresql"
    return make_candidate(make_user("Alice"))


def assert_whole(now: datetime) -> None:
    assert list(verify_all(now=now)) == []
    assert list(verify_foreign_rows()) == []


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_stage_added_while_the_vacancy_is_closed(alice: Candidate, number: int) -> None:
    first = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    stages = [make_interview(alice, starts_at=NOW, now=NOW, continues=first) for _ in range(2)]

    def add() -> object:
        ahead = NOW + timedelta(days=2)
        return make_interview(alice, starts_at=ahead, now=NOW, continues=stages[0])

    def close() -> object:
        row = Interview.objects.with_parties().get(pk=first.pk)
        return make_result(row, now=NOW, kind="refusal")

    at_once(*([add, close] if number % 2 else [close, add]))
    assert_whole(NOW)
    added = Interview.objects.get(continues=stages[0])
    # Added before the end it is cancelled by it; added after, it is a stage that they held.
    assert added.is_cancelled == (added.cancelled_by is not None)
    assert first.result.kind == "refusal"


def test_a_stage_added_but_not_yet_seen_is_closed_and_re_decided(alice: Candidate) -> None:
    first = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    is_added = threading.Event()

    def add() -> None:
        with transaction.atomic():
            starts_at = NOW - timedelta(days=2)
            make_interview(alice, starts_at=starts_at, now=NOW, continues=first)
            is_added.set()
            wait_until_waited_for()

    def close() -> None:
        assert is_added.wait(timeout=30)
        make_result(Interview.objects.with_parties().get(pk=first.pk), now=NOW)

    at_once(add, close)
    assert_whole(NOW)
    kinds = Interview.objects.values_list("result__kind", flat=True)
    assert list(kinds) == ["refusal", "refusal"]


def test_a_form_posted_twice_at_once_is_one_interview(alice: Candidate) -> None:
    is_added = threading.Event()
    form = {"starts_at": NOW + timedelta(days=2), "submission_id": UUID(int=1)}

    def first() -> Interview:
        with transaction.atomic():
            added = make_interview(alice, now=NOW, **form)
            is_added.set()
            wait_until_waited_for()
        return added

    def second() -> Interview:
        assert is_added.wait(timeout=30)
        return make_interview(alice, now=NOW, **form)

    assert len(set(at_once(first, second))) == 1
    assert_whole(NOW)


def test_a_sender_takes_reminders_in_the_order_in_which_facts_do(alice: Candidate) -> None:
    rows = [stand(alice, "call", now=NOW, company=name) for name in ("Acme", "Bolt")]
    with transaction.atomic():
        for row in reversed(rows):  # so that neither their keys nor their places give the order
            reminder_of(row, now=NOW)
    Interview.objects.update(review_at=None)  # swept: a sender may write to the candidate
    is_told = threading.Event()

    def tell() -> None:
        with transaction.atomic():
            make_contact(rows[0], now=NOW)
            is_told.set()
            wait_until_waited_for()
            make_contact(rows[1], now=NOW)

    def take() -> None:
        assert is_told.wait(timeout=30)
        claim.claim_mails(now=NOW)

    at_once(tell, take)
    assert not Reminder.objects.filter(settled_at=None).exists()
    assert_whole(NOW)


def test_sweeps_senders_and_facts_do_not_wait_in_a_circle(
    alice: Candidate, inbox: Inbox, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    settings.SWEEP_BATCH = 3
    for number in range(ROUNDS // 2):
        now = NOW + timedelta(days=7 * number)
        rows = [
            stand(alice, step, now=now, company=f"{step} {number}")
            for step in ("call", "write", "close", "call", "let_go", "assume_refusal")
        ]

        def told(rows: list[Interview] = rows, now: datetime = now) -> None:
            for row in reversed(rows):
                make_contact(row, now=now)

        def moved(rows: list[Interview] = rows, now: datetime = now) -> None:
            for row in rows:
                until = now + timedelta(days=1)
                interviews.snooze_interview(interview=row, until=until, now=now)

        later = now + timedelta(hours=1)
        swept = [lambda later=later: sweep(now=later)] * 2
        sent = [lambda later=later: send_all(now=later)] * 2
        at_once(*swept, *sent, told, moved)
        assert_whole(later)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_resumption_while_a_sender_looks_loses_nothing(alice: Candidate, number: int) -> None:
    stand(alice, "call", now=NOW)
    sweep(now=NOW)
    (mail,) = claim.claim_mails(now=NOW)
    candidates.pause_reminders(candidate=alice, now=NOW)

    def look() -> list[Reminder]:
        return open_reminders(Mail.objects.get(), now=NOW)

    def resume() -> list[Reminder]:
        candidates.resume_reminders(candidate=Candidate.objects.get())
        return []

    works = [look, resume] if number % 2 else [resume, look]
    mailed = [each for found in at_once(*works) for each in found]  # type: ignore[attr-defined]
    reminder = Reminder.objects.get()
    # Either this sender mails it, or it waits for the next one.
    assert reminder.state == (DeliveryState.LEASED if mailed else DeliveryState.WAITING)
    assert (reminder.mail_id == mail.pk) == bool(mailed)
