"""A proof of search, on the page and as CSV."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from interviews.models import Candidate, Company, Interview, Vacancy
from interviews.services import interviews
from interviews.services.position_state import recompute_states
from tests.support.people import make_contact, make_interview, make_result
from tests.support.queries import count_queries

BERLIN = ZoneInfo("Europe/Berlin")
OWN = "?period=own&since=2026-10-01&until=2026-10-31"


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=BERLIN)


def applied(candidate: Candidate, on: date, company: str = "Bolt", **fields: object) -> Vacancy:
    employer = Company(candidate=candidate, name=company)
    employer.full_clean(exclude=["candidate"])
    employer.save()
    values = {"title": "Engineer", "declared_state": "applied", **fields}
    vacancy = Vacancy.objects.create(candidate=candidate, company=employer, applied_on=on, **values)
    recompute_states(Vacancy.objects.filter(pk=vacancy.pk))
    return vacancy


@pytest.fixture
def october(alice: Candidate) -> Interview:
    """An application, an interview with its result, and a call."""
    applied(
        alice,
        date(2026, 10, 2),
        applied_via="online",
        place="Kassel",
        was_advertised=True,
        notes="secret note",
        rating_notes="secret rating",
        advert_text="secret ad",
    )
    row = make_interview(
        alice, starts_at=at(5), now=at(1), place="Main street 1", notes="secret talk"
    )
    make_contact(row, now=at(12), channel="email", outcome="sent", notes="secret letter")
    make_result(row, now=at(20), feedback="secret feedback")
    return row


def rows(client: Client, query: str) -> list[list[str]]:
    response = client.get(f"/positions/proof.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(response.content.decode().removeprefix("\ufeff"))))


def test_the_german_columns(as_alice: Client, october: Interview) -> None:
    head, *lines = rows(as_alice, f"{OWN}&country=DE")
    assert head == [
        "Date (Datum)",
        "Company (Unternehmen)",
        "Position (Stelle)",
        "Kind of contact (Art der Bewerbung oder des Kontakts)",
        "State (Stand)",
    ]
    said = ["Engineer", "Application by online form", "Waiting for an answer"]
    assert lines == [
        ["2026-10-02", "Bolt", *said],
        ["2026-10-05", "Acme", "Product analyst", "Interview in person", "Rejected"],
        ["2026-10-12", "Acme", "Product analyst", "Email to the company", "Sent"],
    ]


def test_the_swedish_columns(as_alice: Client, october: Interview) -> None:
    _head, *lines = rows(as_alice, f"{OWN}&country=SE")
    assert lines == [
        ["Bolt", "Engineer", "Kassel", "2026-10-02", "Application", "Yes"],
        ["Acme", "Product analyst", "", "2026-10-05", "First interview", ""],
        ["Acme", "Product analyst", "", "2026-10-12", "Email to the company", ""],
    ]


def test_the_plain_columns(as_alice: Client, october: Interview) -> None:
    head, *lines = rows(as_alice, f"{OWN}&country=any")
    assert head == ["Date", "Activity", "Company", "Position", "Place", "State"]
    assert len(lines) == 3


def test_nothing_private_unless_it_is_chosen(as_alice: Client, october: Interview) -> None:
    for path in ("/positions/proof/", "/positions/proof.csv"):
        plain = as_alice.get(f"{path}{OWN}").content.decode()
        assert "secret" not in plain
        assert "Anna Petrova" not in plain
        named = as_alice.get(f"{path}{OWN}&names=on").content.decode()
        assert "secret" not in named
        assert "Anna Petrova" in named


def test_the_page_says_who_recorded_it_and_when(as_alice: Client, october: Interview) -> None:
    page = " ".join(as_alice.get(f"/positions/proof/{OWN}&country=DE").content.decode().split())
    assert "From Thu 1 Oct 2026 to Sat 31 Oct 2026." in page
    assert "As recorded by Alice on " in page
    assert "Nachweis über Eigenbemühungen" in page
    assert "Mon 5 Oct 2026" in page
    assert "1 position here has no date of application" in page
    assert f"/positions/proof.csv{OWN.replace('&', '&amp;')}" in page


def test_days_are_the_candidates(as_alice: Client, alice: Candidate) -> None:
    """Half past eleven at night in Berlin is still that day."""
    late = datetime(2026, 10, 31, 23, 30, tzinfo=BERLIN)
    make_interview(alice, starts_at=late, now=late)
    make_interview(alice, starts_at=late + timedelta(hours=1), now=late, company="Bolt")
    assert [row[0] for row in rows(as_alice, OWN)[1:]] == ["2026-10-31"]


def test_cancelled_interviews_are_left_out(as_alice: Client, october: Interview) -> None:
    row = make_interview(october.candidate, starts_at=at(7), now=at(1), company="Gone")
    interviews.cancel_interview(interview=row, now=at(4))
    assert [row[2] for row in rows(as_alice, OWN)[1:]] == ["Bolt", "Acme", "Acme"]


def test_cells_that_a_spreadsheet_would_run(as_alice: Client, alice: Candidate) -> None:
    applied(alice, date(2026, 10, 2), company="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in rows(as_alice, OWN)[1]


def test_a_position_through_an_agency(as_alice: Client, alice: Candidate) -> None:
    agency = Company(candidate=alice, name="Seek")
    agency.full_clean(exclude=["candidate"])
    agency.save()
    applied(alice, date(2026, 10, 2), agency=agency, applied_via="agency")
    assert "Bolt, through Seek" in rows(as_alice, OWN)[1]


def test_the_candidates_country_and_month_come_first(as_alice: Client, alice: Candidate) -> None:
    Candidate.objects.filter(pk=alice.pk).update(country="SE")
    page = as_alice.get("/positions/proof/").content.decode()
    assert '<option value="SE" selected>' in page
    assert "Nothing is recorded for these days." in page
    Candidate.objects.filter(pk=alice.pk).update(country="BG")
    for query in ("", "?names=on"):
        page = as_alice.get(f"/positions/proof/{query}").content.decode()
        assert '<option value="any" selected>' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?period=own", "Choose a date."),
        ("?period=own&since=2026-10-31&until=2026-10-01", "isn’t before the first one."),
        ("?period=own&since=2025-10-01&until=2026-10-02", "within a year"),
        ("?period=own&since=0001-01-01&until=0001-01-02", "Choose dates of your job search."),
        ("?period=own&since=tomorrow&until=2026-10-02", "Enter a date, such as 2026-11-30."),
        ("?period=decade", "Choose one of the options listed."),
        ("?period=this_month&country=XX", "Choose a country from the list."),
    ],
)
def test_choices_that_cannot_be_shown(as_alice: Client, query: str, said: str) -> None:
    for path in ("/positions/proof/", "/positions/proof.csv"):
        response = as_alice.get(path + query)
        assert response.status_code == 422
        assert said in response.content.decode()


def test_each_reads_only_what_is_their_own(
    as_charlie: Client, as_bob: Client, october: Interview
) -> None:
    assert rows(as_charlie, OWN)[1:] == []
    assert "Acme" not in as_charlie.get(f"/positions/proof/{OWN}").content.decode()
    for path in ("/positions/proof/", "/positions/proof.csv"):
        assert as_bob.get(path)["Location"] == "/start/"
        assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
        assert as_charlie.post(path).status_code == 405


def test_any_number_of_rows_takes_the_same_queries(
    as_alice: Client, alice: Candidate, october: Interview
) -> None:
    path = f"/positions/proof/{OWN}&names=on"
    few = count_queries(lambda: as_alice.get(path))
    for number in range(4):
        applied(alice, date(2026, 10, 3), company=f"Company {number}")
        row = make_interview(alice, starts_at=at(6), now=at(1), company=f"Other {number}")
        make_contact(row, now=at(13))
    assert count_queries(lambda: as_alice.get(path)) == few
    assert few <= 8
