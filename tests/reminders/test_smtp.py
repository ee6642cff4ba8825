"""A mail that meets problems: retried, missed, taken over, set aside."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from interviews.models import Candidate, Fault, Interview, Mail, Reminder
from interviews.services import interviews
from interviews.services.reminders import missed_reminders, retry_reminder
from reminders import claim, lease
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.reminders.servers import HANG_UP, Answering
from tests.support.people import make_contact
from tests.support.ports import own_port
from tests.support.step_factories import stand

GREYLISTED = "451 4.7.1 Greylisted, try again later"
MINUTE = timedelta(minutes=1)


def states() -> tuple[list[str], list[str]]:
    """Of the mails and of the reminders."""
    mails = Mail.objects.order_by("created_at", "pk").values_list("state", flat=True)
    reminders = Reminder.objects.order_by("pk").values_list("state", flat=True)
    return list(mails), list(reminders)


def message_ids(server: Answering) -> set[str]:
    return {str(each["Message-ID"]) for each in server.seen if isinstance(each, EmailMessage)}


REFUSED = "554 5.7.1 Relaying denied"


def one_claimed(*, now: datetime) -> Mail:
    (mail,) = claim.claim_mails(now=now)
    return mail


@pytest.mark.parametrize("answer", [GREYLISTED, REFUSED, HANG_UP])
def test_a_failed_try_is_repeated_after_growing_pauses(
    promised: Interview, answering: Answering, settings: Settings, answer: str
) -> None:
    settings.MAIL_RETRY_SECONDS = [60, 600]
    answering.answers = [answer, answer]
    sweep(now=NOW)
    send_all(now=NOW)
    mail = Mail.objects.get()
    assert states() == (["waiting"], ["waiting"])
    assert (mail.tries, mail.failures) == (1, 1)
    assert NOW + MINUTE <= mail.try_at < NOW + 1.1 * MINUTE
    assert mail.error
    assert Reminder.objects.get().error == mail.error
    assert send_all(now=NOW + 0.9 * MINUTE) == 0
    send_all(now=NOW + 1.1 * MINUTE)
    mail.refresh_from_db()
    assert (mail.tries, mail.failures) == (2, 2)
    assert NOW + 11.1 * MINUTE <= mail.try_at < NOW + 11.5 * MINUTE
    send_all(now=NOW + 11.5 * MINUTE)
    assert states() == (["sent"], ["sent"])
    assert len(answering.seen) == 3
    assert message_ids(answering) == {mail.message_id}
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert mail.error == ""
    assert NOW + 11.5 * MINUTE < mail.sent_at < NOW + 12 * MINUTE
    assert Reminder.objects.get().error == ""


def test_a_server_that_is_away_is_a_failed_try(promised: Interview, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", own_port()
    sweep(now=NOW)
    send_all(now=NOW)
    assert states() == (["waiting"], ["waiting"])
    assert "ConnectionRefused" in Mail.objects.get().error


def test_after_the_last_try_it_is_missed_and_listed(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_RETRY_SECONDS, settings.MAIL_GIVE_UP = [60], MINUTE
    answering.answers = [GREYLISTED, GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    assert not missed_reminders(alice).exists()
    send_all(now=NOW + 1.1 * MINUTE)
    assert states() == (["missed"], ["missed"])
    assert [each.interview for each in missed_reminders(alice)] == [promised]
    assert "Greylisted" in missed_reminders(alice)[0].error
    assert send_all(now=NOW + timedelta(days=7)) == 0


def test_what_was_missed_is_listed_only_while_its_step_stands(
    alice: Candidate, promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = timedelta(0)
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    assert missed_reminders(alice).count() == 1
    make_contact(promised, now=NOW + MINUTE)
    assert not missed_reminders(alice).exists()
    # Settled and missed is still missed: the ledger says what happened.
    assert states() == (["missed"], ["missed"])


def test_an_operator_has_a_missed_reminder_tried_again(
    promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = timedelta(0)
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    later = NOW + timedelta(hours=1)
    assert retry_reminder(reminder=Reminder.objects.get())
    send_all(now=later)
    # A new mail: the old one was given up for good.
    assert states() == (["missed", "sent"], ["sent"])
    assert not retry_reminder(reminder=Reminder.objects.get())


def test_a_reminder_whose_step_is_settled_is_not_tried_again(
    promised: Interview, answering: Answering, settings: Settings
) -> None:
    settings.MAIL_GIVE_UP = timedelta(0)
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    make_contact(promised, now=NOW + MINUTE)
    assert not retry_reminder(reminder=Reminder.objects.get())


def test_a_code_that_could_not_be_sent_is_given_up_soon_and_forgotten(
    alice: Candidate, answering: Answering, settings: Settings
) -> None:
    settings.ACCOUNT_MAIL_RETRY_SECONDS, settings.ACCOUNT_MAIL_GIVE_UP = [10], MINUTE
    answering.answers = [GREYLISTED, GREYLISTED]
    mail = Mail.objects.create(
        kind="account",
        recipient="alice@example.org",
        message_id="<one@hearback.example>",
        subject="Your code",
        text="A1B2",
        try_at=NOW,
        created_at=NOW,
    )
    send_all(now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.text) == ("waiting", "A1B2")
    send_all(now=NOW + 1.1 * MINUTE)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.tries) == ("missed", "", 2)


def test_what_was_settled_before_the_send_is_not_sent(promised: Interview, post: Send) -> None:
    sweep(now=NOW)
    make_contact(promised, now=NOW)
    assert post() == []
    assert states() == ([], ["settled"])


def test_what_is_settled_between_claim_and_retry_is_dropped(
    alice: Candidate, promised: Interview, answering: Answering
) -> None:
    stand(alice, "write", now=NOW, company="Bolt")
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    first = str(answering.seen[0])
    assert "Bolt" in first
    assert "Acme" in first
    make_contact(promised, now=NOW + MINUTE)
    send_all(now=NOW + 2 * MINUTE)
    again = answering.seen[1]
    assert isinstance(again, EmailMessage)
    assert again["Subject"].startswith("Write to Anna Petrova (Bolt) today")
    assert "Acme" not in str(again)
    assert len(message_ids(answering)) == 1
    by_interview = dict(Reminder.objects.values_list("interview__vacancy__company__name", "state"))
    assert by_interview == {"Acme": "settled", "Bolt": "sent"}


def test_a_mail_with_nothing_left_to_say_is_settled(
    promised: Interview, answering: Answering
) -> None:
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    make_contact(promised, now=NOW + MINUTE)
    assert send_all(now=NOW + 2 * MINUTE) == 1
    assert states() == (["settled"], ["settled"])
    assert len(answering.seen) == 1


def test_cancelling_between_claim_and_send_is_seen_too(promised: Interview, post: Send) -> None:
    sweep(now=NOW)
    one_claimed(now=NOW)
    interviews.cancel_interview(interview=promised, now=NOW)
    assert post(now=NOW + timedelta(hours=1)) == []
    assert states() == (["settled"], ["settled"])


def test_what_comes_due_later_goes_into_another_mail(
    alice: Candidate, promised: Interview, answering: Answering
) -> None:
    """The members of a mail are fixed at its first try."""
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    # Recorded now, a week late: on the screen at once, and mailed an hour later.
    stand(alice, "write", now=NOW, company="Bolt")
    later = NOW + timedelta(hours=2)
    sweep(now=later)
    send_all(now=later)
    assert states() == (["sent", "sent"], ["sent", "sent"])
    assert Mail.objects.filter(reminders__isnull=False).distinct().count() == 2


def test_a_dead_senders_mail_is_taken_over_when_its_lease_runs_out(
    promised: Interview, post: Send, settings: Settings
) -> None:
    sweep(now=NOW)
    dead = one_claimed(now=NOW)
    before = NOW + settings.MAIL_LEASE - timedelta(seconds=1)
    assert claim.claim_mails(now=before) == []
    (message,) = post(now=NOW + settings.MAIL_LEASE)
    assert message["Message-ID"] == dead.message_id
    assert states() == (["sent"], ["sent"])


def test_who_lost_the_lease_sends_nothing_and_changes_nothing(
    promised: Interview, settings: Settings
) -> None:
    sweep(now=NOW)
    slow = one_claimed(now=NOW)
    later = NOW + settings.MAIL_LEASE
    quick = one_claimed(now=later)
    assert slow.pk == quick.pk
    assert not lease.renew(slow, now=later, reminders=1)
    lease.put_back(slow, "too late", Fault.AWAY, now=later, ran_for=timedelta(0))
    lease.quarantine_mail(slow, "too late", now=later)
    lease.settle(slow)
    mail = Mail.objects.get()
    assert (mail.state, mail.lease_id, mail.error) == ("leased", quick.lease_id, "")
    assert Reminder.objects.get().state == "leased"
    assert lease.renew(quick, now=later, reminders=1)


def test_who_wakes_after_its_lease_still_marks_what_the_server_took(
    promised: Interview, post: Send, settings: Settings
) -> None:
    """Else the one that took it over would send it again."""
    sweep(now=NOW)
    slow = one_claimed(now=NOW)
    assert lease.renew(slow, now=NOW, reminders=1)
    later = NOW + settings.MAIL_LEASE
    quick = one_claimed(now=later)
    lease.mark_sent(slow, list(Reminder.objects.all()), now=later)
    assert not lease.renew(quick, now=later, reminders=1)
    lease.settle(quick)
    assert states() == (["sent"], ["sent"])
    assert post(now=later + settings.MAIL_LEASE) == []


def test_a_mail_that_cannot_be_written_is_quarantined_and_the_others_go_on(
    alice: Candidate, charlie: Candidate, promised: Interview, post: Send
) -> None:
    stand(charlie, "call", now=NOW, company="Dune")
    later = NOW + timedelta(hours=6)  # morning in New York too
    sweep(now=later)
    # A row that no service could have written: a day that is none.
    reason = Interview.objects.get(pk=promised.pk).step_reason
    Interview.objects.filter(pk=promised.pk).update(step_reason={"promised_on": "no such day"})
    messages = post(now=later)
    assert [str(each["To"]) for each in messages] == ["charlie@example.org"]
    aside = Mail.objects.get(recipient="alice@example.org")
    assert aside.state == "set_aside"
    assert "no such day" in aside.error
    reminder = Reminder.objects.get(candidate=alice)
    assert (reminder.state, reminder.error) == ("set_aside", aside.error)
    Interview.objects.filter(pk=promised.pk).update(step_reason=reason)
    assert retry_reminder(reminder=reminder)
    assert [str(each["To"]) for each in post(now=later)] == ["alice@example.org"]


def test_one_connection_carries_many_mails(
    alice: Candidate, charlie: Candidate, answering: Answering
) -> None:
    later = NOW + timedelta(hours=6)
    for candidate in (alice, charlie):
        stand(candidate, "call", now=NOW)
    answering.answers = [GREYLISTED, "250 kept"]
    sweep(now=later)
    send_all(now=later)
    assert len(answering.seen) == 2
    assert len(set(answering.connections)) == 1  # a refusal ends a mail, not the connection
    send_all(now=later + 2 * MINUTE)
    assert len(answering.seen) == 3


def test_a_connection_that_was_lost_is_made_again(
    alice: Candidate, charlie: Candidate, answering: Answering
) -> None:
    later = NOW + timedelta(hours=6)
    for candidate in (alice, charlie):
        stand(candidate, "call", now=NOW)
    answering.answers = [HANG_UP, "250 kept"]
    sweep(now=later)
    send_all(now=later)
    assert len(set(answering.connections)) == 2
    assert sorted(states()[0]) == ["sent", "waiting"]


def test_a_step_that_expired_before_the_next_try_is_not_told(
    alice: Candidate, answering: Answering
) -> None:
    """No sweep has seen it yet: nobody is told to prepare for an interview that is over."""
    stand(alice, "prepare", now=NOW)
    answering.answers = [GREYLISTED]
    sweep(now=NOW)
    send_all(now=NOW)
    assert len(answering.seen) == 1
    send_all(now=NOW + timedelta(hours=7))
    assert len(answering.seen) == 1
    assert states() == (["settled"], ["settled"])


def code_for(recipient: str) -> Mail:
    return Mail.objects.create(
        kind="account",
        recipient=recipient,
        message_id=f"<{Mail.objects.count()}@hearback.example>",
        subject="Your code",
        text="A1B2",
        try_at=NOW,
        created_at=NOW,
    )


# What no form takes any more, and may have been queued before: nothing that SMTP can carry.
UNSENDABLE = ["anna.\u0131@example.org", "anna\u017f@example.org", f"anna@{'a' * 64}.example"]


@pytest.mark.parametrize("poison", UNSENDABLE)
def test_a_mail_that_smtp_cannot_carry_is_quarantined_and_the_others_go_on(
    alice: Candidate, answering: Answering, caplog: pytest.LogCaptureFixture, poison: str
) -> None:
    codes = [code_for(each) for each in ("ben@example.org", poison, "cleo@example.org")]
    send_all(now=NOW)
    for each in codes:
        each.refresh_from_db()
    assert [each.state for each in codes] == ["sent", "set_aside", "sent"]
    assert "Error" in codes[1].error
    assert codes[1].text == ""
    assert len(answering.seen) == 2
    assert poison not in caplog.text
    assert "cannot be sent" in caplog.text


def test_a_mail_that_keeps_the_batch_from_being_read_is_quarantined_too(
    alice: Candidate, promised: Interview, answering: Answering
) -> None:
    """A zone that the system's next update no longer knows."""
    sweep(now=NOW)
    Candidate.objects.update(timezone="Mars/Olympus")
    code_for("ben@example.org")
    send_all(now=NOW)
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["sent", "set_aside"]
