import re
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from config.sign_in_limits import RATE_LIMITS
from interviews.models import Candidate, Company, Interview
from tests.personal_data.exports import exported, zipped
from tests.personal_data.snapshot import snapshot
from tests.support.queries import count_queries

URL = "/settings/import/"


def upload(client: Client, file: BytesIO, **data: str) -> HttpResponse:
    content = SimpleUploadedFile("hearback.zip", file.getvalue(), "application/zip")
    return client.post(URL, {"file": content, **data})


def said(response: HttpResponse) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def file(alice: Candidate, interview: Interview, now: datetime) -> BytesIO:
    return exported(alice.user, now=now)


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert upload(as_bob, BytesIO(b"x")).status_code == 404
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_brought_in(as_charlie: Client, charlie: Candidate, file: BytesIO) -> None:
    response = upload(as_charlie, file)
    assert response["Location"] == "/today/"
    page = as_charlie.get("/today/")
    assert "Import finished: 1 interview added." in said(page)
    assert Interview.objects.of(charlie).count() == 1
    charlie.user.refresh_from_db()
    assert charlie.user.name == "Charlie"


def test_with_the_name(as_charlie: Client, charlie: Candidate, file: BytesIO) -> None:
    upload(as_charlie, file, takes_name="on")
    charlie.user.refresh_from_db()
    assert charlie.user.name == "Alice"


def test_whoever_has_facts_is_told_at_once(as_alice: Client, alice: Candidate) -> None:
    assert 'type="file"' in as_alice.get(URL).content.decode()
    Company.objects.create(candidate=alice, name="Acme", normalised_name="acme")
    page = as_alice.get(URL)
    assert 'type="file"' not in page.content.decode()
    assert "Your account already has interviews." in said(page)


def test_nothing_is_mixed(as_alice: Client, alice: Candidate, file: BytesIO) -> None:
    before = snapshot(alice)
    response = upload(as_alice, file)
    assert response.status_code == 422
    assert "Your account already has interviews." in said(response)
    assert snapshot(alice) == before


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (zipped(b"{}", "letter.docx"), "a Hearback export. Choose the zip file"),
        (BytesIO(b"x" * 100), "a Hearback export. Choose the zip file"),
        (zipped(b"{}"), "This isn’t a Hearback export."),
    ],
)
def test_another_file_is_refused_in_a_sentence(
    as_charlie: Client, charlie: Candidate, file: BytesIO, sentence: str
) -> None:
    response = upload(as_charlie, file)
    assert response.status_code == 422
    assert sentence in said(response)


def test_what_it_says_shows_as_it_was_written(as_charlie: Client, charlie: Candidate) -> None:
    facts = {"format": "hearback", "version": 2, "companies": [{"<b>": 1}]}
    response = upload(as_charlie, zipped(facts))
    assert response.status_code == 422
    assert "We don’t recognise “&lt;b&gt;”." in response.content.decode()


def test_no_file(as_charlie: Client, charlie: Candidate) -> None:
    response = as_charlie.post(URL, {})
    assert response.status_code == 422
    assert "Choose a file." in said(response)


def test_few_queries(as_alice: Client) -> None:
    assert count_queries(lambda: as_alice.get(URL)) <= 8


@pytest.mark.parametrize("wrong", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_what_is_refused_uses_up_nothing(
    as_charlie: Client, charlie: Candidate, file: BytesIO, wrong: bytes
) -> None:
    most = int(RATE_LIMITS["import"].split("/")[0])
    for _ in range(most + 1):
        assert upload(as_charlie, BytesIO(wrong)).status_code == 422
    assert upload(as_charlie, file).status_code == 302


def test_files_are_not_read_without_end(as_charlie: Client, settings: Settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"import_read": "2/h/key"}
    answers = [upload(as_charlie, BytesIO(b"no zip at all")).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
