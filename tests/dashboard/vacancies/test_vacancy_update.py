from collections.abc import Callable

from django.test import Client

from interviews.models import Company, Interview


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(f"/vacancies/{interview.vacancy_id}/edit/")


def test_title_agency_and_advertisement(as_alice: Client, interview: Interview) -> None:
    url = f"/vacancies/{interview.vacancy_id}/edit/"
    data = {
        "title": "Senior analyst",
        "agency_name": "Calder Search",
        "url": "https://jobs.example/1",
        "source": "A friend",
    }
    assert as_alice.post(url, data).status_code == 302
    vacancy = interview.vacancy
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.source) == ("Senior analyst", "A friend")
    assert vacancy.agency is not None
    assert vacancy.agency.kind == Company.Kind.AGENCY
    as_alice.post(url, data | {"agency_name": ""})
    vacancy.refresh_from_db()
    assert vacancy.agency is None


def test_a_known_company_is_offered_first(as_alice: Client, interview: Interview) -> None:
    url = f"/vacancies/{interview.vacancy_id}/edit/"
    data = {"title": "Senior analyst", "agency_name": "ACME GmbH", "url": "", "source": ""}
    asked = as_alice.post(url, data)
    assert asked.status_code == 422
    assert "You already have “Acme”." in asked.content.decode()
    assert as_alice.post(url, data | {"is_other_company": "on"}).status_code == 302
    assert set(Company.objects.values_list("name", flat=True)) == {"Acme", "ACME GmbH"}


def test_links_that_lead_elsewhere_are_refused(as_alice: Client, interview: Interview) -> None:
    for link in ("ftp://jobs.example/1", "https://jobs.example@evil.example/"):
        data = {"title": "Senior analyst", "url": link, "agency_name": "", "source": ""}
        page = as_alice.post(f"/vacancies/{interview.vacancy_id}/edit/", data)
        assert page.status_code == 422
        assert "Enter a link, such as https://example.org/job." in page.content.decode()
        assert link in page.content.decode()


def test_what_would_be_right_is_said(as_alice: Client, interview: Interview) -> None:
    data = {"title": "Senior analyst", "url": "jobs", "agency_name": "", "source": ""}
    response = as_alice.post(f"/vacancies/{interview.vacancy_id}/edit/", data)
    assert response.status_code == 422
    assert b"Senior analyst" in response.content
