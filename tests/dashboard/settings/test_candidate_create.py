from django.test import Client

from accounts.models import User
from interviews.models import Candidate

URL = "/start/"


def test_a_coach_may_look_for_a_job_too(as_bob: Client, bob: User) -> None:
    assert b"Start your own job search" in as_bob.get(URL).content
    assert not Candidate.objects.filter(user=bob).exists()
    response = as_bob.post(URL, {"timezone": "Asia/Tokyo"})
    assert response["Location"] == "/today/"
    assert Candidate.objects.get(user=bob).timezone == "Asia/Tokyo"


def test_a_zone_that_is_none(as_bob: Client) -> None:
    response = as_bob.post(URL, {"timezone": "Mars/Olympus"})
    assert response.status_code == 422
    assert "Choose a time zone from the list" in response.content.decode()


def test_a_candidate_has_begun_already(as_alice: Client) -> None:
    assert as_alice.get(URL)["Location"] == "/today/"


def test_nobody_is_asked_to_sign_in(db: None) -> None:
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/start/"
