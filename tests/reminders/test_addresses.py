"""The recipient of a retry: the candidate's present address, and nobody whose account is closed."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from pytest_django import Settings

from interviews.models import Candidate, Interview, Mail, Reminder
from interviews.services.candidates import pause_reminders
from reminders import claim
from reminders.signed_links import is_live
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.reminders.servers import Answering

GREYLISTED = "451 4.7.1 Greylisted, try again later"
MINUTE = timedelta(minutes=1)


def move_to(candidate: Candidate, address: str, *, is_verified: bool = True) -> None:
    """As allauth does it: the new address takes the old one's place."""
    EmailAddress.objects.filter(user=candidate.user).delete()
    EmailAddress.objects.create(
        user=candidate.user, email=address, verified=is_verified, primary=True
    )
    type(candidate.user).objects.filter(pk=candidate.user_id).update(email=address)


@pytest.fixture
def failed_once(promised: Interview, answering: Answering) -> Answering:
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    assert [each["To"] for each in answering.seen] == ["alice@example.org"]  # type: ignore[index]
    return answering


def test_a_retry_goes_to_the_new_address_once(alice: Candidate, failed_once: Answering) -> None:
    move_to(alice, "alice@home.example")
    send_all(now=NOW + MINUTE)
    send_all(now=NOW + timedelta(days=1))
    old, new = failed_once.seen
    assert new["To"] == "alice@home.example"  # type: ignore[index]
    assert old["Message-ID"] != new["Message-ID"]  # type: ignore[index]
    assert set(Mail.objects.values_list("recipient", "state")) == {
        ("alice@example.org", "settled"),
        ("alice@home.example", "sent"),
    }
    reminder = Reminder.objects.get()
    assert reminder.state == "sent"
    assert reminder.mail is not None
    assert reminder.mail.recipient == "alice@home.example"


def test_a_new_address_waits_until_it_is_verified(alice: Candidate, failed_once: Answering) -> None:
    move_to(alice, "alice@home.example", is_verified=False)
    send_all(now=NOW + MINUTE)
    assert len(failed_once.seen) == 1
    assert Reminder.objects.get().state == "waiting"
    EmailAddress.objects.update(verified=True)
    send_all(now=NOW + 2 * MINUTE)
    assert failed_once.seen[1]["To"] == "alice@home.example"  # type: ignore[index]


def test_an_address_changed_in_a_senders_hands_gets_nothing_more(
    alice: Candidate, promised: Interview, post: Send, settings: Settings
) -> None:
    sweep(now=NOW)
    assert len(claim.claim_mails(now=NOW)) == 1
    move_to(alice, "alice@home.example")
    (message,) = post(now=NOW + settings.MAIL_LEASE)
    assert message["To"] == "alice@home.example"


def test_a_closed_account_gets_nothing_and_its_links_end(
    alice: Candidate, failed_once: Answering
) -> None:
    assert is_live(Reminder.objects.get(), now=NOW)
    alice.user.is_active = False
    alice.user.save(update_fields=["is_active"])
    send_all(now=NOW + MINUTE)
    send_all(now=NOW + timedelta(days=1))
    assert len(failed_once.seen) == 1
    assert not is_live(Reminder.objects.get(), now=NOW)


def test_a_closed_account_is_never_claimed_for(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    type(alice.user).objects.update(is_active=False)
    assert post() == []
    assert not Mail.objects.exists()
    assert Reminder.objects.get().state == "waiting"


def test_stopping_is_not_undone_by_a_new_address(alice: Candidate, failed_once: Answering) -> None:
    pause_reminders(candidate=alice, now=NOW)
    move_to(alice, "alice@home.example")
    send_all(now=NOW + MINUTE)
    assert len(failed_once.seen) == 1
