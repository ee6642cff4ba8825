"""The button of a notification, which the service worker posts without a page."""

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.actions.registry import OFFERS
from interviews.models import Candidate, Interview, Reminder
from interviews.services import interviews
from interviews.text import dates
from reminders.signed_links import ACTION_SALT
from tests.dashboard.linking import everything, link
from tests.support.people import make_contact
from tests.support.step_factories import reminder_of, stand

URL = "/act/notification/"
SNOOZED = {"call": "tomorrow", "write": "tomorrow", "recontact": "later"}
OTHERS = [
    (str(step), str(action))
    for step, offer in OFFERS.items()
    for action in offer.mail
    if action not in ("tomorrow", "later")
]


@pytest.fixture
def reminder(alice: Candidate, now: datetime) -> Reminder:
    return reminder_of(stand(alice, "call", now=now), now=now)


def token_of(reminder: Reminder, action: str = "tomorrow") -> dict[str, str]:
    return {"token": link(reminder, action).split("/")[2]}


@pytest.mark.parametrize(("step", "action"), SNOOZED.items())
def test_it_snoozes_and_says_until_when(
    alice: Candidate, client: Client, now: datetime, step: str, action: str
) -> None:
    reminder = reminder_of(stand(alice, step, now=now), now=now)
    answer = client.post(URL, token_of(reminder, action))
    assert answer.status_code == 200
    row = Interview.objects.get(pk=reminder.interview_id)
    assert row.snoozed_until is not None
    assert row.step_due_at is not None
    day = dates.day(row.step_due_at.astimezone(alice.zone).date(), now=timezone.localtime())
    assert answer.json() == {"title": f"Snoozed until {day}"}
    assert "no-store" in answer["Cache-Control"]


def test_it_needs_neither_a_session_nor_a_csrf_token(reminder: Reminder) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(URL, token_of(reminder)).status_code == 200


def test_a_second_tap_answers_the_same(client: Client, reminder: Reminder) -> None:
    first = client.post(URL, token_of(reminder))
    once = Interview.objects.values().get(pk=reminder.interview_id)
    second = client.post(URL, token_of(reminder))
    assert second.json() == first.json()
    twice = Interview.objects.values().get(pk=reminder.interview_id)
    assert (twice["snoozed_until"], twice["step_due_at"]) == (
        once["snoozed_until"],
        once["step_due_at"],
    )


@pytest.mark.parametrize(("step", "action"), OTHERS)
def test_nothing_else_can_be_done_so(
    alice: Candidate, client: Client, now: datetime, step: str, action: str
) -> None:
    reminder = reminder_of(stand(alice, step, now=now), now=now)
    before = everything()
    assert client.post(URL, token_of(reminder, action)).status_code == 404
    assert everything() == before


def test_a_snooze_of_another_step_is_not_there(client: Client, reminder: Reminder) -> None:
    assert client.post(URL, token_of(reminder, "later")).status_code == 404
    assert client.post(URL, token_of(reminder, "no-such-action")).status_code == 404


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        signing.dumps(["0" * 32, "tomorrow"], salt="another salt"),
        signing.dumps(["0" * 32, "tomorrow", ""], salt=ACTION_SALT),
    ],
    ids=["none", "nonsense", "another salt", "no such reminder"],
)
def test_a_forged_token_is_over(client: Client, db: None, token: str) -> None:
    answer = client.post(URL, {"token": token})
    assert (answer.status_code, answer.content) == (410, b"")


def test_it_ends_with_its_step(client: Client, reminder: Reminder, now: datetime) -> None:
    make_contact(reminder.interview, now=now - timedelta(minutes=5))
    assert client.post(URL, token_of(reminder)).status_code == 410


def test_it_ends_with_a_cancelled_interview(
    client: Client, reminder: Reminder, now: datetime
) -> None:
    interviews.cancel_interview(interview=reminder.interview, now=now)
    assert client.post(URL, token_of(reminder)).status_code == 410


def test_it_ends_with_the_mailbox_it_was_made_for(client: Client, reminder: Reminder) -> None:
    token = token_of(reminder)
    User.objects.filter(pk=reminder.candidate.user_id).update(email="other@example.org")
    assert client.post(URL, token).status_code == 410
    assert Interview.objects.get(pk=reminder.interview_id).snoozed_until is None


def test_it_ends_with_a_closed_account(client: Client, reminder: Reminder) -> None:
    User.objects.filter(pk=reminder.candidate.user_id).update(is_active=False)
    assert client.post(URL, token_of(reminder)).status_code == 410


def test_opening_its_address_does_nothing(client: Client, db: None) -> None:
    assert client.get(URL).status_code == 405


def test_tokens_that_are_tried_too_often_must_wait(client: Client, reminder: Reminder) -> None:
    answers = [client.post(URL, {"token": "nonsense"}).status_code for _ in range(61)]
    assert answers == [410] * 60 + [429]
    assert client.post(URL, token_of(reminder)).status_code == 429
    assert Interview.objects.get(pk=reminder.interview_id).snoozed_until is None
