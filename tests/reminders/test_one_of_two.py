"""Two reminders of one mail: a problem of one does not affect the other."""

from datetime import date, timedelta

from interviews.models import Candidate, Interview, Mail, Reminder
from interviews.services import interviews
from interviews.services.reminders import retry_reminder
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send
from tests.support.people import make_contact
from tests.support.step_factories import stand


def test_one_that_cannot_be_written_is_quarantined_alone(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    sound = stand(alice, "write", now=NOW, company="Bolt")
    sweep(now=NOW)
    # A row that no service could have written: a day that is none.
    broken = Interview.objects.filter(pk=promised.pk)
    reason = broken.get().step_reason
    broken.update(step_reason={"promised_on": "no such day"})
    (message,) = post()
    assert message["Subject"].startswith("Write to Anna Petrova (Bolt) today")
    assert "Acme" not in str(message)
    assert Mail.objects.get().state == "sent"
    assert Reminder.objects.get(interview=sound).state == "sent"
    aside = Reminder.objects.get(interview=promised)
    assert (aside.state, aside.sent_at) == ("set_aside", None)
    assert "no such day" in aside.error
    broken.update(step_reason=reason)
    assert retry_reminder(reminder=aside)
    (message,) = post(now=NOW + timedelta(minutes=1))
    assert "Acme" in message["Subject"]


def test_one_put_off_and_taken_up_again_by_a_letter_is_told(
    promised: Interview, post: Send
) -> None:
    """Papers sent are no answer: the snooze is over, and the unsent reminder stands again."""
    sweep(now=NOW)
    until = NOW + timedelta(days=1)
    interviews.snooze_interview(interview=promised, until=until, now=NOW)
    assert Reminder.objects.get().state == "settled"
    papers = {"channel": "email", "outcome": "sent", "purpose": "other"}
    make_contact(promised, now=NOW + timedelta(minutes=5), **papers)
    promised.refresh_from_db()
    assert (promised.step, promised.step_due_at, promised.snoozed_until) == ("call", NOW, None)
    (message,) = post(now=NOW + timedelta(hours=2))
    assert message["Subject"].startswith("Call Anna Petrova (Acme) today")
    assert Reminder.objects.get().state == "sent"
    assert promised.agreements.get().due_on == date(2026, 11, 20)
