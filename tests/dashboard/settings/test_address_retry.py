from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from interviews.models import Candidate, RefusedAddress, Reminder
from reminders import wakeups
from reminders.mail_reminders import mailable
from tests.support.people import refuse_address
from tests.support.step_factories import reminder_of, stand

URL = "/address/retry/"


@pytest.fixture
def waiting(alice: Candidate, now: datetime) -> Reminder:
    """A reminder that waits because the address was refused."""
    reminder = reminder_of(stand(alice, "call", now=now), now=now)
    Reminder.objects.filter(pk=reminder.pk).update(state="waiting", mail=None)
    refuse_address(alice, now=now)
    return reminder


def test_the_reminders_are_mailed_again(as_alice: Client, waiting: Reminder) -> None:
    mine = Reminder.objects.filter(pk=waiting.pk).unmailed()
    assert not mailable(mine).exists()
    answer = as_alice.post(URL, {"next": "/settings/"}, follow=True)
    assert answer.redirect_chain == [("/settings/", 302)]
    assert "We’ll try your address again with the next reminder." in answer.content.decode()
    assert "deliver email to" not in answer.content.decode()
    assert mailable(mine).exists()


def test_senders_are_told_at_once(
    as_alice: Client,
    waiting: Reminder,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Tapped twice, there is nothing to try the second time."""
    with django_capture_on_commit_callbacks() as callbacks:
        assert as_alice.post(URL)["Location"] == "/today/"
        as_alice.post(URL)
    assert callbacks == [wakeups.wake_senders]


def test_an_address_that_is_taken_is_left_alone(as_alice: Client) -> None:
    answer = as_alice.post(URL, follow=True)
    assert answer.redirect_chain == [("/today/", 302)]
    assert "try your address again" not in answer.content.decode()


def test_each_candidate_retries_only_the_own_reminders(
    as_charlie: Client, waiting: Reminder, charlie: Candidate, now: datetime
) -> None:
    refuse_address(charlie, now=now)
    as_charlie.post(URL)
    assert RefusedAddress.objects.get().address.email == "alice@example.org"


def test_only_by_a_candidates_post(as_alice: Client, as_bob: Client, waiting: Reminder) -> None:
    assert as_alice.get(URL).status_code == 405
    assert as_bob.post(URL).status_code == 404
    assert Client().post(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert RefusedAddress.objects.exists()
