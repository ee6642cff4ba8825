from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Interview
from interviews.services import interviews


@pytest.fixture
def unsaid(interview: Interview, now: datetime) -> Interview:
    interviews.note_nothing_agreed(interview=interview, now=now)
    interview.refresh_from_db()
    return interview


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/nothing-agreed/delete/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], unsaid: Interview) -> None:
    is_alices_alone(url_of(unsaid))


def test_it_is_taken_back_from_the_log(as_alice: Client, unsaid: Interview) -> None:
    assert url_of(unsaid) in as_alice.get(f"/interviews/{unsaid.pk}/").content.decode()
    response = as_alice.post(url_of(unsaid))
    assert response["Location"] == f"/interviews/{unsaid.pk}/"
    unsaid.refresh_from_db()
    assert unsaid.nothing_agreed_at is None
    assert url_of(unsaid) not in as_alice.get(f"/interviews/{unsaid.pk}/").content.decode()


def test_looking_changes_nothing(as_alice: Client, unsaid: Interview) -> None:
    page = as_alice.get(url_of(unsaid)).content.decode()
    assert "<h1>Undo “Nothing was agreed”?</h1>" in page
    unsaid.refresh_from_db()
    assert unsaid.nothing_agreed_at is not None


def test_what_was_not_said_cannot_be_taken_back(as_alice: Client, interview: Interview) -> None:
    assert as_alice.get(url_of(interview)).status_code == 404


def test_nobody_else_takes_it_back(as_bob: Client, as_charlie: Client, unsaid: Interview) -> None:
    for client in (as_bob, as_charlie):
        assert client.post(url_of(unsaid)).status_code == 404
    unsaid.refresh_from_db()
    assert unsaid.nothing_agreed_at is not None
