from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.audit_log import Kind
from accounts.models import AuditEntry
from interviews.models import Candidate, Interview
from tests.support.people import PASSWORD
from tests.support.queries import count_queries

URL = "/settings/export/"
CONFIRM = "/accounts/reauthenticate/?next=%2Fsettings%2Fexport%2F"


def confirm(client: Client, password: str = PASSWORD) -> HttpResponse:
    return client.post("/accounts/reauthenticate/", {"password": password, "next": URL})


def names_in(response: HttpResponse) -> list[str]:
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(BytesIO(content)) as archive:
        return archive.namelist()


def exports() -> int:
    return AuditEntry.objects.filter(kind=Kind.EXPORTED).count()


def test_who_is_asked_to_sign_in(as_alice: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert Client().post(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_a_page_left_open_is_not_enough(as_alice: Client, interview: Interview) -> None:
    assert as_alice.post(URL)["Location"] == CONFIRM
    assert confirm(as_alice, "a wrong word").status_code == 422
    assert exports() == 0


def test_with_the_password_it_comes(as_alice: Client, interview: Interview) -> None:
    """From the page itself, to which the question leads back."""
    as_alice.post(URL)
    assert confirm(as_alice)["Location"] == URL
    assert exports() == 0
    response = as_alice.post(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="hearback-2')
    assert "no-store" in response["Cache-Control"]
    assert "people.vcf" in names_in(response)
    assert exports() == 1


def test_looking_exports_nothing(as_alice: Client) -> None:
    as_alice.get(URL)
    assert exports() == 0


def test_a_coach_gets_the_own_account_alone(as_bob: Client, interview: Interview) -> None:
    page = as_bob.get(URL).content.decode()
    assert "have a job search here." in page
    confirm(as_bob)
    names = names_in(as_bob.post(URL))
    assert "hearback.json" in names
    assert "people.vcf" not in names


def test_it_is_found_in_the_settings_and_where_a_search_begins(
    as_alice: Client, as_bob: Client
) -> None:
    for client, path in ((as_alice, "/settings/data/"), (as_bob, "/start/")):
        assert f'href="{URL}"' in client.get(path).content.decode()


def test_it_stands_under_settings(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert 'href="/settings/" aria-current="page">' in page


def test_few_queries(as_alice: Client, alice: Candidate) -> None:
    assert count_queries(lambda: as_alice.get(URL)) <= 8


@pytest.mark.parametrize("method", ["put", "delete"])
def test_nothing_else(as_alice: Client, method: str) -> None:
    assert getattr(as_alice, method)(URL).status_code == 405
