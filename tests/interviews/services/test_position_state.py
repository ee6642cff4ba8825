"""A position's stored state follows its closing, its interviews and what the candidate said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Candidate, Interview, Vacancy
from interviews.services import interviews, position_state, results
from tests.support.people import make_interview, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def first(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)


def state_of(interview: Interview) -> str:
    return Vacancy.objects.get(pk=interview.vacancy_id).state


def test_with_an_interview_it_is_in_talks(first: Interview) -> None:
    assert state_of(first) == "in_talks"


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("refusal", "closed"),
        ("assumed_refusal", "closed"),
        ("withdrawn", "closed"),
        ("no_response", "closed"),
        ("offer", "offer"),
    ],
)
def test_the_last_result_decides(first: Interview, kind: str, state: str) -> None:
    make_result(first, now=NOW, kind=kind)
    assert state_of(first) == state


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_an_answered_offer_closes_it(first: Interview, answer: str) -> None:
    offer = make_result(first, now=NOW, kind="offer")
    results.answer_offer(result=offer, answer=answer, now=NOW)
    assert state_of(first) == "closed"


def test_it_is_open_again_without_the_result(first: Interview) -> None:
    results.delete_result(result=make_result(first, now=NOW, kind="refusal"), now=NOW)
    assert state_of(first) == "in_talks"


def test_a_later_stage_opens_it_again(alice: Candidate, first: Interview) -> None:
    make_result(first, now=NOW, kind="no_response")
    make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=first)
    assert state_of(first) == "in_talks"


def test_cancelled_interviews_count_for_nothing(first: Interview) -> None:
    Vacancy.objects.filter(pk=first.vacancy_id).update(declared_state="applied")
    interviews.cancel_interview(interview=first, now=NOW)
    assert state_of(first) == "applied"
    interviews.reinstate_interview(interview=first, now=NOW)
    assert state_of(first) == "in_talks"


def test_closed_by_the_candidate_it_is_closed(first: Interview) -> None:
    vacancies = Vacancy.objects.filter(pk=first.vacancy_id)
    vacancies.update(closing_reason="position_gone")
    position_state.recompute_states(vacancies)
    assert state_of(first) == "closed"


def test_a_wrong_state_is_found_and_repaired(
    first: Interview, capsys: pytest.CaptureFixture[str]
) -> None:
    Vacancy.objects.update(state="offer")
    with pytest.raises(CommandError):
        call_command("check_steps")
    assert f"position {first.vacancy_id}: the facts say in_talks" in capsys.readouterr().out
    call_command("check_steps", fix=True)
    assert state_of(first) == "in_talks"
