"""A cancelled interview: the employer must still be told, but nothing is recorded any more."""

from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Contact, Interlocutor, Interview
from interviews.services.interviews import cancel_interview


@pytest.fixture
def url(ahead: Interview, now: datetime) -> str:
    Interlocutor.objects.update(email="anna@bolt.example")
    cancel_interview(interview=ahead, now=now)
    return f"/interviews/{ahead.pk}/letter/"


def test_letting_go_can_be_read_and_opened(as_alice: Client, url: str) -> None:
    page = as_alice.get(f"{url}?occasion=letting_go").content.decode()
    assert "Dear Anna Petrova," in page
    assert 'href="mailto:anna@bolt.example?' in page
    assert 'data-copy="#id_notes"' in page


def test_it_thanks_for_no_conversation(as_alice: Client, url: str) -> None:
    page = as_alice.get(f"{url}?occasion=letting_go").content.decode()
    assert "Thank you for inviting me to an interview on" in page
    assert "conversation" not in page


def test_nothing_is_noted(as_alice: Client, ahead: Interview, url: str) -> None:
    page = as_alice.get(f"{url}?occasion=letting_go").content.decode()
    assert "Mark as sent" not in page
    assert "then record it here" not in page
    data = {
        "submission_id": "01a20000-0000-7000-8000-000000000001",
        "notes": "Dear Anna",
        "channel": "email",
    }
    response = as_alice.post(f"{url}?occasion=letting_go", data)
    assert response["Location"] == f"/interviews/{ahead.pk}/"
    assert not Contact.objects.exists()


@pytest.mark.parametrize("query", ["", "?occasion=thanks", "?occasion=late_answer"])
def test_no_other_letter_is_left(as_alice: Client, ahead: Interview, url: str, query: str) -> None:
    assert as_alice.get(f"{url}{query}")["Location"] == f"/interviews/{ahead.pk}/"


def test_nobody_else_reads_it(as_bob: Client, as_charlie: Client, client: Client, url: str) -> None:
    for visitor in (as_bob, as_charlie):
        assert visitor.get(f"{url}?occasion=letting_go").status_code == 404
    assert client.get(f"{url}?occasion=letting_go").status_code == 302


def test_an_own_text_is_kept_from_here_too(as_alice: Client, ahead: Interview, url: str) -> None:
    url = f"{url}?occasion=letting_go"
    data = {"keep": "1", "subject": "", "notes": "Dear Anna Petrova, no"}
    assert as_alice.post(url, data)["Location"] == url
    assert ahead.candidate.own_letters.get().body == "Dear {person}, no"


def test_nothing_to_keep_leaves_the_address(as_alice: Client, url: str) -> None:
    response = as_alice.post(f"{url}?occasion=letting_go", {"keep": "1", "notes": ""})
    assert response.status_code == 422
    assert 'href="mailto:anna@bolt.example?' in response.content.decode()
