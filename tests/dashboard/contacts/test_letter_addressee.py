"""The recipient of a letter: its greeting, its address and the choice under "To" agree."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from interviews.models import Candidate, Interlocutor, Interview
from interviews.text.from_interview import addressee_of
from tests.support import people
from tests.support.step_factories import stand

ANNA_AND_BEN = (("Anna Petrova", "recruiter"), ("Ben Naso", "hiring_manager"))


@pytest.fixture
def met(alice: Candidate, now: datetime) -> Interview:
    """An interview with Anna, the lead, and Ben; both have an address."""
    row = people.make_interview(
        alice, starts_at=now - timedelta(hours=26), now=now, people=ANNA_AND_BEN
    )
    for person in Interlocutor.objects.all():
        person.email = f"{person.name.split()[0].lower()}@acme.example"
        person.save()
    return row


@pytest.fixture
def ben(met: Interview) -> Interlocutor:
    return Interlocutor.objects.get(name="Ben Naso")


def goes_to(as_alice: Client, interview: Interview) -> tuple[str, str, str]:
    """The first name in the greeting, in the address and under "To"."""
    page = as_alice.get(f"/interviews/{interview.pk}/letter/?occasion=letting_go").content.decode()
    (greeted,) = re.findall(r">\s*Dear (\w+)", page)
    (written,) = re.findall(r'href="mailto:(\w*)', page)
    (chosen,) = re.findall(r"<option[^>]* selected[^>]*>(\w+)", page.split('id="id_person"')[1])
    return greeted, written, chosen


@pytest.mark.parametrize(
    "result",
    [
        {"kind": "withdrawn"},
        {"kind": "refusal", "lessons": "skipped"},
        {"kind": "offer", "offer_answer": "declined"},
    ],
    ids=lambda fields: fields["kind"],
)
def test_after_an_ending_it_goes_to_the_lead(
    as_alice: Client, met: Interview, now: datetime, result: dict[str, str]
) -> None:
    people.make_result(met, now=now, **result)
    assert Interview.objects.get(pk=met.pk).step_person is None
    assert goes_to(as_alice, met) == ("Anna", "anna", "Anna")


def test_who_was_to_answer_comes_before_the_lead(
    as_alice: Client, met: Interview, ben: Interlocutor, now: datetime
) -> None:
    people.make_agreement(met, now=now, responsible=ben)
    people.make_result(met, now=now, kind="withdrawn")
    assert goes_to(as_alice, met) == ("Ben", "ben", "Ben")


def test_who_was_spoken_with_last_comes_first(
    as_alice: Client, met: Interview, ben: Interlocutor, now: datetime
) -> None:
    anna = Interlocutor.objects.get(name="Anna Petrova")
    people.make_agreement(met, now=now, responsible=anna)
    for hours, person in ((3, anna), (2, ben)):
        at = now - timedelta(hours=hours)
        people.make_contact(met, now=now, at=at, outcome="reached", person=person)
    people.make_contact(met, now=now, person=anna)  # nobody answered
    people.make_result(met, now=now, kind="withdrawn")
    assert goes_to(as_alice, met) == ("Ben", "ben", "Ben")


def test_an_own_text_is_filled_in_for_the_same_person(
    as_alice: Client, met: Interview, now: datetime
) -> None:
    people.make_result(met, now=now, kind="withdrawn")
    url = f"/interviews/{met.pk}/letter/?occasion=letting_go"
    as_alice.post(url, {"keep": "1", "subject": "", "notes": "Dear Anna Petrova, bye"})
    assert met.candidate.own_letters.get().body == "Dear {person}, bye"
    assert "Dear Anna Petrova, bye" in as_alice.get(url).content.decode()


def test_finding_them_is_one_query(as_alice: Client, met: Interview, now: datetime) -> None:
    people.make_result(met, now=now, kind="withdrawn")
    with CaptureQueriesContext(connection) as captured:
        as_alice.get(f"/interviews/{met.pk}/letter/?occasion=letting_go")
    assert len(captured) <= 8


def test_a_letter_in_a_mail_asks_for_nobody(
    alice: Candidate, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """So that a mail of many letters costs no query for each."""
    stand(alice, "write", now=now)
    row = Interview.objects.with_parties().get()
    with django_assert_num_queries(0):
        assert addressee_of(row) == row.step_person
    row.step_person = None
    with django_assert_num_queries(0):
        assert addressee_of(row) is None


def test_each_choice_carries_its_address(
    as_alice: Client, met: Interview, ben: Interlocutor
) -> None:
    page = as_alice.get(f"/interviews/{met.pk}/letter/").content.decode()
    assert f'<option value="{ben.pk}" data-email="ben@acme.example">' in page
    assert '<option value="" data-email="">' in page


def test_what_is_refused_keeps_the_address_of_whom_was_chosen(
    as_alice: Client, met: Interview, ben: Interlocutor
) -> None:
    data = {"person": str(ben.pk), "subject": "", "notes": "Dear Ben"}
    response = as_alice.post(f"/interviews/{met.pk}/letter/", data)
    assert response.status_code == 422
    assert 'href="mailto:ben@acme.example?' in response.content.decode()


def test_people_of_other_companies_stand_apart(
    as_alice: Client, alice: Candidate, met: Interview, now: datetime
) -> None:
    page = as_alice.get(f"/interviews/{met.pk}/letter/").content.decode()
    assert "<optgroup" not in page
    people.make_interview(
        alice, starts_at=now, now=now, company="Bolt", people=(("Zoe Kern", "recruiter"),)
    )
    page = as_alice.get(f"/interviews/{met.pk}/letter/").content.decode()
    here, others = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL)
    assert (here[0], others[0]) == ("Acme", "Other contacts")
    assert "Anna Petrova" in here[1]
    assert "Zoe Kern" not in here[1]
    assert "Zoe Kern" in others[1]
