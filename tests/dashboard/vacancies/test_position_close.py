"""Applied, closed, reopened, deleted."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate, Interview, Vacancy
from tests.support.people import make_position


@pytest.fixture
def position(alice: Candidate, now: datetime) -> Vacancy:
    return make_position(alice, now=now)


def url(position: Vacancy, name: str) -> str:
    return f"/positions/{position.pk}/{name}/"


def state(position: Vacancy) -> str:
    position.refresh_from_db()
    return position.state


def test_applied_today(
    takes_posts_of_alice_alone: Callable[[str], None], position: Vacancy, now: datetime
) -> None:
    takes_posts_of_alice_alone(url(position, "applied"))
    assert state(position) == "applied"
    assert position.applied_on == now.astimezone(position.candidate.zone).date()


def test_whose_pages_they_are(is_alices_alone: Callable[[str], None], position: Vacancy) -> None:
    is_alices_alone(url(position, "close"))
    is_alices_alone(url(position, "delete"))


def test_closed_with_a_reason_and_reopened(
    as_alice: Client, takes_posts_of_alice_alone: Callable[[str], None], position: Vacancy
) -> None:
    data = {"closing_reason": "position_gone", "closed_on": "2026-01-02"}
    answer = as_alice.post(url(position, "close"), data, follow=True)
    assert "Position closed." in answer.content.decode()
    assert state(position) == "closed"
    takes_posts_of_alice_alone(url(position, "reopen"))
    assert state(position) == "saved"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose one of the options listed."),
        ({"closing_reason": "refused", "closed_on": "2190-01-01"}, "Choose today or an earlier"),
        ({"closing_reason": "refused", "closed_on": ""}, "Enter a date, such as 2026-11-30."),
    ],
)
def test_what_is_missing(
    as_alice: Client, position: Vacancy, data: dict[str, str], sentence: str
) -> None:
    page = as_alice.post(url(position, "close"), data)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert state(position) == "saved"


def test_a_wait_is_closed_by_its_answer(as_alice: Client, interview: Interview) -> None:
    address = url(interview.vacancy, "close")
    said = as_alice.get(address).content.decode()
    assert f"/interviews/{interview.pk}/result/" in said
    assert 'name="closing_reason"' not in said
    as_alice.post(address, {"closing_reason": "refused", "closed_on": "2026-01-02"})
    assert state(interview.vacancy) == "in_talks"


@pytest.mark.parametrize("when", ["interview", "ahead"])
def test_or_by_withdrawing(as_alice: Client, request: pytest.FixtureRequest, when: str) -> None:
    row: Interview = request.getfixturevalue(when)
    assert as_alice.post(url(row.vacancy, "close"), {"act": "withdraw"}).status_code == 302
    assert state(row.vacancy) == "closed"


def test_deleted(as_alice: Client, as_charlie: Client, position: Vacancy) -> None:
    assert as_charlie.post(url(position, "delete")).status_code == 404
    assert as_alice.post(url(position, "delete"))["Location"] == "/positions/"
    assert not Vacancy.objects.exists()


def test_with_interviews_it_stays(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url(interview.vacancy, "delete"), follow=True)
    assert "This position has interviews, so it can’t be deleted." in page.content.decode()
    assert Interview.objects.exists()
