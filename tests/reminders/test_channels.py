"""By which channel a step is told, and what follows: the sender, a push service, a mail server."""

from django.core import mail as outbox
from django.test import Client
from pytest_django import Settings

from interviews.models import (
    Candidate,
    Interview,
    Mail,
    NotificationChannel,
    PushDevice,
    Reminder,
)
from interviews.services import interviews
from interviews.services.candidates import change_settings
from interviews.services.notification_channels import fail_channel, remove_device, set_order
from interviews.services.reminders import pass_on
from reminders.sweep import sweep
from tests.reminders.channels import EMAIL, HOUR, MINUTE, PUSH, ledger, pass_minutes, told
from tests.reminders.conftest import NOW, Work
from tests.reminders.push_devices import add, subscribe
from tests.support.inbox import Inbox
from tests.support.people import refuse_address
from tests.support.ports import own_port
from tests.support.push_service import HANG_UP, Browser, PushService
from tests.support.step_factories import stand


def test_a_step_is_told_by_the_first_channel_alone(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    work()
    (notification,) = told(browser)
    assert notification["url"] == f"https://hearback.example/interviews/{call.pk}/"
    assert notification["topic"] == str(Reminder.objects.get().pk)
    assert ledger() == (PUSH, "sent", EMAIL)
    assert inbox.messages == []
    mail = Mail.objects.get()
    assert (mail.kind, mail.state, mail.text) == ("push", "sent", "")


def test_a_lock_screen_names_nobody_unless_the_candidate_wants_it(
    work: Work, alice: Candidate, call: Interview, browser: Browser
) -> None:
    alice.shows_names_on_lock_screen = True
    alice.save()
    work()
    alice.shows_names_on_lock_screen = False
    alice.save()
    stand(alice, "write", now=NOW, company="Dune")
    work(now=NOW + MINUTE)
    open_one, discreet = told(browser)
    assert open_one["title"] == "Call Anna Petrova (Acme) today"
    assert "Anna Petrova promised" in open_one["body"]
    assert discreet["title"] == "Write"
    for name in ("Dune", "Anna", "Petrova", "Acme"):
        assert name not in discreet["title"] + discreet["body"]


def test_its_button_carries_a_link_that_snoozes(
    work: Work, call: Interview, browser: Browser
) -> None:
    work()
    (action,) = told(browser)[0]["actions"]
    assert (action["action"], action["title"]) == ("tomorrow", "Snooze until Tue 24 Nov")
    opened = Client().get(action["url"].removeprefix("https://hearback.example"))
    assert opened.status_code == 302


def test_several_steps_are_one_notification(
    work: Work, alice: Candidate, call: Interview, browser: Browser
) -> None:
    stand(alice, "write", now=NOW, company="Dune")
    work()
    (notification,) = told(browser)
    assert notification["title"] == "Hearback: 2 things to do today"
    assert notification["url"] == "https://hearback.example/today/"
    assert notification["actions"] == []


def test_email_follows_after_an_hour_without_a_look(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    work()
    work(now=NOW + 59 * MINUTE)
    assert inbox.messages == []
    work(now=NOW + HOUR + MINUTE)
    assert len(inbox.messages) == len(browser.accepted) == 1
    assert ledger() == (EMAIL, "sent", "")
    reminder = Reminder.objects.get()
    assert [channel for channel, _at in reminder.tellings] == [PUSH, EMAIL]
    work(now=NOW + 3 * HOUR)
    assert len(inbox.messages) == len(browser.accepted) == 1


def test_whoever_opened_the_interview_is_told_no_more(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    work()
    client = Client()
    client.force_login(alice.user)
    client.get(f"/interviews/{call.pk}/")
    work(now=NOW + 2 * HOUR)
    assert inbox.messages == []


def test_a_step_that_is_done_is_told_no_more(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    work()
    interviews.cancel_interview(interview=call, now=NOW + MINUTE)
    work(now=NOW + 2 * HOUR)
    assert (len(browser.accepted), inbox.messages) == (1, [])


def test_a_device_that_is_gone_is_removed_and_email_tells_at_once(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    browser.answers.append(410)
    work()
    work(now=NOW + MINUTE)
    assert not PushDevice.objects.exists()
    (mail,) = inbox.messages
    assert mail["Subject"] == "Call Anna Petrova (Acme) today"
    (notice,) = outbox.outbox
    assert (notice.to, notice.subject) == (
        ["alice@example.org"],
        "Notifications no longer reach you",
    )
    assert ledger() == (EMAIL, "sent", "")
    assert Reminder.objects.get().earlier[0]["channel"] == PUSH
    assert NotificationChannel.objects.get().failed_at is not None
    client = Client()
    client.force_login(alice.user)
    assert "/settings/notifications/" in client.get("/today/").content.decode()


def test_email_is_the_last_resort(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    """Though nothing was to follow."""
    set_order(candidate=alice, order={"": [PUSH]})
    work()
    work(now=NOW + 2 * HOUR)
    assert (len(browser.accepted), inbox.messages) == (1, [])
    browser.answers.append(410)
    stand(alice, "write", now=NOW + 2 * HOUR, company="Dune")
    work(now=NOW + 2 * HOUR)
    work(now=NOW + 2 * HOUR + MINUTE)
    assert len(inbox.messages) == 1


def test_a_push_service_that_is_away_for_an_hour_is_given_up_for_this_step(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    browser.answers.extend([503] * 1000)
    work()
    pass_minutes(work, 58)
    assert inbox.messages == []
    pass_minutes(work, 20, since=NOW + 58 * MINUTE)
    assert len(inbox.messages) == 1
    assert browser.accepted == []
    assert NotificationChannel.objects.get().failed_at is None, "it is away, and not gone"


def test_a_lost_answer_repeats_the_same_notification(
    work: Work, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    browser.answers.append(HANG_UP)
    work()
    pass_minutes(work, 2)
    first, second = told(browser)
    assert first["topic"] == second["topic"]
    assert (inbox.messages, Mail.objects.count()) == ([], 1)


def test_each_kind_of_step_has_its_order(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    set_order(candidate=alice, order={"": [PUSH, EMAIL], "call": [EMAIL, PUSH]})
    stand(alice, "write", now=NOW, company="Dune")
    work()
    assert (len(browser.accepted), len(inbox.messages)) == (1, 1)
    assert "Anna Petrova" in str(inbox.messages[0]["Subject"])


def test_a_device_that_was_removed_gets_nothing_and_email_tells(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    """Also what waits already: in the ledger, or with a sender."""
    sweep(now=NOW)
    remove_device(device=PushDevice.objects.get())
    assert ledger() == (EMAIL, "waiting", "")
    work()
    assert (browser.accepted, len(inbox.messages)) == ([], 1)


def test_pausing_reminders_stops_notifications(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    sweep(now=NOW)
    alice.reminders_paused_at = NOW
    alice.save()
    change_settings(candidate=alice, now=NOW)
    work()
    assert (browser.accepted, inbox.messages) == ([], [])


def test_a_refused_address_leaves_notifications(
    work: Work, alice: Candidate, call: Interview, browser: Browser
) -> None:
    set_order(candidate=alice, order={"": [EMAIL, PUSH]})
    refuse_address(alice, now=NOW)
    work()
    assert len(browser.accepted) == 1


def test_without_channels_nothing_has_changed(
    work: Work, alice: Candidate, inbox: Inbox, push_service: PushService
) -> None:
    stand(alice, "call", now=NOW)
    work()
    assert ledger() == (EMAIL, "sent", "")
    assert len(inbox.messages) == 1
    assert push_service.connections == 0


def test_notifications_that_are_turned_on_again_come_first_again(
    work: Work, alice: Candidate, call: Interview, browser: Browser, push_service: PushService
) -> None:
    browser.answers.append(410)
    work()
    stand(alice, "write", now=NOW + MINUTE, company="Dune")
    sweep(now=NOW + MINUTE)
    again = subscribe(alice, push_service)
    work(now=NOW + 2 * MINUTE)
    assert len(again.accepted) == 1
    assert not NotificationChannel.objects.filter(failed_at__isnull=False).exists()


def test_what_is_revived_is_told_by_a_channel_that_can_be_used(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    """Cancelled, and reinstated once notifications have failed."""
    sweep(now=NOW)
    interviews.cancel_interview(interview=call, now=NOW)
    PushDevice.objects.all().delete()
    fail_channel(channel_id=NotificationChannel.objects.get().pk, error="410", now=NOW)
    interviews.reinstate_interview(interview=call, now=NOW)
    pass_minutes(work, 65)
    assert (browser.accepted, len(inbox.messages)) == ([], 1)


def test_a_pause_is_no_cause_to_follow(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    work()
    for paused_at in (NOW, None):
        alice.reminders_paused_at = paused_at
        alice.save()
        change_settings(candidate=alice, now=NOW)
        work(now=NOW + 2 * HOUR)
        assert (len(browser.accepted), inbox.messages) == (1, [])


def test_push_follows_an_email_that_nobody_takes_for_an_hour(
    work: Work, alice: Candidate, call: Interview, browser: Browser, settings: Settings
) -> None:
    set_order(candidate=alice, order={"": [EMAIL, PUSH]})
    settings.EMAIL_PORT = own_port()
    work()
    pass_minutes(work, 90)
    assert len(browser.accepted) == 1


def test_email_again_if_no_channel_is_left(
    work: Work, alice: Candidate, call: Interview, browser: Browser, inbox: Inbox
) -> None:
    """Email was away for an hour, and the device was removed before the notification went."""
    set_order(candidate=alice, order={"": [EMAIL, PUSH]})
    Reminder.objects.all().delete()
    sweep(now=NOW)
    pass_on(Reminder.objects.all(), now=NOW)
    remove_device(device=PushDevice.objects.get())
    work(now=NOW + MINUTE)
    assert (browser.accepted, len(inbox.messages)) == ([], 1)


def test_a_device_whose_session_was_ended_is_told_nothing(
    work: Work, alice: Candidate, browser: Browser, inbox: Inbox, push_service: PushService
) -> None:
    """A lost phone; the one that is still signed in renews itself at its next visit."""
    kept = subscribe(alice, push_service)
    alice.user.set_unusable_password()
    alice.user.save()
    add(alice, kept, now=NOW)
    stand(alice, "call", now=NOW)
    work()
    assert (browser.received, len(kept.accepted), inbox.messages) == ([], 1, [])
