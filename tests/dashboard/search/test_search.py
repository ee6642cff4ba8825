from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from interviews.models import Candidate, Interview
from tests.support import people


@pytest.fixture
def found(alice: Candidate, now: datetime) -> Interview:
    return people.make_interview(
        alice,
        starts_at=now,
        now=now,
        title="Leiterin Öffentlichkeitsarbeit",
        company="Ærø Størk",
        people=[("Søren Ünal", "recruiter")],
    )


def shown(client: Client, q: str) -> str:
    return client.get("/search/", {"q": q}).content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client, as_charlie: Client) -> None:
    assert as_alice.get("/search/").status_code == 200
    assert as_bob.get("/search/")["Location"] == "/start/"
    assert Client().get("/search/")["Location"] == "/accounts/login/?next=/search/"


@pytest.mark.parametrize("q", ["offentlich", "ÖFFENTLICH", "leiterin størk", "Ærø"])
def test_by_position_and_company_without_capitals_and_accents(
    as_alice: Client, found: Interview, q: str
) -> None:
    assert f'href="/interviews/{found.pk}/"' in shown(as_alice, q)


def test_by_a_persons_name(as_alice: Client, found: Interview) -> None:
    person = found.interlocutors.get()
    page = shown(as_alice, "unal")
    assert f'href="/people/{person.pk}/"' in page
    assert f'href="/interviews/{found.pk}/"' in page
    assert f'href="/interviews/{found.pk}/"' in shown(as_alice, "søren størk")


def test_a_line_says_how_it_stands_and_what_is_next(as_alice: Client, interview: Interview) -> None:
    page = shown(as_alice, "acme")
    assert '<span class="due">' in page
    assert "Record what was agreed" in page or "Rate the position" in page


@pytest.mark.parametrize(
    ("q", "url"),
    [
        ("time zone", "/settings/hours/"),
        ("Dark", "/settings/display/"),
        ("delete account", "/settings/data/"),
        ("passkey", "/accounts/signing-in/"),
    ],
)
def test_settings_are_found_by_a_word(as_alice: Client, alice: Candidate, q: str, url: str) -> None:
    assert f'<a href="{url}">' in shown(as_alice, q)


def test_by_the_agency(as_alice: Client, alice: Candidate, found: Interview) -> None:
    agency = alice.companies.create(name="Talent Bridge", normalised_name="talent bridge")
    found.vacancy.agency = agency
    found.vacancy.save()
    page = shown(as_alice, "talent")
    assert f'href="/interviews/{found.pk}/"' in page
    assert f'href="/companies/{agency.pk}/edit/"' in page


def test_nothing_of_a_strangers(as_charlie: Client, found: Interview) -> None:
    page = shown(as_charlie, "størk")
    assert "Nothing matches “størk”" in page
    assert str(found.pk) not in page


def test_what_was_sought_is_shown_as_typed(as_alice: Client, found: Interview) -> None:
    page = shown(as_alice, '"><script>')
    assert "<script>" not in page.replace("<script src=", "")
    assert "&quot;&gt;&lt;script&gt;" in page


@pytest.mark.parametrize("count", [2, 26])
def test_as_many_queries_for_many_as_for_few(
    as_alice: Client,
    alice: Candidate,
    now: datetime,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        people.make_interview(alice, starts_at=now, now=now, company=f"Company {number}")
    shown(as_alice, "company")
    with django_assert_num_queries(8):
        page = shown(as_alice, "company")
    assert page.count("/interviews/0") == min(count, 25)


def test_the_field_is_on_today_once_there_is_something_to_seek(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    assert 'class="find"' not in as_alice.get("/today/").content.decode()
    for number in range(6):
        people.make_interview(alice, starts_at=now, now=now, company=f"Company {number}")
    assert 'class="find"' in as_alice.get("/today/").content.decode()
