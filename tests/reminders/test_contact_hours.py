"""Notifications, and what follows another channel, wait for the contact hours."""

from datetime import UTC, datetime

from interviews.models import Candidate, Interview, Reminder
from interviews.services.notification_channels import set_order
from interviews.services.reminders import note_opened
from reminders.push_test import send_test
from reminders.sweep import sweep
from tests.reminders.channels import EMAIL, HOUR, MINUTE, PUSH, change_hours, ledger, told
from tests.reminders.conftest import NOW, Work
from tests.support.inbox import Inbox
from tests.support.people import make_interview
from tests.support.push_service import Browser
from tests.support.step_factories import stand

NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_notification_waits_for_the_contact_hours(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    stand(alice, "call", now=NOW)
    evening = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    work(now=evening)
    assert (browser.accepted, inbox.messages) == ([], [])
    assert Reminder.objects.get().tell_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    work(now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert len(browser.accepted) == 1


def test_what_follows_waits_for_them_too(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    change_hours(alice)
    stand(alice, "call", now=NOW)
    work(now=late)
    work(now=late + 2 * HOUR)
    assert (len(browser.accepted), inbox.messages) == (1, [])
    work(now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert len(inbox.messages) == 1


def test_a_test_notification_arrives_at_any_hour(
    work: Work, alice: Candidate, browser: Browser
) -> None:
    night = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    assert send_test(alice, night)
    work(now=night)
    (notification,) = told(browser)
    assert notification["title"] == "This is a test notification"


def test_a_step_that_is_over_before_the_contact_hours_is_told_by_email(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    """What was agreed is to be noted within a day of the interview: here, on a Friday evening."""
    ended = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    make_interview(alice, starts_at=ended - HOUR, now=ended - 9 * HOUR)
    work(now=ended + HOUR)
    assert (browser.accepted, len(inbox.messages)) == ([], 1)


def test_no_notification_at_night_after_the_senders_were_down(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    sweep(now=NOW)
    work(now=NIGHT)
    assert (browser.accepted, inbox.messages) == ([], [])
    work(now=MORNING)
    assert len(browser.accepted) == 1


def test_no_notification_at_night_of_what_was_tried_by_day(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    browser.answers.append(503)
    work()
    work(now=NIGHT)
    assert (browser.accepted, inbox.messages) == ([], [])
    work(now=MORNING)
    assert len(browser.accepted) == 1


def test_no_notification_at_night_if_the_order_is_changed_then(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    set_order(candidate=alice, order={"": [EMAIL, PUSH]})
    stand(alice, "call", now=NOW)
    sweep(now=NOW)
    set_order(candidate=alice, order={"": [PUSH, EMAIL]})
    work(now=NIGHT)
    assert (browser.accepted, inbox.messages) == ([], [])


def test_opening_stops_what_was_to_follow_in_the_morning(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    call, late = stand(alice, "call", now=NOW), datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    work(now=late)
    work(now=late + HOUR + MINUTE)
    note_opened(Interview.objects.get(pk=call.pk), now=late + 2 * HOUR)
    work(now=MORNING)
    assert (len(browser.accepted), inbox.messages) == (1, [])
    assert ledger() == (PUSH, "sent", "")
