import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviews.models import Candidate, Criterion, Interview, Vacancy
from interviews.services import vacancies
from tests.support import people


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/weigh/"


def stored(interview: Interview) -> Vacancy:
    return Vacancy.objects.get(pk=interview.vacancy_id)


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


def test_two_ratings_beside_the_other_open_positions(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    vacancies.rate_vacancy(vacancy=ahead.vacancy, attractiveness=3, desire=2, now=now)
    page = as_alice.get(url_of(interview)).content
    assert b"Data engineer, Bolt" in page
    assert b"not rated yet" not in page
    data = {"attractiveness": "4", "desire": "5", "rating_notes": "Short way"}
    assert as_alice.post(url_of(interview), data)["Location"] == f"/interviews/{interview.pk}/"
    vacancy = stored(interview)
    assert (vacancy.attractiveness, vacancy.desire) == (4, 5)
    assert vacancy.rating_notes == "Short way"


@pytest.mark.parametrize("rating", ["", "0", "6", "x"])
def test_one_to_five(as_alice: Client, interview: Interview, rating: str) -> None:
    data = {"attractiveness": rating, "desire": "5", "rating_notes": "Short way"}
    response = as_alice.post(url_of(interview), data)
    assert response.status_code == 422
    assert b"Short way" in response.content


def test_nobody_else_weighs(as_bob: Client, as_charlie: Client, interview: Interview) -> None:
    data = {"attractiveness": "4", "desire": "5"}
    assert as_bob.post(url_of(interview), data).status_code == 404
    assert as_charlie.post(url_of(interview), data).status_code == 404


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    data = {"attractiveness": "4", "desire": "5", "rating_notes": ""}
    page = as_alice.post(url_of(interview), data, follow=True).content.decode()
    assert "Rating saved." in page


def test_positions_that_were_not_weighed_are_only_counted(
    as_alice: Client, interview: Interview, ahead: Interview
) -> None:
    page = as_alice.get(url_of(interview)).content
    assert b"Data engineer, Bolt" not in page
    assert b"1 more position " in page


# --- criteria ---------------------------------------------------------------------------------


def test_the_criteria_propose_what_is_left_open(as_alice: Client, interview: Interview) -> None:
    data = {"work_rating": "5", "pay_rating": "2", "work_weight": "2", "desire": "4"}
    as_alice.post(url_of(interview), data)
    vacancy = stored(interview)
    assert (vacancy.attractiveness, vacancy.is_attractiveness_proposed) == (4, True)
    assert (vacancy.work_rating, vacancy.pay_rating, vacancy.way_rating) == (5, 2, None)


def test_an_own_rating_stands(as_alice: Client, interview: Interview) -> None:
    as_alice.post(url_of(interview), {"work_rating": "5", "attractiveness": "2", "desire": "4"})
    assert stored(interview).attractiveness == 2
    assert not stored(interview).is_attractiveness_proposed
    page = as_alice.get(url_of(interview)).content.decode()
    assert re.search(r'name="attractiveness" value="2"[^>]*checked', page)


def test_what_matters_is_kept_for_all_the_candidates_positions(
    as_alice: Client, alice: Candidate, interview: Interview, ahead: Interview
) -> None:
    as_alice.post(url_of(ahead), {"work_rating": "5", "pay_rating": "1", "desire": "3"})
    assert stored(ahead).attractiveness == 3
    as_alice.post(url_of(interview), {"attractiveness": "4", "desire": "4", "pay_weight": "0"})
    alice.refresh_from_db()
    assert (alice.pay_weight, alice.work_weight) == (0, 1)
    assert stored(ahead).attractiveness == 5


def test_a_position_left_without_a_proposal_keeps_what_it_had(
    as_alice: Client, interview: Interview, ahead: Interview
) -> None:
    as_alice.post(url_of(ahead), {"pay_rating": "2", "desire": "3"})
    as_alice.post(url_of(interview), {"attractiveness": "4", "desire": "4", "pay_weight": "0"})
    assert stored(ahead).attractiveness == 2
    assert not stored(ahead).is_attractiveness_proposed


def test_a_suggested_rating_decides_the_step_as_an_own_one(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    """Weighed low by criteria alone, a position is let go once its answer is late."""
    low = dict.fromkeys(Criterion, 1)
    vacancies.rate_vacancy(
        vacancy=interview.vacancy, attractiveness=None, desire=1, ratings=low, now=now
    )
    local_day = interview.ends_at.astimezone(interview.candidate.zone).date()
    people.make_agreement(interview, now=now, due_on=local_day)
    assert Interview.objects.get(pk=interview.pk).step_rule == "not-interested"


@pytest.mark.parametrize(
    "data",
    [
        {"work_rating": "6"},
        {"work_rating": "x"},
        {"work_weight": "3"},
        {"work_rating": "5", "work_weight": "0", "attractiveness": ""},
    ],
)
def test_criteria_that_make_no_sense(
    as_alice: Client, interview: Interview, data: dict[str, str]
) -> None:
    filled = {"attractiveness": "4", "desire": "5", "rating_notes": "Kept words"} | data
    response = as_alice.post(url_of(interview), filled)
    assert response.status_code == 422
    assert b"Kept words" in response.content
    assert stored(interview).desire is None


# --- the picture ------------------------------------------------------------------------------


def test_the_picture_and_the_table_behind_it(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    vacancies.rate_vacancy(vacancy=interview.vacancy, attractiveness=5, desire=4, now=now)
    vacancies.rate_vacancy(vacancy=ahead.vacancy, attractiveness=2, desire=2, now=now)
    page = as_alice.get(url_of(interview)).content.decode()
    assert page.count('class="dot this"') == 1
    assert page.count('class="dot"') == 1
    assert 'aria-describedby="rating-map-table"' in page
    assert "this position" in page


def test_at_most_25_positions_with_a_constant_number_of_queries(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    def weighed(count: int) -> tuple[int, int]:
        for number in range(count):
            starts = now - timedelta(days=3)
            row = people.make_interview(
                alice, starts_at=starts, now=now, company=f"Company {number} of {count}"
            )
            vacancies.rate_vacancy(vacancy=row.vacancy, attractiveness=3, desire=3, now=now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = as_alice.get(url_of(interview)).content.decode()
        return len(queries), page.count('scope="row"')

    few, many = weighed(3), weighed(30)
    assert (few[1], many[1]) == (3, 25)
    assert few[0] == many[0] <= 8
