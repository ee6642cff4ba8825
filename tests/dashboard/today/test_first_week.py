"""The checklist of the first days is filled by deeds."""

import re
from datetime import datetime, timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from interviews.models import Candidate, Interlocutor, Interview
from tests.support import people

HEADING = "Your first week"


def open_items(client: Client) -> list[str]:
    """What is left to do."""
    html = client.get("/today/").content.decode()
    if HEADING not in html:
        return []
    section = html.split('class="first-week"')[1].split("</section>")[0]
    rows = re.findall(r"<li>(.*?)</li>", section, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", row).strip() for row in rows]


def test_deeds_fill_it(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    Interlocutor.objects.update(phone="")
    Candidate.objects.update(country="")
    assert open_items(as_alice) == [
        "Record what was agreed",
        "Add a phone number to call",
        "Set your calling hours and country",
        "Add a second interview",
    ]
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=4)).date())
    Interlocutor.objects.update(phone="+49 30 901820")
    assert open_items(as_alice) == [
        "Set your calling hours and country",
        "Add a second interview",
    ]
    Candidate.objects.update(country="DE")
    assert open_items(as_alice) == ["Add a second interview"]
    people.make_interview(alice, starts_at=now + timedelta(days=2), now=now, company="Bolt")
    assert open_items(as_alice) == []


def test_it_costs_no_query(
    as_alice: Client,
    interview: Interview,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    as_alice.get("/today/")
    with django_assert_num_queries(7):
        assert HEADING in as_alice.get("/today/").content.decode()


def test_it_ends_after_two_weeks(as_alice: Client, interview: Interview, now: datetime) -> None:
    Candidate.objects.update(created_at=now - timedelta(days=15))
    assert HEADING not in as_alice.get("/today/").content.decode()


def test_it_can_be_hidden(as_alice: Client, interview: Interview) -> None:
    assert HEADING in as_alice.get("/today/").content.decode()
    assert as_alice.post("/today/first-week/hide/")["Location"] == "/today/"
    assert HEADING not in as_alice.get("/today/").content.decode()


def test_an_empty_page_has_none(as_alice: Client) -> None:
    assert HEADING not in as_alice.get("/today/").content.decode()
