from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from interviews.models import Attachment, Candidate, Vacancy
from interviews.services.attachments import attach_file
from tests.support.people import make_position

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def position(alice: Candidate, now: datetime) -> Vacancy:
    return make_position(alice, now=now)


@pytest.fixture
def kept(position: Vacancy) -> Attachment:
    return attach_file(vacancy=position, name="Lebenslauf Übel.pdf", content=PDF)


def sent(name: str, content: bytes, kind: str = "application/pdf") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content, kind)}


def test_whose_pages_they_are(
    is_alices_alone: Callable[[str], None], position: Vacancy, kept: Attachment
) -> None:
    is_alices_alone(f"/positions/{position.pk}/files/")
    is_alices_alone(f"/files/{kept.pk}/delete/")
    is_alices_alone(f"/files/{kept.pk}/")


def test_attached_and_downloaded(as_alice: Client, position: Vacancy) -> None:
    url = f"/positions/{position.pk}/files/"
    assert as_alice.post(url, sent("cv.pdf", PDF))["Location"] == f"/positions/{position.pk}/"
    kept = Attachment.objects.get()
    assert (
        f'href="/files/{kept.pk}/"' in as_alice.get(f"/positions/{position.pk}/").content.decode()
    )
    answer = as_alice.get(f"/files/{kept.pk}/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_page_in_disguise_is_a_text(as_alice: Client, position: Vacancy) -> None:
    as_alice.post(f"/positions/{position.pk}/files/", sent("cv.html", b"<script>", "text/html"))
    answer = as_alice.get(f"/files/{Attachment.objects.get().pk}/")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="cv.html.txt"'


def test_a_name_in_any_script(as_alice: Client, kept: Attachment) -> None:
    disposition = as_alice.get(f"/files/{kept.pk}/")["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Lebenslauf%20%C3%9Cbel.pdf"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Choose another one."),
        (b"MZ\x00\x01", "Choose a PDF or a text file."),
        (b"a" * (2 * 2**20 + 1), "This file is too large. Choose one up to 2 MB."),
    ],
)
def test_refused(as_alice: Client, position: Vacancy, content: bytes, sentence: str) -> None:
    page = as_alice.post(f"/positions/{position.pk}/files/", sent("cv.pdf", content))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Attachment.objects.exists()


def test_no_file_and_far_too_much(as_alice: Client, position: Vacancy) -> None:
    url = f"/positions/{position.pk}/files/"
    assert "Choose a file." in as_alice.post(url).content.decode()
    assert as_alice.post(url, sent("cv.pdf", b"a" * (3 * 2**20))).status_code == 413


def test_deleted_by_its_owner_alone(
    as_alice: Client, as_charlie: Client, as_bob: Client, position: Vacancy, kept: Attachment
) -> None:
    url = f"/files/{kept.pk}/delete/"
    assert as_charlie.post(url).status_code == as_bob.post(url).status_code == 404
    assert (
        as_charlie.post(f"/positions/{position.pk}/files/", sent("a.pdf", PDF)).status_code == 404
    )
    assert as_alice.post(url)["Location"] == f"/positions/{position.pk}/"
    assert not Attachment.objects.exists()
