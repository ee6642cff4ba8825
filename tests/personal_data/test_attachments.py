"""Attached files in an export, and files that an import refuses."""

import base64
import csv
from random import Random
from typing import Any

import pytest

from integrations.content_lines_read import UnreadableError
from interviews.models import ATTACHMENT_BYTES_MAX, Attachment, Candidate, Vacancy
from interviews.services import attachments
from interviews.services.attachments import attach_file
from personal_data.import_ import import_export
from tests.personal_data.exports import NOW, Facts, exported, facts_in, members, zipped
from tests.support.people import make_position

PDF = b"%PDF-1.7\n\x00\xff\n%%EOF\n"


@pytest.fixture
def position(alice: Candidate) -> Vacancy:
    return make_position(alice, now=NOW, tags=("remote",))


@pytest.fixture
def told(position: Vacancy) -> Facts:
    attach_file(vacancy=position, name="cv.pdf", content=PDF)
    return facts_in(exported(position.candidate.user))


def test_a_file_is_in_the_facts_and_named_in_the_sheet(told: Facts, alice: Candidate) -> None:
    [row] = told["attachments"]
    assert base64.b64decode(row["content"]) == PDF
    sheet = members(exported(alice.user))["tables/attachments.csv"].decode("utf-8-sig")
    [listed] = csv.DictReader(sheet.splitlines())
    assert listed["name"] == "cv.pdf"
    assert "content" not in listed


@pytest.mark.parametrize("content", [PDF, b"a" * ATTACHMENT_BYTES_MAX])
def test_it_comes_back(
    alice: Candidate, position: Vacancy, charlie: Candidate, content: bytes
) -> None:
    attach_file(vacancy=position, name="cv", content=content)
    import_export(file=exported(alice.user), candidate=charlie, now=NOW)
    kept = Attachment.objects.get(vacancy__candidate=charlie)
    assert bytes(kept.content) == content
    assert [tag.name for tag in kept.vacancy.tags.all()] == ["remote"]


def test_an_export_from_before_positions(told: Facts, charlie: Candidate) -> None:
    """Without the tables and the columns that came with them."""
    known = {"id", "company", "agency", "title", "url", "source", "created_at"}
    old = {key: rows for key, rows in told.items() if key not in ("tags", "position_tags")}
    old["attachments"] = []
    old["vacancies"] = [
        {key: value for key, value in row.items() if key in known} for row in told["vacancies"]
    ]
    import_export(file=zipped(old), candidate=charlie, now=NOW)
    assert Vacancy.objects.get(candidate=charlie).state == "saved"


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


HTML = b"<html>\x00"
# What does not pack to nothing.
LARGE = b"%PDF-1.7" + Random(1).randbytes(ATTACHMENT_BYTES_MAX) + b"%%EOF"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no Base64": ({"content": "%%%"}, "content: Use Base64."),
    "no text": ({"content": 7}, "content: This isn’t text."),
    "another size": ({"size": 3}, "Choose a PDF or a text file."),
    "nothing": ({"content": "", "size": 0}, "Choose a PDF or a text file."),
    "neither PDF nor text": ({"content": encoded(HTML), "size": 7}, "Choose a PDF or a text file."),
    "a text that says it is a PDF": (
        {"content": encoded(b"plain"), "size": 5},
        "Choose a PDF or a text file.",
    ),
    "a type that is not kept": ({"content_type": "text/html"}, "Choose a PDF or a text file."),
    "a path": ({"name": "../cv.pdf"}, "name: Give the file a simple name, such as cv.pdf."),
    "a program": ({"name": "cv.exe"}, "name: Give the file a simple name, such as cv.pdf."),
    "of nobody's position": (
        {"vacancy": "01a20000-0000-7000-8000-000000000001"},
        "vacancy: the linked entry isn’t in this export.",
    ),
    "too large": (
        {
            "content": encoded(LARGE),
            "size": len(LARGE),
        },
        "attachment_size_in_range",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_attachment(told: Facts, charlie: Candidate, name: str) -> None:
    but, why = WRONG[name]
    told["attachments"][0] |= but
    refused = refusal(told, charlie)
    assert "Entry 1 of “attachments” has a problem" in refused
    assert why in refused


def test_six_at_one_position(told: Facts, charlie: Candidate) -> None:
    [row] = told["attachments"]
    keys = (f"01a20000-0000-7000-8000-00000000000{n}" for n in range(6))
    told["attachments"] = [row | {"id": key} for key in keys]
    assert refusal(told, charlie) == "Nothing was imported. Its positions have too many files."


def test_more_than_anybody_could_have_attached(
    told: Facts, charlie: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "ATTACHED_BYTES_MAX", len(PDF) - 1)
    assert refusal(told, charlie) == "Nothing was imported. Its positions have too many files."


def test_a_tag_of_nobody(told: Facts, charlie: Candidate) -> None:
    told["position_tags"][0]["tag"] = told["vacancies"][0]["id"]
    assert "tag: the linked entry isn’t in this export." in refusal(told, charlie)


def refusal(facts: Facts, candidate: Candidate) -> str:
    with pytest.raises(UnreadableError) as refused:
        import_export(file=zipped(facts), candidate=candidate, now=NOW)
    assert not Vacancy.objects.filter(candidate=candidate).exists()
    assert not Attachment.objects.filter(vacancy__candidate=candidate).exists()
    return str(refused.value)
