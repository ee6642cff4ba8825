import html
import re
from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate, Interview
from tests.support import people
from tests.support.step_factories import stand


def lines(client: Client, q: str) -> list[tuple[str, str]]:
    """The lines as they read, and where they lead."""
    page = client.get("/search/palette/", {"q": q}).content.decode()
    found = re.findall(r'<a href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    return [
        (" ".join(re.sub("<[^>]+>", "", text).split()), html.unescape(url)) for url, text in found
    ]


@pytest.fixture
def anna(alice: Candidate, now: datetime) -> Interview:
    found = people.make_interview(
        alice, starts_at=now, now=now, company="Ærø", people=[("Anna Petrova", "recruiter")]
    )
    person = found.interlocutors.get()
    person.phone, person.email = "+45 32 12 34 56", "anna@aero.example"
    person.save()
    return found


def test_a_name_leads_to_the_contact_and_the_interview(as_alice: Client, anna: Interview) -> None:
    urls = [url for _text, url in lines(as_alice, "petrova")]
    assert urls[0] == f"/people/{anna.interlocutors.get().pk}/"
    assert {"tel:+4532123456", "mailto:anna@aero.example", f"/interviews/{anna.pk}/"} <= {*urls}


def test_a_company_leads_to_its_interview_first(as_alice: Client, anna: Interview) -> None:
    urls = [url for _text, url in lines(as_alice, "ærø")]
    assert urls.index(f"/interviews/{anna.pk}/") < urls.index(
        f"/people/{anna.interlocutors.get().pk}/"
    )


def test_a_verb_and_a_name_dial_or_write(as_alice: Client, anna: Interview) -> None:
    assert lines(as_alice, "call anna")[0] == (
        "Call Anna Petrova +45 32 12 34 56",
        "tel:+4532123456",
    )
    assert lines(as_alice, "write to anna")[0][1] == "mailto:anna@aero.example"


def test_what_is_due_about_an_interview_is_one_line(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "write", now=now, company="Bolt")
    assert f"/interviews/{interview.pk}/letter/" in dict(map(reversed, lines(as_alice, "bolt")))


def test_pages_and_actions_by_their_names(as_alice: Client, alice: Candidate) -> None:
    assert ("Add position", "/positions/new/") in lines(as_alice, "add")
    assert ("Display settings", "/settings/display/") in lines(as_alice, "dark")
    assert ("Insights", "/learned/") in lines(as_alice, "")


def test_a_position_without_an_interview(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = people.make_interview(alice, starts_at=now, now=now, company="Ravn")
    vacancy = interview.vacancy
    interview.delete()
    assert f"/positions/{vacancy.pk}/" in [url for _text, url in lines(as_alice, "ravn")]


def test_nothing_of_a_strangers(as_charlie: Client, anna: Interview) -> None:
    assert lines(as_charlie, "petrova") == []
