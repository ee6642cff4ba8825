"""An import is saved once, whoever runs it, however often it is started, and after a killed
worker."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from integrations import position_import_runs as runs
from integrations.position_import import Refusal, read
from integrations.tasks import import_positions
from interviews.models import Candidate, PositionImport
from personal_data.retention import apply_retention

HEADINGS = "Company,Position,Applied,Notes"
STATE = PositionImport.State


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def uploaded(candidate: Candidate, count: int) -> PositionImport:
    rows = (f"Firm {n},Role {n},2026-03-02,Note {n}" for n in range(count))
    table = read("\n".join([HEADINGS, *rows, ",Nobody’s,,"]).encode(), "list.csv")
    assert not isinstance(table, Refusal)
    return runs.keep_upload(candidate=candidate, name="list.csv", table=table)


def started(candidate: Candidate, count: int) -> PositionImport:
    found = uploaded(candidate, count)
    assert runs.start(position_import=found, reading=runs.Upload(found).reading())
    return found


def test_the_task_saves_every_row_slice_by_slice(alice: Candidate, now: datetime) -> None:
    found = started(alice, 2 * runs.SLICE + 1)
    import_positions()
    found.refresh_from_db()
    assert (found.state, found.rows_done, found.lease_until) == (STATE.DONE, 501, None)
    assert (alice.vacancies.count(), found.counts["positions"]) == (501, 501)
    assert found.rest == [{"row": 503, "reason": "no_company"}]
    assert AuditEntry.objects.filter(kind=AuditEntry.Kind.IMPORTED).count() == 1
    import_positions()
    assert alice.vacancies.count() == 501


def test_it_starts_once(alice: Candidate) -> None:
    found = started(alice, 1)
    assert not runs.start(position_import=found, reading=runs.Upload(found).reading())


def test_who_holds_the_lease_is_alone(alice: Candidate, now: datetime) -> None:
    found = started(alice, 1)
    run = runs.claim(found, now=now)
    assert run is not None
    assert runs.claim(found, now=now) is None
    assert runs.claim_next(now=now) is None
    assert not run.step(now=now)
    found.refresh_from_db()
    assert found.state == STATE.DONE


def test_after_a_killed_worker_another_goes_on(alice: Candidate, now: datetime) -> None:
    found = started(alice, runs.SLICE + 10)
    killed = runs.claim(found, now=now)
    assert killed is not None
    assert killed.step(now=now)
    later = now + runs.LEASE + timedelta(seconds=1)
    run = runs.claim_next(now=later)
    assert run is not None
    assert not run.step(now=later)
    assert not killed.step(now=later)  # it was not killed after all, but it has lost its lease
    found.refresh_from_db()
    assert (found.state, found.rows_done) == (STATE.DONE, runs.SLICE + 10)
    assert alice.vacancies.count() == runs.SLICE + 10


def test_a_busy_worker_lets_another_go_on(alice: Candidate, now: datetime) -> None:
    found = started(alice, runs.SLICE + 10)
    run = runs.claim(found, now=now)
    assert run is not None
    assert run.step(now=now)
    run.release()
    assert runs.claim_next(now=now) is not None


def test_a_fault_in_the_file_ends_it_and_is_told(alice: Candidate, now: datetime) -> None:
    found = started(alice, 3)
    PositionImport.objects.update(table="{}")  # no table that we wrote
    import_positions()
    found.refresh_from_db()
    assert (found.state, found.error) == (STATE.FAILED, "KeyError: 'source'")
    runs.start_again(position_import=found)
    found.refresh_from_db()
    assert (found.state, found.error) == (STATE.RUNNING, "")


def test_what_was_chosen_is_what_is_saved(alice: Candidate, now: datetime) -> None:
    found = uploaded(alice, 1)
    runs.choose(position_import=found, choices=runs.Choices(fields={4: "place"}))
    found.refresh_from_db()
    assert runs.start(position_import=found, reading=runs.Upload(found).reading())
    import_positions()
    vacancy = alice.vacancies.get()
    assert (vacancy.place, vacancy.notes) == ("Note 0", "")


def test_undone_it_leaves_what_was_changed(alice: Candidate, now: datetime) -> None:
    found = started(alice, 3)
    import_positions()
    alice.vacancies.filter(title="Role 1").update(notes="Mine")
    found.refresh_from_db()
    runs.undo(position_import=found, now=now)
    found.refresh_from_db()
    assert (found.state, found.counts["stayed"]) == (STATE.UNDONE, 1)
    assert [each.title for each in alice.vacancies.all()] == ["Role 1"]


@pytest.mark.parametrize(("days", "is_kept"), [(6, True), (8, False)])
def test_cells_are_kept_for_as_long_as_undo(
    alice: Candidate, now: datetime, days: int, is_kept: bool
) -> None:
    found = started(alice, 1)
    import_positions()
    apply_retention(now=timezone.now() + timedelta(days=days))
    found.refresh_from_db()
    assert bool(found.table) is is_kept
    assert found.changes  # a newer file of the same list needs them
    assert found.counts["positions"] == 1


@pytest.mark.parametrize(("hours", "is_kept"), [(23, True), (25, False)])
def test_an_upload_that_was_not_imported_is_deleted(
    alice: Candidate, now: datetime, hours: int, is_kept: bool
) -> None:
    uploaded(alice, 1)
    apply_retention(now=timezone.now() + timedelta(hours=hours))
    assert PositionImport.objects.exists() is is_kept


@pytest.mark.parametrize(
    ("is_claimed", "hours", "state"),
    [(True, 25, STATE.FAILED), (False, 25, STATE.RUNNING), (False, 24 * 9, STATE.FAILED)],
    ids=["its worker died", "started again", "nobody came"],
)
def test_what_no_worker_ends_is_given_up(
    alice: Candidate, now: datetime, is_claimed: bool, hours: int, state: str
) -> None:
    found = started(alice, 1)
    if is_claimed:
        assert runs.claim(found, now=now)
    apply_retention(now=timezone.now() + timedelta(hours=hours))
    found.refresh_from_db()
    assert found.state == state
