"""The stored steps are what the rules say, whatever was called in whatever order."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Candidate, Interview
from interviews.services import verify_steps
from tests.support.load import BASE, Load, ended
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import database_url

CALLS = 500
PROCESSES = 4


def seed_of_run() -> int:
    """The run's (make test-random prints it), else always the same."""
    return int(os.environ.get("TEST_SEED", "1"))


def assert_steps_are_right(now: datetime) -> None:
    assert list(verify_steps.verify_all(now=now)) == []
    assert list(verify_steps.verify_foreign_rows()) == []


@pytest.mark.drawn
def test_steps_are_right_after_500_random_calls(alice: Candidate) -> None:
    load = Load(alice.pk, seed_of_run())
    load.run(CALLS)
    assert load.done > CALLS / 4
    assert_steps_are_right(ended(CALLS))


@pytest.mark.services
@pytest.mark.drawn
@pytest.mark.usefixtures("transactional_db")
def test_steps_are_right_after_four_processes_at_once() -> None:
    candidate = make_candidate(make_user("Alice"))
    for company in ("Acme", "Bolt", "Cedar"):
        make_interview(candidate, starts_at=BASE, now=BASE, company=company)
    seed = seed_of_run()
    share = CALLS // PROCESSES
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.load", str(candidate.pk), str(each), str(share)],
            env={**os.environ, "DATABASE_URL": database_url()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for each in range(seed, seed + PROCESSES)
    ]
    outputs = [process.communicate(timeout=240)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, "\n".join(outputs)
    assert_steps_are_right(ended(share))


def test_a_wrong_step_is_found_named_and_repaired(alice: Candidate) -> None:
    now = datetime.now(UTC)
    interview = make_interview(alice, starts_at=now, now=now)
    Interview.objects.filter(pk=interview.pk).update(step="call")
    out = StringIO()
    with pytest.raises(CommandError, match="1 steps"):
        call_command("check_steps", stdout=out)
    assert str(interview.pk) in out.getvalue()
    assert "the rules say prepare" in out.getvalue()
    call_command("check_steps", "--fix", stdout=StringIO())
    interview.refresh_from_db()
    assert interview.step == "prepare"
    call_command("check_steps", stdout=StringIO())


def test_a_row_past_its_expiry_waits_for_the_sweep(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=BASE, now=BASE)
    assert interview.step_expires_at is not None
    assert_steps_are_right(interview.step_expires_at)


def test_a_row_of_another_candidate_is_named(alice: Candidate, charlie: Candidate) -> None:
    of_alice = make_interview(alice, starts_at=BASE, now=BASE)
    his = make_interview(charlie, starts_at=BASE, now=BASE)
    Interview.objects.filter(pk=of_alice.pk).update(vacancy=his.vacancy)
    assert list(verify_steps.verify_foreign_rows())
