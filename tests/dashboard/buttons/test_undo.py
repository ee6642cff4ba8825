"""Undo what was just done; test_quick_actions.py covers what each tap undoes."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client

from interviews.models import Candidate, Interview
from interviews.services import interviews
from tests.dashboard.buttons.test_quick_actions import tap, undo
from tests.support import people
from tests.support.step_factories import stand


def test_whose_it_is(as_alice: Client, as_bob: Client, alice: Candidate) -> None:
    assert as_bob.post("/undo/").status_code == 404
    assert Client().post("/undo/")["Location"] == "/accounts/login/?next=/undo/"
    assert as_alice.get("/undo/").status_code == 405


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_token_that_is_not_ours(as_alice: Client, token: str) -> None:
    page = as_alice.post("/undo/", {"token": token}, follow=True).content.decode()
    assert "There’s nothing left to undo." in page


def test_a_token_signed_for_something_else(as_alice: Client, interview: Interview) -> None:
    token = signing.dumps(["snooze", str(interview.pk), None], salt="another purpose")
    page = as_alice.post("/undo/", {"token": token}, follow=True).content.decode()
    assert "There’s nothing left to undo." in page


def test_it_is_offered_once(as_alice: Client, alice: Candidate, now: datetime) -> None:
    """Once the page is left, so is the way back."""
    tap(as_alice, stand(alice, "call", now=now), "nobody")
    assert 'name="token"' not in as_alice.get("/today/").content.decode()


def test_what_is_gone_already(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    page = tap(as_alice, interview, "nobody")
    interview.contacts.get().delete()
    assert "There’s nothing left to undo." in undo(as_alice, page)


def test_what_happened_after_it_stays(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    page = tap(as_alice, interview, "nobody")
    later = people.make_contact(interview, now=now, direction="in", outcome="reached")
    undo(as_alice, page)
    assert interview.contacts.get() == later


@pytest.mark.parametrize(
    ("page", "posted"),
    [
        ("call", {"outcome": "open"}),
        ("contact", {"kind": "still_open", "channel": "email"}),
        ("letter", {"subject": "Our interview", "notes": "Dear Anna, …", "channel": "email"}),
    ],
)
def test_what_was_logged_is_undone_with_the_snooze_that_it_ended(
    as_alice: Client, alice: Candidate, now: datetime, page: str, posted: dict[str, str]
) -> None:
    row = stand(alice, "call", now=now)
    until = now + timedelta(days=3)
    interviews.snooze_interview(interview=row, until=until, now=now)
    told = {"submission_id": str(uuid4()), "person": "", "at_0": "", "at_1": "", "notes": ""}
    url = f"/interviews/{row.pk}/{page}/"
    undo(as_alice, as_alice.post(url, told | posted, follow=True).content.decode())
    row.refresh_from_db()
    assert not row.contacts.exists()
    assert row.snoozed_until == until
