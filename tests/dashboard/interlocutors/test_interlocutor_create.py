from django.test import Client

from interviews.models import Interlocutor, Interview


def filled(**changes: str) -> dict[str, str]:
    data = {
        "name": "Bill Ng",
        "company_name": "Acme",
        "position": "Head of data",
        "phone": "+49 30 1",
        "email": "",
        "origin": "card",
        "notes": "",
    }
    return data | changes


def test_added(as_alice: Client, interview: Interview) -> None:
    response = as_alice.post("/people/new/", filled())
    made = Interlocutor.objects.get(name="Bill Ng")
    assert response["Location"] == f"/people/{made.pk}/"
    assert made.company == interview.vacancy.company
    assert made.origin == "card"


def test_a_known_company_is_offered_first(as_alice: Client, interview: Interview) -> None:
    asked = as_alice.post("/people/new/", filled(company_name="Acme Inc."))
    assert asked.status_code == 422
    assert "You already have “Acme”." in asked.content.decode()
    sent = filled(company_name="Acme Inc.", is_other_company="on")
    as_alice.post("/people/new/", sent)
    company = Interlocutor.objects.get(name="Bill Ng").company
    assert company is not None
    assert company.name == "Acme Inc."


def test_a_person_needs_a_name(as_alice: Client) -> None:
    response = as_alice.post("/people/new/", filled(name=""))
    assert response.status_code == 422
    assert b"Head of data" in response.content
    assert not Interlocutor.objects.exists()


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get("/people/new/").status_code == 200
    assert as_bob.get("/people/new/")["Location"] == "/start/"
    assert as_bob.post("/people/new/", filled()).status_code == 404
    assert Client().get("/people/new/")["Location"] == "/accounts/login/?next=/people/new/"
