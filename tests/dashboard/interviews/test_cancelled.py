"""An interview that did not take place accepts no facts, even by a known URL."""

from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Interview
from interviews.services import interviews

PAGES = ["agreement", "weigh", "result", "contact", "call", "letter"]
ACTIONS = ["nothing-agreed", "finish"]


@pytest.fixture
def cancelled(interview: Interview, now: datetime) -> Interview:
    interviews.cancel_interview(interview=interview, now=now)
    return interview


def is_sent_back(client: Client, method: str, cancelled: Interview, name: str) -> None:
    ask = getattr(client, method)
    response = ask(f"/interviews/{cancelled.pk}/{name}/", follow=True)
    assert response.redirect_chain == [(f"/interviews/{cancelled.pk}/", 302)]
    assert b"This interview is cancelled, so" in response.content


@pytest.mark.parametrize("name", PAGES)
def test_a_look_leads_back(as_alice: Client, cancelled: Interview, name: str) -> None:
    is_sent_back(as_alice, "get", cancelled, name)


@pytest.mark.parametrize("name", [*PAGES, *ACTIONS])
def test_nothing_is_taken(as_alice: Client, cancelled: Interview, name: str) -> None:
    is_sent_back(as_alice, "post", cancelled, name)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_told_nothing(as_charlie: Client, cancelled: Interview, name: str) -> None:
    assert as_charlie.get(f"/interviews/{cancelled.pk}/{name}/").status_code == 404
