from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Interview
from interviews.services import vacancies


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/weigh/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


def test_two_ratings_beside_the_other_open_positions(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    vacancies.weigh_vacancy(vacancy=ahead.vacancy, attractiveness=3, desire=2, now=now)
    page = as_alice.get(url_of(interview)).content
    assert b"Data engineer, Bolt" in page
    assert b"not weighed yet" not in page
    data = {"attractiveness": "4", "desire": "5", "rating_notes": "Short way"}
    assert as_alice.post(url_of(interview), data)["Location"] == f"/interviews/{interview.pk}/"
    vacancy = interview.vacancy
    vacancy.refresh_from_db()
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
    assert "What you think of it is noted." in page


def test_positions_that_were_not_weighed_are_only_counted(
    as_alice: Client, interview: Interview, ahead: Interview
) -> None:
    page = as_alice.get(url_of(interview)).content
    assert b"Data engineer, Bolt" not in page
    assert b"One more is not weighed yet." in page
