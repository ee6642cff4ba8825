from collections.abc import Callable

from django.test import Client

from interviews.models import Interview


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(f"/companies/{interview.vacancy.company_id}/edit/")


def test_name_kind_and_size(as_alice: Client, interview: Interview) -> None:
    company = interview.vacancy.company
    data = {"name": "Acme Logistics", "kind": "public", "size": "large"}
    assert as_alice.post(f"/companies/{company.pk}/edit/", data).status_code == 302
    company.refresh_from_db()
    assert (company.name, company.kind, company.size) == ("Acme Logistics", "public", "large")


def test_a_name_that_another_company_has(
    as_alice: Client, interview: Interview, ahead: Interview
) -> None:
    url = f"/companies/{interview.vacancy.company_id}/edit/"
    response = as_alice.post(url, {"name": " BOLT ", "kind": "employer", "size": ""})
    assert response.status_code == 422
    assert b"You already have a company with this name." in response.content
