"""Who is mailed about what: verified addresses, wanted steps, no pause."""

from datetime import timedelta

from allauth.account.models import EmailAddress

from interviews.models import Candidate, Interview, Mail, Reminder
from interviews.services import candidates, interviews
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.reminders.servers import Answering
from tests.support.people import make_contact
from tests.support.step_factories import stand

LATER = NOW + timedelta(minutes=30)


def test_an_unverified_address_gets_none_until_it_is_verified(
    promised: Interview, post: Send
) -> None:
    EmailAddress.objects.update(verified=False)
    assert post() == []
    assert not Mail.objects.exists()
    assert Reminder.objects.get().state == "waiting"
    EmailAddress.objects.update(verified=True)
    (message,) = post(now=LATER)
    assert message["To"] == "alice@example.org"


def test_the_mail_goes_to_the_primary_address(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    EmailAddress.objects.update(primary=False)
    EmailAddress.objects.create(
        user=alice.user, email="alice@home.example", verified=True, primary=True
    )
    (message,) = post()
    assert message["To"] == "alice@home.example"


def test_stopped_reminders_are_written_down_and_not_mailed(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    candidates.pause_reminders(candidate=alice, now=NOW - timedelta(days=1))
    assert post() == []
    assert Reminder.objects.get().state == "waiting"


def test_resumed_reminders_tell_what_still_stands(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    over = stand(alice, "write", now=NOW, company="Bolt")
    candidates.pause_reminders(candidate=alice, now=NOW - timedelta(days=1))
    post()
    make_contact(over, now=NOW, channel="email", outcome="sent")
    candidates.resume_reminders(candidate=alice)
    (message,) = post(now=LATER)
    assert message["Subject"] == "Call Anna Petrova (Acme) today"


def test_stopping_or_muting_between_two_tries_is_heard(
    alice: Candidate, promised: Interview, answering: Answering
) -> None:
    stand(alice, "write", now=NOW, company="Bolt")
    answering.answers = ["451 4.7.1 Later", "451 4.7.1 Later"]
    sweep(now=NOW)
    send_all(now=NOW)
    assert Mail.objects.get().state == "waiting"
    # Straight into the row: what a sender must see even where a claim was already made.
    Candidate.objects.update(muted_steps=["call"])
    send_all(now=LATER)
    assert "Bolt" in str(answering.seen[1])
    assert "Acme" not in str(answering.seen[1])
    Candidate.objects.update(reminders_paused_at=LATER)
    send_all(now=LATER + timedelta(hours=1))
    assert len(answering.seen) == 2
    assert Mail.objects.get().state == "settled"


def test_a_muted_kind_gets_none_and_the_others_go_out(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    stand(alice, "write", now=NOW, company="Bolt")
    alice.muted_steps = ["call"]
    candidates.change_settings(candidate=alice, now=NOW - timedelta(days=1))
    (message,) = post()
    assert message["Subject"].startswith("Write to Anna Petrova (Bolt) today")
    states = dict(Reminder.objects.values_list("step", "state"))
    assert states == {"call": "settled", "write": "sent"}


def test_a_kind_muted_after_it_came_due_is_not_mailed(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    EmailAddress.objects.update(verified=False)
    post()
    alice.muted_steps = ["call"]
    candidates.change_settings(candidate=alice, now=NOW)
    EmailAddress.objects.update(verified=True)
    assert post(now=LATER) == []
    assert Reminder.objects.get().state == "settled"


def test_a_snoozed_step_is_mailed_at_its_new_moment(
    alice: Candidate, promised: Interview, post: Send
) -> None:
    assert len(post()) == 1
    tuesday = NOW + timedelta(days=1)
    interviews.snooze_interview(interview=promised, until=tuesday, now=NOW)
    assert post(now=tuesday - timedelta(minutes=1)) == []
    (message,) = post(now=tuesday)
    assert message["Subject"].startswith("Call Anna Petrova (Acme) today")
    assert list(Reminder.objects.order_by("due_at").values_list("state", flat=True)) == [
        "sent",
        "sent",
    ]
