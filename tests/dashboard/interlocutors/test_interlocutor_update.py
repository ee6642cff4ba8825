from collections.abc import Callable

from django.test import Client

from interviews.models import Interlocutor


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


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], anna: Interlocutor) -> None:
    is_alices_alone(f"/people/{anna.pk}/edit/")


def test_changed(as_alice: Client, as_charlie: Client, anna: Interlocutor) -> None:
    url = f"/people/{anna.pk}/edit/"
    assert as_charlie.post(url, filled()).status_code == 404
    assert as_alice.post(url, filled(name="Anna P.", company_name=""))["Location"] == (
        f"/people/{anna.pk}/"
    )
    anna.refresh_from_db()
    assert (anna.name, anna.company) == ("Anna P.", None)
