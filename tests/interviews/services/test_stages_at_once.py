"""A stage that a later one continues is answered in the same call that makes it so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from interviews.models import Candidate, Interview, Result
from interviews.services import interviews, results
from interviews.services.verify_steps import verify_all
from reminders.sweep import sweep
from tests.support.people import make_interview, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def first(alice: Candidate) -> Interview:
    """Tomorrow."""
    return make_interview(alice, starts_at=NOW + DAY, now=NOW)


@pytest.fixture
def second(alice: Candidate, first: Interview) -> Interview:
    """In four days."""
    return make_interview(alice, starts_at=NOW + 4 * DAY, now=NOW, continues=first)


@pytest.fixture
def earlier(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW - 6 * DAY, now=NOW)


def answer_of(interview: Interview) -> tuple[str | None, str]:
    """The kind of its result, and its step."""
    row = Interview.objects.select_related("result").get(pk=interview.pk)
    result = getattr(row, "result", None)
    return (result.kind if result else None), row.step


def test_moving_the_earlier_one_into_the_past(first: Interview, second: Interview) -> None:
    assert answer_of(first) == (None, "prepare")
    first.starts_at = NOW - 2 * DAY
    interviews.change_interview(interview=first, now=NOW)
    assert answer_of(first) == ("next_stage", "done")


def test_reinstating_it_with_its_next_stage_there(first: Interview, second: Interview) -> None:
    interviews.cancel_interview(interview=first, now=NOW)
    later = NOW + 2 * DAY
    interviews.reinstate_interview(interview=first, now=later)
    assert answer_of(first) == ("next_stage", "done")
    assert list(verify_all(now=later)) == []


def test_deleting_the_refusal_that_replaced_it(alice: Candidate, earlier: Interview) -> None:
    later = make_interview(alice, starts_at=NOW + 2 * DAY, now=NOW, continues=earlier)
    refusal = make_result(earlier, now=NOW)
    assert answer_of(earlier)[0] == "refusal"
    assert Interview.objects.get(pk=later.pk).cancelled_by == refusal
    results.delete_result(result=refusal, now=NOW)
    assert answer_of(earlier) == ("next_stage", "done")
    assert answer_of(later) == (None, "prepare")


def test_deleting_it_is_not_undone_by_the_next_sweep(alice: Candidate, earlier: Interview) -> None:
    later = make_interview(alice, starts_at=NOW + 2 * DAY, now=NOW, continues=earlier)
    results.delete_result(result=Result.objects.get(), now=NOW)
    assert Interview.objects.get(pk=later.pk).continues is None
    step = answer_of(earlier)
    assert step[0] is None
    sweep(now=NOW + timedelta(hours=3))
    assert answer_of(earlier) == step


def test_a_refusal_learned_before_a_stage_that_was_held_is_its_answer_too(
    alice: Candidate, earlier: Interview
) -> None:
    """Noted today, known since before that stage: it took place, so it is not cancelled."""
    later = make_interview(alice, starts_at=NOW - 2 * DAY, now=NOW - 3 * DAY, continues=earlier)
    make_result(earlier, now=NOW, known_at=NOW - 4 * DAY)
    later.refresh_from_db()
    assert not later.is_cancelled
    assert (later.result.kind, later.result.known_at) == ("refusal", later.ends_at)


def test_a_next_stage_before_the_end_of_the_one_before_is_refused(
    alice: Candidate, first: Interview
) -> None:
    early = first.ends_at - timedelta(minutes=1)
    with pytest.raises(ValidationError, match="Choose a time after the previous stage ended"):
        make_interview(alice, starts_at=early, now=NOW, continues=first)
    make_interview(alice, starts_at=first.ends_at, now=NOW, continues=first)


def test_moving_the_earlier_one_behind_its_next_stage_is_refused(
    first: Interview, second: Interview
) -> None:
    first.starts_at = second.starts_at - timedelta(minutes=30)
    with pytest.raises(ValidationError, match="Choose a time before the next stage starts"):
        interviews.change_interview(interview=first, now=NOW)
