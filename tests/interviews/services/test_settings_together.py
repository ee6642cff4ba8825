"""Simultaneous settings, pauses and senders: none undoes another's change."""

from datetime import timedelta

from pytest_django import Settings

from interviews.models import Candidate, Interview, Reminder
from interviews.services import candidates
from reminders import claim, lease
from reminders.mail_reminders import open_reminders
from reminders.sweep import sweep
from tests.reminders.conftest import NOW
from tests.support.step_factories import stand


def test_settings_opened_before_a_pause_do_not_undo_it(alice: Candidate) -> None:
    opened = Candidate.objects.get(pk=alice.pk)
    candidates.pause_reminders(candidate=alice, now=NOW)
    opened.counting = "working"
    candidates.change_settings(candidate=opened, now=NOW)
    stored = Candidate.objects.get(pk=alice.pk)
    assert (stored.counting, stored.reminders_paused_at) == ("working", NOW)


def test_settings_opened_in_a_pause_do_not_bring_it_back(alice: Candidate) -> None:
    candidates.pause_reminders(candidate=alice, now=NOW)
    opened = Candidate.objects.get(pk=alice.pk)
    candidates.resume_reminders(candidate=alice)
    candidates.change_settings(candidate=opened, now=NOW)
    assert Candidate.objects.get(pk=alice.pk).reminders_paused_at is None


def claimed(candidate: Candidate) -> lease.Mail:
    """A mail in a sender's hands, whose candidate has stopped reminders since."""
    stand(candidate, "call", now=NOW)
    sweep(now=NOW)
    (mail,) = claim.claim_mails(now=NOW)
    candidates.pause_reminders(candidate=candidate, now=NOW)
    return mail


def test_resuming_after_a_sender_dropped_it_mails_it(alice: Candidate) -> None:
    mail = claimed(alice)
    assert open_reminders(mail, now=NOW) == []
    lease.settle(mail)
    assert Reminder.objects.get().state == "settled"
    candidates.resume_reminders(candidate=alice)
    assert Reminder.objects.unmailed().count() == 1


def test_resuming_between_a_senders_drop_and_its_end_mails_it(alice: Candidate) -> None:
    mail = claimed(alice)
    assert open_reminders(mail, now=NOW) == []
    candidates.resume_reminders(candidate=alice)
    lease.settle(mail)
    (again,) = claim.claim_mails(now=NOW)
    assert again.pk != mail.pk
    assert len(open_reminders(again, now=NOW)) == 1


def test_resuming_while_a_sender_holds_it_lets_that_sender_mail_it(alice: Candidate) -> None:
    mail = claimed(alice)
    candidates.resume_reminders(candidate=alice)
    assert len(open_reminders(mail, now=NOW)) == 1


def test_unmuting_while_a_sender_holds_it_loses_nothing(
    alice: Candidate, settings: Settings
) -> None:
    mail = claimed(alice)
    alice.muted_steps = ["call"]
    candidates.change_settings(candidate=alice, now=NOW)
    candidates.resume_reminders(candidate=alice)
    assert open_reminders(mail, now=NOW) == []
    alice.muted_steps = []
    candidates.change_settings(candidate=alice, now=NOW + timedelta(minutes=1))
    assert Reminder.objects.unmailed().count() == 1
    assert Interview.objects.get().step == "call"
