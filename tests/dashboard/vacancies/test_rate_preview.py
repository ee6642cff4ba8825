import pytest
from django.test import Client

from interviews.models import Interview, Vacancy


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/weigh/preview/"


def test_whose_it_is(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview
) -> None:
    url = url_of(interview)
    assert as_bob.post(url).status_code == 404
    assert as_charlie.post(url).status_code == 404
    assert Client().post(url)["Location"] == f"/accounts/login/?next={url}"
    assert as_alice.get(url).status_code == 405
    assert as_alice.post(url).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, ""),
        ({"work_rating": "5", "pay_rating": "2"}, "Overall: 4 of 5."),
        ({"work_rating": "5", "work_weight": "0"}, ""),
        (
            {"work_rating": "4", "attractiveness": "2"},
            "Your criteria come to 4 of 5. Your own rating of 2 counts.",
        ),
        ({"work_rating": "4", "attractiveness": "4"}, "Overall: 4 of 5."),
        ({"work_rating": "9"}, ""),
    ],
)
def test_what_is_proposed_while_the_candidate_chooses(
    as_alice: Client, interview: Interview, data: dict[str, str], said: str
) -> None:
    response = as_alice.post(url_of(interview), data)
    assert (response.status_code, response.content.decode()) == (200, said)
    assert Vacancy.objects.get(pk=interview.vacancy_id).attractiveness is None
