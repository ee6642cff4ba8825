from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviews.models import Candidate, Interview, Result
from interviews.services import candidates, vacancies
from interviews.text import dates
from tests.support import people


@pytest.fixture
def offered(interview: Interview, now: datetime) -> Interview:
    """Answer by in six days, start in sixty."""
    people.make_result(
        interview,
        now=now,
        kind="offer",
        offer_answer="open",
        offer_answer_by_on=(now + timedelta(days=6)).date(),
        offer_starts_on=(now + timedelta(days=60)).date(),
    )
    return Interview.objects.get(pk=interview.pk)


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/offer/"


def stored() -> Result:
    return Result.objects.get(follows=None, kind="offer")


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], offered: Interview) -> None:
    is_alices_alone(url_of(offered))


def test_nobody_else_answers(as_bob: Client, as_charlie: Client, offered: Interview) -> None:
    assert as_bob.post(url_of(offered), {"answer": "accepted"}).status_code == 404
    assert as_charlie.post(url_of(offered), {"answer": "accepted"}).status_code == 404
    assert stored().offer_answer == "open"


def test_without_an_offer_there_is_no_page(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    assert as_alice.get(url_of(interview))["Location"] == f"/interviews/{interview.pk}/"
    people.make_result(interview, now=now)
    assert as_alice.get(url_of(interview)).status_code == 404


def test_beside_the_others_with_their_next_steps(
    as_alice: Client, offered: Interview, ahead: Interview, now: datetime
) -> None:
    vacancies.rate_vacancy(vacancy=ahead.vacancy, attractiveness=4, desire=3, now=now)
    local = now.astimezone(ahead.candidate.zone)
    page = as_alice.get(url_of(offered)).content.decode()
    assert "Your answer is due by" in page
    assert "Data engineer, Bolt" in page
    assert "attractiveness 4 of 5" in page
    assert f"First interview, {dates.moment(ahead.starts_at, now=local)}" in page


@pytest.mark.parametrize(("days", "is_too_late"), [(30, False), (90, True)])
def test_the_notice_period(
    as_alice: Client,
    alice: Candidate,
    offered: Interview,
    now: datetime,
    days: int,
    *,
    is_too_late: bool,
) -> None:
    alice.notice_days = days
    candidates.change_settings(candidate=alice, now=now)
    page = as_alice.get(url_of(offered)).content.decode()
    assert f"after your notice period of {days} days" in page
    assert ("later than they want" in page) is is_too_late


def test_without_a_notice_period_it_can_be_noted(as_alice: Client, offered: Interview) -> None:
    assert b'href="/settings/you/"' in as_alice.get(url_of(offered)).content


def test_accepting_leads_to_the_others(
    as_alice: Client, offered: Interview, ahead: Interview
) -> None:
    response = as_alice.post(url_of(offered), {"answer": "accepted"})
    assert response["Location"] == f"/interviews/{offered.pk}/withdraw/"
    assert stored().offer_answer == "accepted"
    page = as_alice.get(url_of(offered)).content.decode()
    assert "You accepted this offer" in page
    assert f'href="/interviews/{offered.pk}/withdraw/"' in page


def test_declining_offers_the_letter(as_alice: Client, offered: Interview) -> None:
    page = as_alice.post(url_of(offered), {"answer": "declined"}, follow=True).content.decode()
    assert "Offer declined." in page
    assert f"/interviews/{offered.pk}/letter/?occasion=letting_go" in page


def test_an_answer_can_be_taken_back(as_alice: Client, offered: Interview) -> None:
    as_alice.post(url_of(offered), {"answer": "declined"})
    as_alice.post(url_of(offered), {"answer": "open"})
    assert stored().offer_answer == "open"


def test_more_time(as_alice: Client, offered: Interview, now: datetime) -> None:
    day = (now + timedelta(days=12)).date().isoformat()
    response = as_alice.post(url_of(offered), {"answer": "more_time", "answer_by_on": day})
    assert response["Location"] == url_of(offered)
    assert (str(stored().offer_answer_by_on), stored().offer_answer) == (day, "open")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose your answer."),
        ({"answer": "perhaps"}, "Choose your answer."),
        ({"answer": "more_time"}, "Choose the date your answer is due."),
        ({"answer": "more_time", "answer_by_on": "soon"}, "Enter a date, such as 2026-11-30."),
        ({"answer": "more_time", "answer_by_on": "2020-01-01"}, "Choose today or a later date."),
        (
            {"answer": "more_time", "answer_by_on": "9999-01-01"},
            "Check the year. It looks too early or too late.",
        ),
    ],
)
def test_what_would_be_right_is_said(
    as_alice: Client, offered: Interview, data: dict[str, str], said: str
) -> None:
    response = as_alice.post(url_of(offered), data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert data.get("answer_by_on", "") in response.content.decode()
    assert stored().offer_answer == "open"


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "Your answer was due by"), (0, "Your answer is due today"), (None, "You have an offer")],
)
def test_how_long_there_is(
    as_alice: Client, offered: Interview, now: datetime, days: int | None, said: str
) -> None:
    today = now.astimezone(offered.candidate.zone).date()
    day = None if days is None else today + timedelta(days=days)
    Result.objects.update(offer_answer_by_on=day)
    assert said in as_alice.get(url_of(offered)).content.decode()


def test_an_earlier_stage_shows_the_same_offer(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    first = people.make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    final = people.make_interview(
        alice, starts_at=now - timedelta(days=2), now=now, title="Product analyst"
    )
    Interview.objects.filter(pk=final.pk).update(vacancy=first.vacancy)
    people.make_result(
        Interview.objects.get(pk=final.pk), now=now, kind="offer", offer_answer="open"
    )
    assert as_alice.get(url_of(first))["Location"] == url_of(final)


def test_25_a_page_with_a_constant_number_of_queries(
    as_alice: Client, alice: Candidate, offered: Interview, now: datetime
) -> None:
    def queries(more: int) -> int:
        for number in range(more):
            starts = now + timedelta(days=3)
            people.make_interview(alice, starts_at=starts, now=now, company=f"C {more} {number}")
        with CaptureQueriesContext(connection) as captured:
            page = as_alice.get(url_of(offered)).content.decode()
        assert page.count('class="comparison"') == min(25, more if more < 10 else more + 2)
        return len(captured)

    assert queries(2) == queries(28) <= 8
    last = as_alice.get(f"{url_of(offered)}?page=2").content.decode()
    assert last.count('class="comparison"') == 5
