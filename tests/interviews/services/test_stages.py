"""A next stage answers the one before it; an ending closes every open stage of its vacancy."""

from datetime import UTC, datetime, timedelta

import pytest

from interviews.models import Candidate, Interview, Result
from interviews.services import interviews, results
from reminders.sweep import sweep
from tests.support.people import make_interview, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def first(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)


def kind_of(interview: Interview) -> str | None:
    return Result.objects.filter(interview=interview).values_list("kind", flat=True).first()


def step_of(interview: Interview) -> str:
    return Interview.objects.get(pk=interview.pk).step


def test_the_next_stage_answers_an_ended_open_one(alice: Candidate, first: Interview) -> None:
    later = make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=first)
    assert kind_of(first) == "next_stage"
    assert step_of(first) == "done"
    assert step_of(later) == "prepare"


def test_taking_the_next_stage_away_takes_the_answer_back(
    alice: Candidate, first: Interview
) -> None:
    before = step_of(first)
    later = make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=first)
    interviews.cancel_interview(interview=later, now=NOW)
    assert (kind_of(first), step_of(first)) == (None, before)
    interviews.reinstate_interview(interview=later, now=NOW)
    assert kind_of(first) == "next_stage"


def test_stages_planned_ahead_are_answered_once_the_earlier_has_ended(alice: Candidate) -> None:
    one = make_interview(alice, starts_at=NOW + timedelta(days=1), now=NOW)
    make_interview(alice, starts_at=NOW + timedelta(days=4), now=NOW, continues=one)
    assert kind_of(one) is None
    sweep(now=one.ends_at)
    assert kind_of(one) == "next_stage"
    assert step_of(one) == "done"


def test_an_answered_stage_keeps_its_answer(alice: Candidate, first: Interview) -> None:
    make_result(first, now=NOW, kind="refusal")
    make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=first)
    assert kind_of(first) == "refusal"


@pytest.mark.parametrize("kind", ["offer", "refusal", "withdrawn"])
def test_an_ending_closes_the_vacancys_other_stages(
    alice: Candidate, first: Interview, kind: str
) -> None:
    past_interview = make_interview(alice, starts_at=NOW - timedelta(days=2), now=NOW)
    Interview.objects.filter(pk=past_interview.pk).update(vacancy=first.vacancy)
    planned = make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW)
    Interview.objects.filter(pk=planned.pk).update(vacancy=first.vacancy)
    other_vacancy = make_interview(alice, starts_at=NOW - timedelta(days=2), now=NOW)

    result = make_result(first, now=NOW, kind=kind)

    assert (kind_of(past_interview), step_of(past_interview)) == (kind, "done")
    assert step_of(planned) == ""
    assert kind_of(other_vacancy) is None

    results.delete_result(result=result, now=NOW)
    assert kind_of(past_interview) is None
    assert step_of(past_interview) != "done"
    assert step_of(planned) == "prepare"


def test_no_response_closes_its_own_stage_alone(alice: Candidate, first: Interview) -> None:
    past_interview = make_interview(alice, starts_at=NOW - timedelta(days=2), now=NOW)
    Interview.objects.filter(pk=past_interview.pk).update(vacancy=first.vacancy)
    make_result(first, now=NOW, kind="no_response")
    assert kind_of(past_interview) is None
