from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Candidate, Contact, Interview
from tests.support import people


@pytest.fixture
def tried(interview: Interview, now: datetime) -> Contact:
    return people.make_contact(interview, now=now, notes="Engaged twice")


def url_of(contact: Contact) -> str:
    return f"/contacts/{contact.pk}/noted/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], tried: Contact) -> None:
    is_alices_alone(url_of(tried))


def test_what_happens_next_and_the_words_for_a_voicemail(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    starts, day = now - timedelta(days=20), (now - timedelta(days=10)).date()
    late = people.make_interview(alice, starts_at=starts, now=starts)
    people.make_agreement(late, now=now, due_on=day, may_call="yes")
    page = as_alice.get(url_of(people.make_contact(late, now=now))).content.decode()
    assert "Call logged: no answer" in page
    assert "Call Anna Petrova on" in page
    assert "You can call me back on this number" in page


def test_a_message_on_the_voicemail_is_noted_once(as_alice: Client, tried: Contact) -> None:
    for _ in range(2):
        response = as_alice.post(url_of(tried))
        assert response["Location"] == f"/interviews/{tried.interview_id}/"
    tried.refresh_from_db()
    assert tried.notes == "Engaged twice\nI left a voicemail."


def test_nobody_else_notes_it(as_bob: Client, as_charlie: Client, tried: Contact) -> None:
    assert as_bob.post(url_of(tried)).status_code == 404
    assert as_charlie.post(url_of(tried)).status_code == 404
    tried.refresh_from_db()
    assert tried.notes == "Engaged twice"


@pytest.mark.parametrize(
    "fields", [{"outcome": "reached"}, {"direction": "in"}, {"channel": "email", "outcome": "sent"}]
)
def test_only_after_a_call_that_nobody_answered(
    as_alice: Client, interview: Interview, now: datetime, fields: dict[str, str]
) -> None:
    made = people.make_contact(interview, now=now, **fields)
    assert as_alice.get(url_of(made)).status_code == 404
