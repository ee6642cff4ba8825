"""Files of a position: what they are is told by their content."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from interviews.models import (
    ATTACHED_BYTES_MAX,
    ATTACHMENT_BYTES_MAX,
    Attachment,
    Candidate,
    Vacancy,
)
from interviews.services.attachments import attach_file, delete_attachment
from tests.support.people import make_position

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def position(alice: Candidate) -> Vacancy:
    return make_position(alice, now=NOW)


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept_as"),
    [
        ("cv.pdf", PDF, "application/pdf", "cv.pdf"),
        ("CV.PDF", PDF, "application/pdf", "CV.pdf"),
        ("letter.txt", "Sehr geehrte Frau Übel".encode(), "text/plain", "letter.txt"),
        ("old.txt", "Übel".encode("cp1252"), "text/plain", "old.txt"),
        ("wide.txt", "Übel".encode("utf-16"), "text/plain", "wide.txt"),
        # the content tells, whatever the name says
        ("letter.pdf", b"Dear Anna", "text/plain", "letter.pdf.txt"),
        ("page.html", b"<script>alert(1)</script>", "text/plain", "page.html.txt"),
        ("cv.exe", PDF, "application/pdf", "cv.exe.pdf"),
        ("../../etc/passwd", b"root", "text/plain", "passwd.txt"),
        (r"C:\cv\me.pdf", PDF, "application/pdf", "me.pdf"),
        (" ..\u202egpj.pdf", PDF, "application/pdf", "gpj.pdf"),
        ("...", b"dots", "text/plain", "file.txt"),
        ("x" * 300 + ".pdf", PDF, "application/pdf", "x" * 196 + ".pdf"),
    ],
)
def test_type_and_name(
    position: Vacancy, name: str, content: bytes, kind: str, kept_as: str
) -> None:
    kept = attach_file(vacancy=position, name=name, content=content)
    kept.refresh_from_db()
    assert (kept.content_type, kept.name, bytes(kept.content)) == (kind, kept_as, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.pdf", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("cv.pdf", b"PK\x03\x04\x00\x00"),
        ("cv.pdf", b"%PDF-1.7 cut in the middle"),
        ("cv.pdf", b"%PDF\x00"),
        ("a.txt", b"text with a \x00"),
        ("a.txt", b"\x81\x8d\x8f"),
    ],
)
def test_nothing_else_is_taken(position: Vacancy, name: str, content: bytes) -> None:
    with pytest.raises(ValidationError, match=r"Choose a PDF or a text file\."):
        attach_file(vacancy=position, name=name, content=content)
    assert not Attachment.objects.exists()


def test_neither_empty_nor_large(position: Vacancy) -> None:
    with pytest.raises(ValidationError, match=r"This file is empty\."):
        attach_file(vacancy=position, name="a.txt", content=b"")
    attach_file(vacancy=position, name="a.txt", content=b"a" * ATTACHMENT_BYTES_MAX)
    with pytest.raises(ValidationError, match=r"This file is too large\."):
        attach_file(vacancy=position, name="a.txt", content=b"a" * (ATTACHMENT_BYTES_MAX + 1))


def test_sent_twice_it_is_kept_once(position: Vacancy) -> None:
    kept = {attach_file(vacancy=position, name="a.pdf", content=PDF).pk for _ in range(2)}
    assert len(kept) == Attachment.objects.count() == 1


def test_five_a_position(position: Vacancy) -> None:
    for number in range(5):
        kept = attach_file(vacancy=position, name="a.txt", content=str(number).encode())
    with pytest.raises(ValidationError, match=r"A position has room for 5 files\."):
        attach_file(vacancy=position, name="a.txt", content=b"6")
    delete_attachment(attachment=kept)
    attach_file(vacancy=position, name="a.txt", content=b"6")


def test_no_more_than_an_export_can_carry(alice: Candidate, charlie: Candidate) -> None:
    for number in range(ATTACHED_BYTES_MAX // ATTACHMENT_BYTES_MAX):
        if number % 5 == 0:
            position = make_position(alice, now=NOW, title=str(number))
        Attachment.objects.create(
            vacancy=position,
            name=f"{number}.txt",
            content_type="text/plain",
            size=ATTACHMENT_BYTES_MAX,
            content=b"said to be large",
        )
    with pytest.raises(ValidationError, match="Your files fill 40 MB"):
        attach_file(vacancy=make_position(alice, now=NOW), name="a.txt", content=b"a")
    attach_file(vacancy=make_position(charlie, now=NOW), name="a.txt", content=b"a")
