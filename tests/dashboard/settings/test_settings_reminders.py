from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from interviews.models import Candidate
from interviews.services import candidates
from tests.support.people import refuse_address

URL = "/settings/reminders/"
ON = {"wants_reminders": "on"}


def test_the_kinds_and_the_subjects(as_alice: Client, alice: Candidate) -> None:
    data = ON | {"mailed_steps": ["call", "write"], "has_discreet_subjects": "on"}
    assert as_alice.post(URL, data)["Location"] == URL
    alice.refresh_from_db()
    assert not {"call", "write"} & set(alice.muted_steps)
    assert {"prepare", "weigh", "close", "let_go"} <= set(alice.muted_steps)
    assert alice.has_discreet_subjects
    assert alice.reminders_paused_at is None


def test_one_switch_pauses_and_resumes(as_alice: Client, alice: Candidate) -> None:
    as_alice.post(URL, {"mailed_steps": ["call"]})
    alice.refresh_from_db()
    paused_at = alice.reminders_paused_at
    assert paused_at is not None
    as_alice.post(URL, {"mailed_steps": ["write"]})
    alice.refresh_from_db()
    assert alice.reminders_paused_at == paused_at
    as_alice.post(URL, ON)
    alice.refresh_from_db()
    assert alice.reminders_paused_at is None


def test_the_switch_shows_whether_reminders_are_paused(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    switch = '<input type="checkbox" name="wants_reminders" class="checkboxinput form-check-input"'
    assert f'{switch} id="id_wants_reminders" checked>' in as_alice.get(URL).content.decode()
    candidates.pause_reminders(candidate=alice, now=now)
    assert f'{switch} id="id_wants_reminders">' in as_alice.get(URL).content.decode()


def test_subjects_are_shown_with_and_without_names(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert "Call Anna Petrova (Acme) today" in page
    assert "Hearback: 1 thing to do today" in page


def test_a_kind_that_is_none(as_alice: Client, alice: Candidate) -> None:
    answer = as_alice.post(URL, ON | {"mailed_steps": ["call", "shout"]})
    assert answer.status_code == 422
    assert "Choose one of the options listed." in answer.content.decode()
    alice.refresh_from_db()
    assert alice.muted_steps == []


def test_a_refused_address_is_said(as_alice: Client, alice: Candidate, now: datetime) -> None:
    assert "deliver email to" not in as_alice.get(URL).content.decode()
    refuse_address(alice, now=now)
    page = as_alice.get(URL).content.decode()
    assert "deliver email to alice@example.org" in page
    assert "550 5.1.1 No such user" in page
    assert f'<input type="hidden" name="next" value="{URL}">' in page


@pytest.mark.parametrize(
    ("is_discreet", "subject"),
    [(False, "Call Anna Petrova (Acme) today"), (True, "Hearback: 1 thing to do today")],
)
def test_an_example_is_mailed(
    as_alice: Client,
    alice: Candidate,
    mailoutbox: list[EmailMessage],
    is_discreet: bool,
    subject: str,
) -> None:
    Candidate.objects.update(has_discreet_subjects=is_discreet)
    page = as_alice.post("/reminders/example/", follow=True)
    assert "Example sent to alice@example.org." in page.content.decode()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["alice@example.org"], subject)
    assert "This is an example." in str(mail.body)


def test_examples_are_limited(
    as_alice: Client, as_bob: Client, mailoutbox: list[EmailMessage]
) -> None:
    assert as_bob.post("/reminders/example/").status_code == 404
    assert as_alice.get("/reminders/example/").status_code == 405
    answers = [as_alice.post("/reminders/example/").status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    assert len(mailoutbox) == 10
