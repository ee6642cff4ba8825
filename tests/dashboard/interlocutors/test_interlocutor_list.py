from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate, Interlocutor, Interview
from tests.support import people
from tests.support.queries import count_queries


def test_the_list_is_the_candidates_own(
    as_alice: Client, as_bob: Client, as_charlie: Client, anna: Interlocutor
) -> None:
    assert b"Anna Petrova" in as_alice.get("/people/").content
    assert b"Anna Petrova" not in as_charlie.get("/people/").content
    assert as_bob.get("/people/")["Location"] == "/start/"
    assert Client().get("/people/")["Location"] == "/accounts/login/?next=/people/"


@pytest.mark.parametrize(
    ("asked", "is_found"), [("petro", True), ("acme", True), ("anna acme", True), ("bolt", False)]
)
def test_found_by_name_or_company(
    as_alice: Client, anna: Interlocutor, asked: str, is_found: bool
) -> None:
    page = as_alice.get("/people/", {"q": asked}).content
    assert (b"Anna Petrova" in page) is is_found


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [("ÖZLEM", True), ("özlem", True), ("ozlem", True), ("šMÍD", True), ("kai", False)],
)
def test_letters_beyond_ascii_are_found_in_any_case(
    as_alice: Client, alice: Candidate, asked: str, is_found: bool
) -> None:
    Interlocutor.objects.create(candidate=alice, name="Özlem Šmíd")
    page = as_alice.get("/people/", {"q": asked}).content.decode()
    assert ("Özlem Šmíd" in page) is is_found


NAMES = ["Zoe", "Émile", "anton", "Özlem", "Peter"]
IN_ORDER = ["anton", "Émile", "Özlem", "Peter", "Zoe"]


def test_names_stand_as_people_sort_them(as_alice: Client, alice: Candidate) -> None:
    for name in NAMES:
        Interlocutor.objects.create(candidate=alice, name=name)
    for url in ("/people/", "/interviews/new/"):
        page = as_alice.get(url).content.decode()
        places = [page.index(f">{name}<") for name in IN_ORDER]
        assert places == sorted(places), url


def test_a_thousand_people_are_as_quick_to_list(as_alice: Client, alice: Candidate) -> None:
    Interlocutor.objects.create(candidate=alice, name="Anna")
    few = count_queries(lambda: as_alice.get("/people/"))
    Interlocutor.objects.bulk_create(
        Interlocutor(candidate=alice, name=f"Person {number:03}", phone="0301234567")
        for number in range(1000)
    )
    assert count_queries(lambda: as_alice.get("/people/")) == few <= 8
    page = as_alice.get("/people/", {"page": "41"})
    assert "Person 999" in page.content.decode()
    assert len(page.content) < 60_000


def test_a_number_and_an_address_that_act(as_alice: Client, anna: Interlocutor) -> None:
    assert b'href="tel:+4930901820"' in as_alice.get("/people/").content
    Interlocutor.objects.update(phone="", email="anna@acme.example")
    assert b'href="mailto:anna@acme.example"' in as_alice.get("/people/").content


def test_a_number_is_dialled_as_in_the_candidates_country(
    as_alice: Client, anna: Interlocutor
) -> None:
    Candidate.objects.update(country="DE")
    Interlocutor.objects.update(phone="030 5550012 / 0170 1234567")
    html = as_alice.get("/people/").content.decode()
    assert 'href="tel:+49305550012">030 5550012</a>' in html
    assert 'href="tel:+491701234567"' in html
    Interlocutor.objects.update(phone="ask at the desk")
    html = as_alice.get("/people/").content.decode()
    assert "ask at the desk" in html
    assert "tel:" not in html


def test_an_address_adds_no_recipient(as_alice: Client, anna: Interlocutor) -> None:
    Interlocutor.objects.update(phone="", email="a?bcc=thief@evil.example")
    for page in ("/people/", f"/people/{anna.pk}/"):
        html = as_alice.get(page).content.decode()
        assert 'href="mailto:a%3Fbcc%3Dthief@evil.example"' in html


def test_nobody_yet(as_alice: Client) -> None:
    page = as_alice.get("/people/").content.decode()
    assert "Your interviewers will be listed here" in page
    assert 'href="/people/import/"' in page
    assert 'href="/people/cards.vcf"' not in page


def test_each_line_says_the_role_and_when_you_last_spoke(
    as_alice: Client, interview: Interview, ahead: Interview, anna: Interlocutor, now: datetime
) -> None:
    page = as_alice.get("/people/").content.decode()
    assert "<bdi>Recruiter</bdi>, <bdi>Acme</bdi>" in page
    assert ">yesterday</time>" in page or ">2 days ago</time>" in page
    people.make_contact(interview, now=now, at=now, person=anna)
    assert ">today</time>" in as_alice.get("/people/").content.decode()
    Interlocutor.objects.update(position="Head of data")
    assert "<bdi>Head of data</bdi>, <bdi>Acme</bdi>" in as_alice.get("/people/").content.decode()


def test_take_them_along(as_alice: Client, anna: Interlocutor) -> None:
    assert 'href="/people/cards.vcf"' in as_alice.get("/people/").content.decode()
