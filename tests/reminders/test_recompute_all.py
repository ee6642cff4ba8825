"""After an upgrade of the rules or the holidays: first due rows, then every open wait."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Candidate, Interview, SweepState
from reminders.recompute_all import decided_by
from reminders.sweep import sweep
from tests.support.people import make_agreement, make_interview

STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
ENDED = STARTS + timedelta(hours=1)
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MONDAY = SUNDAY + timedelta(days=1)  # 10:00 in Berlin, when the call comes due


def promised(candidate: Candidate, company: str = "Acme") -> Interview:
    interview = make_interview(candidate, starts_at=STARTS, now=ENDED, company=company)
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    interview.refresh_from_db()
    return interview


@pytest.fixture
def older(db: None) -> None:
    """All that is stored was decided by older rules."""
    SweepState.objects.update_or_create(pk=1, defaults={"decided_by": "older"})


@pytest.fixture
def broken(alice: Candidate) -> Interview:
    interview = make_interview(alice, starts_at=STARTS, now=ENDED, company="Bolt")
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 25), due_time=time(10))
    interview.agreements.update(due_timezone="Nowhere/Land")
    return interview


def forget_region(candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(country="DE", subdivision="ZZ")


def test_a_region_no_longer_known_stops_no_sweep(alice: Candidate) -> None:
    interview = promised(alice)
    forget_region(alice)
    assert sweep(now=MONDAY).reminded == 1
    interview.refresh_from_db()
    assert (interview.step, interview.review_error) == ("call", "")


def test_a_region_no_longer_known_stops_no_upgrade(alice: Candidate, older: None) -> None:
    interview = promised(alice)
    forget_region(alice)
    Interview.objects.update(step="write", step_rule="may-not-call")
    sweep(now=SUNDAY)
    interview.refresh_from_db()
    assert (interview.step, interview.review_error) == ("call", "")
    assert SweepState.objects.get().decided_by == decided_by()


def test_a_row_that_cannot_be_decided_stops_no_upgrade(
    alice: Candidate, broken: Interview, older: None
) -> None:
    interview = promised(alice)
    Interview.objects.filter(pk=interview.pk).update(step="write", step_rule="may-not-call")
    sweep(now=SUNDAY)
    interview.refresh_from_db()
    broken.refresh_from_db()
    assert interview.step == "call"
    assert "Nowhere/Land" in broken.review_error
    assert broken.review_at is None
    assert SweepState.objects.get().decided_by == decided_by()


def test_what_is_due_is_told_before_the_upgrades_work(alice: Candidate, older: None) -> None:
    promised(alice)
    with CaptureQueriesContext(connection) as captured:
        sweep(now=MONDAY)
    statements = [query["sql"] for query in captured]
    told = [at for at, sql in enumerate(statements) if 'INTO "interviews_reminder"' in sql]
    upgrade = [at for at, sql in enumerate(statements) if "interviews_sweepstate" in sql]
    assert told
    assert max(told) < min(upgrade)
