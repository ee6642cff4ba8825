"""A step that the candidate has seen is told by no other channel."""

from datetime import UTC, datetime

from interviews.models import Candidate, Interview, Reminder
from interviews.services.notification_channels import set_order
from interviews.services.reminders import note_opened
from tests.reminders.channels import EMAIL, HOUR, MINUTE, PUSH, change_hours, ledger, pass_minutes
from tests.reminders.conftest import NOW, Work
from tests.support.inbox import Inbox
from tests.support.push_service import HANG_UP, Browser
from tests.support.step_factories import stand


def test_after_it_was_passed_on_and_before_it_may_be_mailed(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    change_hours(alice)
    step = stand(alice, "call", now=NOW)
    work(now=late)
    told_at = Reminder.objects.get().sent_at
    work(now=late + 2 * HOUR)
    note_opened(step, now=late + 3 * HOUR)
    work(now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert (len(browser.accepted), inbox.messages) == (1, [])
    assert ledger() == (PUSH, "sent", "")
    reminder = Reminder.objects.get()
    assert (reminder.sent_at, reminder.earlier) == (told_at, [])


def test_while_the_next_channel_cannot_be_reached(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    set_order(candidate=alice, order={"": [EMAIL, PUSH]})
    later = NOW + HOUR + MINUTE
    browser.answers.append(503)
    work()
    work(now=later)
    note_opened(call, now=later)
    pass_minutes(work, 5, since=later)
    assert (browser.accepted, len(inbox.messages)) == ([], 1)
    assert ledger() == (EMAIL, "sent", "")


def test_while_a_lost_answer_is_asked_for_again(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    browser.answers.append(HANG_UP)
    work()
    call.candidate.refresh_from_db()
    note_opened(call, now=NOW)
    pass_minutes(work, 2)
    work(now=NOW + 2 * HOUR)
    assert (len(browser.accepted), inbox.messages) == (2, [])


def test_one_that_nobody_has_told_is_told(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox
) -> None:
    """Its first channel is gone, and the next one waits for the contact hours."""
    change_hours(alice)
    step = stand(alice, "call", now=NOW)
    browser.answers.extend([503, 410])
    evening = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
    work(now=evening)
    note_opened(step, now=evening)
    morning = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    work(now=morning)
    pass_minutes(work, 2, since=morning)
    assert any("Anna Petrova" in str(each["Subject"]) for each in inbox.messages)
