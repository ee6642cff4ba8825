"""Forwarded mails that wait for an answer hold reminders back, and are told of by one mail."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as chosen

from interviews.models import Candidate, Interview, Mail, MailProposal, Reminder
from interviews.services import candidates, mail_proposals
from interviews.services.mail_proposals import Answer, Status
from interviews.services.verify_steps import verify_all
from reminders.claim import claim_mails
from reminders.mail_proposals import tell_of_proposals
from reminders.sweep import sweep
from tests.reminders.conftest import Send
from tests.support import people
from tests.support.inbox import text_of

STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
# 10:00 in Berlin: the promised call has not come, so call.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"
    settings.BASE_URL = "https://hearback.example"


@pytest.fixture
def promised(alice: Candidate) -> Interview:
    ended = STARTS + HOUR
    interview = people.make_interview(alice, starts_at=STARTS, now=ended)
    people.make_agreement(interview, now=ended, due_on=date(2026, 11, 20))
    return interview


def dismiss(mail: MailProposal, *, now: datetime) -> None:
    mail_proposals.answer_proposal(proposal=mail, answer=Answer(Status.DISMISSED), now=now)


def test_an_open_proposal_holds_the_reminder_for_a_day(promised: Interview) -> None:
    came = MONDAY - HOUR
    people.make_mail_proposal(promised, now=came)
    assert sweep(now=MONDAY).reminded == 0
    assert list(verify_all(now=MONDAY)) == []
    assert sweep(now=came + DAY - timedelta(seconds=1)).reminded == 0
    assert sweep(now=came + DAY).reminded == 1
    assert Reminder.objects.get().step == "call"


def test_an_answer_ends_the_pause(promised: Interview) -> None:
    mail = people.make_mail_proposal(promised, now=MONDAY - HOUR)
    sweep(now=MONDAY)
    dismiss(mail, now=MONDAY)
    # It is on the screen, so its mail waits as after any other fact.
    assert sweep(now=MONDAY + chosen.REMINDER_GRACE - timedelta(seconds=1)).reminded == 0
    assert sweep(now=MONDAY + chosen.REMINDER_GRACE).reminded == 1


def test_the_day_is_counted_from_the_oldest(promised: Interview) -> None:
    came = MONDAY - HOUR
    oldest = people.make_mail_proposal(promised, now=came)
    for hours in (10, 20, 23):
        people.make_mail_proposal(promised, now=came + hours * HOUR)
    assert sweep(now=came + DAY - timedelta(seconds=1)).reminded == 0
    assert sweep(now=came + DAY).reminded == 1
    dismiss(oldest, now=came + DAY)  # what came later has a day of its own
    Reminder.objects.all().delete()
    assert sweep(now=came + DAY + 2 * HOUR).reminded == 0


def test_a_doubtful_sender_holds_nothing(promised: Interview) -> None:
    people.make_mail_proposal(promised, now=MONDAY - HOUR, is_doubtful=True)
    assert sweep(now=MONDAY).reminded == 1


@pytest.mark.parametrize("is_asking", [False, True])
def test_a_reminder_in_the_ledger_waits_too(
    promised: Interview, post: Send, *, is_asking: bool
) -> None:
    assert sweep(now=MONDAY).reminded == 1
    choices = [{"interview": str(promised.pk)}]
    about = {"interview": None, "choices": choices} if is_asking else {}
    mail = people.make_mail_proposal(promised, now=MONDAY, mailed_at=MONDAY, **about)
    assert post(now=MONDAY) == []
    assert post(now=MONDAY + DAY - timedelta(seconds=1)) == []
    assert list(verify_all(now=MONDAY + HOUR)) == []
    [sent] = post(now=MONDAY + DAY)
    assert "Anna Petrova" in text_of(sent)
    assert Reminder.objects.get().state == "sent"
    dismiss(mail, now=MONDAY + DAY)
    assert post(now=MONDAY + 2 * DAY) == []


def test_a_mail_that_was_tried_does_not_wait(promised: Interview, post: Send) -> None:
    """The first try may have arrived: held back, it would go out again as another mail."""
    sweep(now=MONDAY)
    [mail] = claim_mails(now=MONDAY)
    people.make_mail_proposal(promised, now=MONDAY, mailed_at=MONDAY)
    Mail.objects.filter(pk=mail.pk).update(tries=1)
    later = MONDAY + chosen.MAIL_LEASE
    [sent] = post(now=later)
    assert sent["Message-ID"] == mail.message_id


def test_an_answer_releases_a_reminder_of_the_ledger(promised: Interview, post: Send) -> None:
    sweep(now=MONDAY)
    mail = people.make_mail_proposal(promised, now=MONDAY, mailed_at=MONDAY)
    assert post(now=MONDAY) == []
    dismiss(mail, now=MONDAY + HOUR)
    assert len(post(now=MONDAY + HOUR + chosen.REMINDER_GRACE)) == 1


def test_a_proposal_about_one_of_two_holds_both(alice: Candidate, promised: Interview) -> None:
    choices = [{"interview": str(promised.pk)}]
    people.make_mail_proposal(promised, now=MONDAY - HOUR, interview=None, choices=choices)
    assert sweep(now=MONDAY).reminded == 0


def test_another_wait_is_reminded_of(alice: Candidate, promised: Interview) -> None:
    other = people.make_interview(alice, starts_at=MONDAY + 2 * DAY, now=STARTS, company="Bolt")
    people.make_mail_proposal(other, now=MONDAY - HOUR)
    assert sweep(now=MONDAY).reminded == 1


def test_what_does_not_assume_silence_is_reminded_of(alice: Candidate) -> None:
    ahead = people.make_interview(alice, starts_at=MONDAY + DAY, now=STARTS)
    people.make_mail_proposal(ahead, now=MONDAY - HOUR, kind="invitation")
    sweep(now=MONDAY)
    assert Reminder.objects.get().step == "prepare"


def test_the_reminder_after_a_day_points_to_the_mail(promised: Interview, post: Send) -> None:
    mail = people.make_mail_proposal(promised, now=MONDAY - HOUR, mailed_at=MONDAY)
    [sent] = post(now=MONDAY + DAY)
    assert "They may have answered. Look at their email on Today first." in text_of(sent)
    dismiss(mail, now=MONDAY + DAY)
    promised.refresh_from_db()
    Reminder.objects.update(state="waiting", mail=None, sent_at=None)
    [sent] = post(now=MONDAY + DAY)
    assert "They may have answered." not in text_of(sent)


def test_one_mail_tells_of_several_once(promised: Interview) -> None:
    came = MONDAY - HOUR
    people.make_mail_proposal(promised, now=came, kind="question", excerpt="Are you free?")
    people.make_mail_proposal(promised, now=came, interview=None, sender_name="Zeta AG")
    assert tell_of_proposals(now=came + timedelta(minutes=59)) == 0
    assert tell_of_proposals(now=MONDAY) == 1
    assert tell_of_proposals(now=MONDAY) == 0
    mail = Mail.objects.get()
    assert (mail.kind, mail.recipient) == ("inbound", "alice@example.org")
    assert mail.subject == "Look at the email from Acme, and 1 more"
    assert "Acme wrote today: a question for you.\n“Are you free?”" in mail.text
    assert "Zeta AG wrote today: a rejection." in mail.text
    assert "https://hearback.example/today/" in mail.text


def test_it_waits_for_a_contact_moment(promised: Interview) -> None:
    evening = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # a Friday
    people.make_mail_proposal(promised, now=evening)
    assert tell_of_proposals(now=evening + 2 * HOUR) == 0
    assert tell_of_proposals(now=evening + DAY) == 0  # a Saturday
    assert tell_of_proposals(now=MONDAY) == 1


def test_nothing_is_told_while_reminders_are_paused(alice: Candidate, promised: Interview) -> None:
    people.make_mail_proposal(promised, now=MONDAY - HOUR)
    candidates.pause_reminders(candidate=alice, now=MONDAY)
    assert tell_of_proposals(now=MONDAY) == 0
    candidates.resume_reminders(candidate=alice)
    people.refuse_address(alice, now=MONDAY)
    assert tell_of_proposals(now=MONDAY) == 0
    assert not Mail.objects.exists()


def test_nothing_is_told_of_what_was_answered(promised: Interview) -> None:
    people.make_mail_proposal(promised, now=MONDAY - HOUR, kind="confirmation_code")
    dismiss(people.make_mail_proposal(promised, now=MONDAY - HOUR), now=MONDAY)
    assert tell_of_proposals(now=MONDAY) == 0


def test_a_discreet_subject_names_nobody(alice: Candidate, promised: Interview) -> None:
    alice.has_discreet_subjects = True
    alice.save()
    people.make_mail_proposal(promised, now=MONDAY - HOUR)
    tell_of_proposals(now=MONDAY)
    assert Mail.objects.get().subject == "Hearback: 1 email to look at"
