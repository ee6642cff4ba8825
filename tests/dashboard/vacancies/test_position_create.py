from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from accounts.keys import new_key
from interviews.models import Candidate, Company, Interview, Vacancy
from tests.support.people import make_position

URL = "/positions/new/"
TYPED = {"company_name": "Acme", "title": "Analyst", "url": "https://acme.example/1"}


def test_only_for_candidates(as_alice: Client, as_bob: Client, client: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_three_fields_are_enough(as_alice: Client) -> None:
    answer = as_alice.post(URL, TYPED)
    position = Vacancy.objects.get()
    assert answer["Location"] == f"/positions/{position.pk}/"
    assert (position.title, position.company.name, position.state) == ("Analyst", "Acme", "saved")


def test_everything_that_is_asked(as_alice: Client, now: datetime) -> None:
    more = {
        "applied_on": "2026-03-02",
        "applied_via": "email",
        "follow_up_on": "2026-03-09",
        "source": "Job board",
        "was_advertised": "false",
        "place": "Berlin",
        "salary": "60–70 k",
        "agency_name": "Calder Search",
        "tags": "remote, Berlin,,",
        "notes": "They know Anna",
        "advert_text": "We look for\nan analyst",
    }
    assert as_alice.post(URL, TYPED | more).status_code == 302
    position = Vacancy.objects.get()
    assert (position.state, position.was_advertised) == ("applied", False)
    assert position.agency is not None
    assert position.agency.kind == Company.Kind.AGENCY
    assert position.advert_text == "We look for\nan analyst"
    assert [tag.name for tag in position.tags.all()] == ["Berlin", "remote"]


def test_what_was_typed_stays(as_alice: Client) -> None:
    wrong = {"company_name": "", "title": "Analyst", "url": "jobs", "applied_on": "soon"}
    page = as_alice.post(URL, wrong | {"salary": "60 k"})
    said = page.content.decode()
    assert page.status_code == 422
    for sentence in (
        "Enter the company’s name.",
        "Enter a link, such as https://example.org/job.",
        "Enter a date, such as 2026-11-30.",
    ):
        assert sentence in said
    assert 'value="60 k"' in said
    assert not Vacancy.objects.exists()


def test_a_day_that_cannot_be(as_alice: Client) -> None:
    for day, sentence in (
        ("1900-01-01", "Check the year. It looks too early or too late."),
        ("2190-01-01", "Choose today or an earlier date."),
    ):
        page = as_alice.post(URL, TYPED | {"applied_on": day})
        assert page.status_code == 422
        assert sentence in page.content.decode()
    assert not Company.objects.exists()


def test_sent_twice_it_is_added_once(as_alice: Client) -> None:
    data = TYPED | {"submission_id": str(new_key())}
    first, again = (as_alice.post(URL, data)["Location"] for _ in range(2))
    assert first == again
    assert Vacancy.objects.get().pk == UUID(data["submission_id"])


def test_a_company_that_is_known_already(as_alice: Client, alice: Candidate, now: datetime) -> None:
    make_position(alice, now=now)
    page = as_alice.post(URL, TYPED | {"company_name": "ACME GmbH"})
    assert page.status_code == 422
    assert "You already have “Acme”." in page.content.decode()


def test_a_link_fills_it_in(as_alice: Client) -> None:
    page = as_alice.get(f"{URL}?title=Baker&company=Bolt&url=https%3A%2F%2Fbolt.example%2F1&place=")
    said = page.content.decode()
    for value in ("Baker", "Bolt", "https://bolt.example/1"):
        assert f'value="{value}"' in said
    assert not Vacancy.objects.exists()


def test_an_interview_is_one_step_away(as_alice: Client) -> None:
    answer = as_alice.post(URL, TYPED | {"with_interview": "1"})
    position = Vacancy.objects.get()
    assert answer["Location"] == f"/interviews/new/?position={position.pk}"
    page = as_alice.get(answer["Location"]).content.decode()
    assert "Analyst, Acme" in page
    assert 'name="company_name"' not in page
    data = {"starts_at_0": "2026-03-02", "starts_at_1": "10:00", "stage": "first", "minutes": 60}
    forms = {"people-TOTAL_FORMS": 0, "people-INITIAL_FORMS": 0}
    assert as_alice.post(answer["Location"], data | forms).status_code == 302
    assert Interview.objects.get().vacancy == position


@pytest.mark.parametrize("key", ["nobody", "01a20000-0000-7000-8000-000000000001"])
def test_an_interview_for_no_position(as_alice: Client, key: str) -> None:
    assert as_alice.get(f"/interviews/new/?position={key}").status_code == 404


def test_an_interview_for_a_strangers(
    is_alices_alone: Callable[[str], None], alice: Candidate, as_charlie: Client, now: datetime
) -> None:
    position = make_position(alice, now=now)
    assert as_charlie.get(f"/interviews/new/?position={position.pk}").status_code == 404
