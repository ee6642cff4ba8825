"""Positions as CSV and as a workbook: one a row, with what happened; nothing of it a formula."""

import csv
import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from interviews.models import Candidate
from personal_data.position_sheets import position_csv, position_xlsx
from tests.personal_data.exports import NOW
from tests.support.people import make_contact, make_interview, make_position, make_result
from tests.support.queries import count_queries

EVIL = '=HYPERLINK("https://evil.example";"x")'


@pytest.fixture
def filled(alice: Candidate) -> Candidate:
    make_position(
        alice,
        now=NOW,
        title=EVIL,
        applied_on=date(2026, 11, 2),
        was_advertised=False,
        tags=("remote", "Berlin"),
        notes="a\nb",
    )
    first = make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, company="Bolt")
    make_contact(first, now=NOW, at=NOW - timedelta(days=3), outcome="reached")
    make_interview(
        alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=first, stage="final"
    )
    other = make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, company="Ended")
    make_result(other, now=NOW)
    return alice


def rows(candidate: Candidate) -> dict[str, dict[str, str]]:
    said = b"".join(position_csv(candidate)).decode("utf-8-sig")
    return {row["Company"]: row for row in csv.DictReader(said.splitlines(keepends=True))}


def test_one_a_row_with_its_history(filled: Candidate) -> None:
    told = rows(filled)
    assert list(told) == ["Acme", "Bolt", "Ended"]
    acme, bolt = told["Acme"], told["Bolt"]
    assert acme["Applied on"] == "2026-11-02"
    assert (acme["Advertised"], acme["State"]) == ("no", "applied")
    assert (acme["Tags"], acme["Notes"]) == ("Berlin, remote", "a\nb")
    assert bolt["Stages"].splitlines() == [
        "2026-11-14 First interview, next stage",
        "2026-11-25 Final interview",
    ]
    assert bolt["Interviewers"] == "Anna Petrova"
    assert bolt["Calls and letters"].startswith("2026-11-20 you, by phone, ")
    assert told["Ended"]["State"] == "closed"


def test_no_formula_in_the_csv(filled: Candidate) -> None:
    assert rows(filled)["Acme"]["Position"] == f"'{EVIL}"


def test_every_text_of_the_workbook_is_text(filled: Candidate) -> None:
    with ZipFile(BytesIO(position_xlsx(filled))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.namelist()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    cells = re.findall(r"<c ([^>]*)>", page)
    assert len(cells) > 30
    assert all('t="inlineStr"' in cell for cell in cells)
    assert "=HYPERLINK(" in page.replace("&quot;", '"')
    assert "2026-11-02" in page


def test_of_a_strangers_nothing(filled: Candidate, charlie: Candidate) -> None:
    assert rows(charlie) == {}
    assert b"Bolt" not in position_xlsx(charlie)


def test_queries_do_not_grow(filled: Candidate) -> None:
    few = count_queries(lambda: b"".join(position_csv(filled)))
    for number in range(5):
        row = make_interview(filled, starts_at=NOW, now=NOW, company=f"Acme {number}")
        make_contact(row, now=NOW + timedelta(hours=2))
    assert count_queries(lambda: b"".join(position_csv(filled))) == few


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_pages(filled: Candidate, charlie: Candidate, client: Client, ending: str) -> None:
    url = f"/positions/positions.{ending}"
    assert client.get(url)["Location"] == f"/accounts/login/?next={url}"
    client.force_login(filled.user)
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith('attachment; filename="hearback-positions-2')
    assert answer.content[:2] == (b"PK" if ending == "xlsx" else b"\xef\xbb")
