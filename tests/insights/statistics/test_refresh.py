"""Due statistics are computed once, and no fact is lost meanwhile."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from insights.forecast import Silence, forecast
from insights.statistics.refresh import LEASE, _recompute, compute_due
from insights.statistics.stored import StoredStatistics, read_statistics
from interviews.models import Candidate, Statistics, WaitAssumptions
from interviews.services.interviews import cancel_interview
from interviews.services.statistics import (
    change_assumptions,
    recompute_statistics_soon,
    take_published,
)
from tests.support.people import (
    make_assumptions,
    make_candidate,
    make_interview,
    make_result,
    make_user,
)

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)


def seen(candidate: Candidate, *, now: datetime) -> StoredStatistics:
    """As the next page reads it."""
    return read_statistics(Candidate.objects.get(pk=candidate.pk), now=now)


def due_at(candidate: Candidate) -> datetime | None:
    return Statistics.objects.get(candidate=candidate).due_at


@pytest.fixture
def waiting(alice: Candidate) -> Candidate:
    make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW)
    return alice


def test_before_the_first_computation(alice: Candidate) -> None:
    found = seen(alice, now=NOW)
    assert (found.posterior, found.computed_at, found.is_due) == (None, None, True)


def test_a_fact_asks_for_it(waiting: Candidate) -> None:
    assert due_at(waiting) == NOW
    assert compute_due(now=NOW) == 1
    found = seen(waiting, now=NOW)
    assert (found.figures.waits.open, found.computed_at, found.is_due) == (1, NOW, False)
    assert found.posterior is not None


def test_while_something_is_open_again_at_the_candidates_midnight(waiting: Candidate) -> None:
    compute_due(now=NOW)
    assert due_at(waiting) == datetime(2026, 11, 27, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("days", [10, 90])
def test_what_no_day_changes_is_not_recomputed_daily(alice: Candidate, days: int) -> None:
    row = make_interview(alice, starts_at=NOW - timedelta(days=days), now=NOW)
    if days < 60:
        make_result(row, now=NOW)
    compute_due(now=NOW)
    assert due_at(alice) is None


def test_cancelling_asks_too(waiting: Candidate) -> None:
    compute_due(now=NOW)
    cancel_interview(interview=waiting.interviews.get(), now=SOON)
    assert due_at(waiting) == SOON
    compute_due(now=SOON)
    assert seen(waiting, now=SOON).figures.waits.ended == 0


def test_a_fact_that_comes_meanwhile_is_computed_next(waiting: Candidate) -> None:
    """Between the lease and the storing: what is stored does not take its turn away."""
    lease = NOW + LEASE
    Statistics.objects.update(due_at=lease)
    make_interview(waiting, starts_at=NOW - timedelta(days=8), now=SOON, company="B")
    _recompute(waiting.pk, lease=lease, now=NOW)
    assert due_at(waiting) == SOON
    compute_due(now=SOON)
    assert seen(waiting, now=SOON).figures.waits.open == 2


def test_one_that_fails_keeps_no_other_from_it(
    waiting: Candidate, caplog: pytest.LogCaptureFixture
) -> None:
    broken = make_candidate(make_user("Zoe"))
    Candidate.objects.filter(pk=broken.pk).update(timezone="Nowhere/Land")
    recompute_statistics_soon([broken.pk], now=NOW - timedelta(hours=1))
    assert compute_due(now=NOW) == 2
    assert seen(waiting, now=NOW).computed_at == NOW
    assert due_at(broken) == NOW + timedelta(days=1)
    assert "cannot be reckoned" in caplog.text


def test_one_that_died_midway_is_done_by_another(waiting: Candidate) -> None:
    Statistics.objects.update(due_at=NOW + timedelta(minutes=10))  # its lease
    assert compute_due(now=SOON) == 0
    assert compute_due(now=NOW + timedelta(minutes=11)) == 1


def test_own_assumptions(waiting: Candidate) -> None:
    def chance() -> float:
        compute_due(now=NOW)
        posterior = seen(waiting, now=NOW).posterior
        assert posterior is not None
        return forecast(posterior, Silence(5), by=5).ever.middle

    usual = chance()
    change_assumptions(assumptions=make_assumptions(waiting, told_percent=30), now=NOW)
    gloomy = chance()
    change_assumptions(assumptions=make_assumptions(waiting, told_percent=90), now=NOW)
    hopeful = chance()
    assert gloomy < usual < hopeful
    assert WaitAssumptions.objects.count() == 1
    take_published(candidate=waiting, now=NOW)
    assert chance() == usual


@pytest.mark.parametrize("module", ["config.urls", "insights.tasks"])
def test_what_only_computing_needs_is_not_loaded_before(module: str) -> None:
    """scipy takes most of a second and forty megabytes in each process: pages never need it, and
    neither do beat nor a start of the worker."""
    asked = f"import sys, django; django.setup(); import {module}; print('scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
