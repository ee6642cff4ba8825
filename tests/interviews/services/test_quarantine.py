"""A row that fails is set aside and reported, and the others go on."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import DeletionRequest, User
from coaching import coaches
from coaching.digest import write_digests
from insights.statistics.figures import Figures, WaitCounts
from insights.statistics.pooled import compute_pooled
from insights.statistics.refresh import compute_due
from interviews.models import (
    Candidate,
    Coach,
    Coaching,
    Interview,
    Mail,
    SenderState,
    Statistics,
    StatisticsState,
    SweepState,
)
from interviews.quarantine import error_text, one_by_one
from interviews.services.statistics import recompute_statistics_soon
from personal_data import account_deletion, retention
from reminders.health import Quarantined, count_quarantined, health
from reminders.recompute_all import decided_by
from reminders.sweep import sweep
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_result,
    make_user,
)
from tests.support.step_factories import stand

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
MIDDAY = NOW.replace(hour=11)  # when calls are made
# Its reading ends in a RecursionError, wherever it stands.
DEEP = "[" * 950 + "]" * 950


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"


def put(row: Any, column: str, text: str) -> None:
    """Past the model, which would not write it."""
    key = row.pk if connection.vendor == "postgresql" else row.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [text, key])


def refuse(table: str, column: str, value: str) -> None:
    """The database takes no such row any more: an IntegrityError."""
    statement = {
        "sqlite": f"CREATE TRIGGER refuse BEFORE INSERT ON {table} WHEN NEW.{column} = '{value}' "
        "BEGIN SELECT RAISE(ABORT, 'not this one'); END",
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; "
        f"ALTER TABLE {table} ADD CONSTRAINT \"not this one\" CHECK ({column} <> '{value}') "
        "NOT VALID",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor])


def aside(now: datetime = NOW) -> dict[Quarantined, int]:
    return {kind: number for kind, number in count_quarantined(now=now).items() if number}


# --- the sweep, and an upgrade --------------------------------------------------------------------


def _unreadable(row: Interview) -> None:
    put(row, "step_reason", DEEP)


def _undecidable(row: Interview) -> None:
    Candidate.objects.filter(pk=row.candidate_id).update(timezone="Nowhere/Land")


BAD_INTERVIEWS = {"RecursionError": _unreadable, "ZoneInfoNotFoundError": _undecidable}


@pytest.mark.parametrize("error", BAD_INTERVIEWS)
def test_sweep(alice: Candidate, charlie: Candidate, error: str) -> None:
    SweepState.objects.create(pk=1, decided_by=decided_by())
    bad = stand(charlie, "call", now=MIDDAY)
    sound = stand(alice, "call", now=MIDDAY)
    Interview.objects.update(review_at=MIDDAY)
    BAD_INTERVIEWS[error](bad)
    swept = sweep(now=MIDDAY)
    assert (swept.reviewed, swept.reminded) == (2, 1)
    assert sound.reminders.count() == 1
    told = Interview.objects.filter(pk=bad.pk).values_list("review_at", "review_error").get()
    assert told[0] is None
    assert told[1].startswith(error)
    assert aside() == {Quarantined.ROWS: 1}
    assert sweep(now=MIDDAY).reviewed == 0


@pytest.mark.parametrize("error", BAD_INTERVIEWS)
def test_upgrade(alice: Candidate, charlie: Candidate, error: str) -> None:
    SweepState.objects.create(pk=1, decided_by="older")
    bad = make_interview(charlie, starts_at=NOW + timedelta(days=3), now=NOW)
    sound = make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW)
    Interview.objects.filter(pk=sound.pk).update(step="call")
    BAD_INTERVIEWS[error](bad)
    sweep(now=SOON)
    sound.refresh_from_db()
    assert sound.step == "prepare"
    assert SweepState.objects.get().decided_by == decided_by()
    assert aside() == {Quarantined.ROWS: 1}


# --- coaches' mornings ----------------------------------------------------------------------------


def _no_zone(coach: Coach) -> None:
    Coach.objects.filter(pk=coach.pk).update(timezone="Mars/Base")


def _deep_days(coach: Coach) -> None:
    put(coach, "digest_weekdays", DEEP)


def _refused_mail(coach: Coach) -> None:
    refuse("interviews_mail", "recipient", coach.user.email)


BAD_COACHES: dict[str, Callable[[Coach], None]] = {
    "ZoneInfoNotFoundError": _no_zone,
    "RecursionError": _deep_days,
    "IntegrityError": _refused_mail,
}


def _coach(user: User) -> Coach:
    coach = coaches.make_coach(user=user)
    coach.timezone, coach.digest_time, coach.digest_weekdays = "UTC", time(6, 30), list(range(7))
    return coaches.change_coach(coach=coach, now=NOW - timedelta(hours=1))


@pytest.mark.parametrize("error", BAD_COACHES)
def test_mornings(alice: Candidate, bob: User, error: str) -> None:
    stand(alice, "call", now=NOW)
    bad = _coach(bob)
    erin = make_user("Erin", is_staff=True)
    make_coaching(erin, alice)
    _coach(erin)
    BAD_COACHES[error](bad)
    assert write_digests(now=SOON) == 1
    assert [mail.recipient for mail in Mail.objects.all()] == ["erin@example.org"]
    told = Coach.objects.filter(pk=bad.pk).values_list("digest_due_at", "digest_error").get()
    assert told[0] == NOW + timedelta(days=1)
    assert told[1].startswith(error)
    assert aside() == {Quarantined.MORNINGS: 1}


def test_a_morning_that_can_be_written_again_is_aside_no_more(alice: Candidate, bob: User) -> None:
    stand(alice, "call", now=NOW)
    coach = _coach(bob)
    _no_zone(coach)
    write_digests(now=SOON)
    Coach.objects.update(timezone="UTC")
    assert write_digests(now=SOON + timedelta(days=1)) == 1
    assert aside() == {}


# --- what is learned ------------------------------------------------------------------------------


def _no_candidates_zone(candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(timezone="Nowhere/Land")


def _refused_tally(candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(shares_waits_at=NOW)
    past = NOW - timedelta(days=30)
    row = make_interview(candidate, starts_at=past, now=NOW, company="Zweifel")
    make_result(row, now=NOW, kind="refusal", known_at=row.ends_at + timedelta(days=3))
    refuse("interviews_companytally", "normalised_name", "zweifel")


BAD_LEARNERS = {"ZoneInfoNotFoundError": _no_candidates_zone, "IntegrityError": _refused_tally}


@pytest.mark.parametrize("error", BAD_LEARNERS)
def test_statistics(alice: Candidate, charlie: Candidate, error: str) -> None:
    BAD_LEARNERS[error](charlie)
    recompute_statistics_soon([charlie.pk], now=NOW - timedelta(hours=1))
    recompute_statistics_soon([alice.pk], now=NOW)
    assert compute_due(now=NOW) == 2
    assert Statistics.objects.get(candidate=alice).computed_at == NOW
    bad = Statistics.objects.get(candidate=charlie)
    assert bad.due_at == NOW + timedelta(days=1)
    assert bad.error.startswith(error)
    assert aside() == {Quarantined.STATISTICS: 1}


BAD_SPELLS = {
    "RecursionError": DEEP,
    "ValueError": '[[3, "positive", "no such employer", null, 1]]',
    "TypeError": '[[3, "positive", "unknown", null, "many"]]',
}


@pytest.mark.parametrize("error", BAD_SPELLS)
def test_shared(db: None, error: str) -> None:
    for number in range(6):
        candidate = make_candidate(make_user(f"P{number}"))
        Candidate.objects.filter(pk=candidate.pk).update(shares_waits_at=NOW)
        spells = [[3, "positive", "unknown", None, 2]]
        told = Figures(waits=WaitCounts(ended=2)).to_json()
        Statistics.objects.create(candidate=candidate, spells=spells, figures=told)
    bad = Statistics.objects.order_by("pk")[2]
    put(bad, "spells", BAD_SPELLS[error])
    assert compute_pooled(now=NOW)
    state = StatisticsState.objects.get()
    assert (state.candidates, state.waits, state.reckoned_at) == (5, 10, NOW)
    told_of = Statistics.objects.filter(pk=bad.pk).values_list("due_at", "error").get()
    assert told_of[0] == NOW
    assert told_of[1].startswith(error)
    # It is reckoned from the facts, so nothing is lost by doing that again.
    assert compute_due(now=NOW) == 1
    assert aside() == {}


# --- what the clock erases and closes -------------------------------------------------------------


def test_coachings(alice: Candidate, bob: User, charlie: Candidate) -> None:
    rows = Coaching.objects
    sound = make_coaching(bob, charlie)
    rows.update(ends_at=NOW - timedelta(days=1))
    # Its end may not be written down: it is before the beginning.
    bad = rows.exclude(pk=sound.pk)
    bad.update(invited_at=NOW, accepted_at=NOW)
    retention.apply_retention(now=NOW)
    assert rows.get(pk=sound.pk).ended_at == NOW - timedelta(days=1)
    assert bad.get().ended_at is None
    assert aside(NOW + timedelta(hours=1)) == {Quarantined.COACHINGS: 1}


def test_deletions(alice: Candidate, charlie: Candidate) -> None:
    for candidate in (alice, charlie):
        account_deletion.request_deletion(user=candidate.user, now=NOW)
    due = NOW + timedelta(days=8)
    refuse("interviews_mail", "recipient", alice.user.email)
    assert account_deletion.erase_due(now=due) == 1
    assert DeletionRequest.objects.get().error.startswith("IntegrityError")
    assert aside(due) == {Quarantined.DELETIONS: 1}


# --- who sees it ----------------------------------------------------------------------------------


def test_healthz_and_metrics_tell_of_it(client: Client, alice: Candidate, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    now = timezone.now()
    SweepState.objects.create(pk=1, swept_at=now, started_at=now, decided_by=decided_by())
    SenderState.objects.create(pk=1, seen_at=now, started_at=now)
    assert client.get("/healthz").json()["set_aside"] == "ok"
    Statistics.objects.create(candidate=alice, error="ValueError: no such day")
    page = client.get("/healthz")
    assert (page.status_code, page.json()["set_aside"]) == (503, "some")
    assert not health(now=now).is_well
    told = client.get("/metrics", headers={"Authorization": "Bearer a-long-token"})
    assert "hearback_learned_set_aside 1.0" in told.content.decode()
    assert "hearback_rows_set_aside 0.0" in told.content.decode()


# --- the classification ---------------------------------------------------------------------------


@pytest.mark.parametrize("passing", [OperationalError, MemoryError, ConnectionResetError])
def test_trouble_of_the_machine_is_no_rows(passing: type[Exception]) -> None:
    def work(key: int) -> None:
        raise passing

    with pytest.raises(passing):
        one_by_one([1], work, lambda key, error: None, message="%s")


def test_a_row_that_is_too_large_is_quarantined(db: None) -> None:
    """PostgreSQL says so by an error of the kind that says when it is away."""
    too_large = {"sqlite": "zeroblob(2147483647)", "postgresql": "repeat('x', 2147483647)"}
    sizes = {1: "1", 2: too_large[connection.vendor], 3: "3"}
    put_aside = []

    @transaction.atomic
    def work(key: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sizes[key]}")
        return key

    done = one_by_one(sizes, work, lambda key, error: put_aside.append(key), message="%s")
    assert (done, put_aside) == ([1, 3], [2])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no such day", "ValueError: no such day"),
        ("a\0b", "ValueError: ab"),
        ("half \ud83d", "ValueError: half ?"),
        ("refused\nDETAIL: Failing row contains (Anna)", "ValueError: refused"),
        ("x" * 10_000, "ValueError: " + "x" * 500),
    ],
)
def test_words_of_an_error_that_any_column_takes(said: str, kept: str) -> None:
    assert error_text(ValueError(said)) == kept
