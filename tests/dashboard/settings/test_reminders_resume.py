from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate
from interviews.services import candidates


@pytest.fixture(autouse=True)
def _paused(alice: Candidate, now: datetime) -> None:
    candidates.pause_reminders(candidate=alice, now=now)


def test_lets_reminders_come_again(as_alice: Client, alice: Candidate) -> None:
    assert as_alice.post("/reminders/resume/", {"next": "/settings/"})["Location"] == "/settings/"
    alice.refresh_from_db()
    assert alice.reminders_paused_at is None


def test_only_by_a_candidates_post(as_alice: Client, as_bob: Client, alice: Candidate) -> None:
    url = "/reminders/resume/"
    assert as_alice.get(url).status_code == 405
    assert as_bob.post(url).status_code == 404
    assert Client().post(url)["Location"] == f"/accounts/login/?next={url}"
    alice.refresh_from_db()
    assert alice.reminders_paused_at is not None
