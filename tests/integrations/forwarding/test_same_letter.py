"""The same letter, forwarded once more in whatever way, and letters of one template."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from interviews.models import Candidate, Interview, MailProposal
from interviews.services.mail_proposals import Answer, answer_proposal
from tests.integrations.forwarding.conftest import NO_LETTER, NOW, keep, letter, read
from tests.support.people import make_interview, make_result

pytestmark = pytest.mark.usefixtures("address")
SECOND = timedelta(seconds=1)


def by_hand(text: str) -> bytes:
    """The same letter, forwarded by hand from Gmail."""
    head = (
        "---------- Forwarded message ---------\nFrom: Anna Petrova <anna@acme.test>\n"
        "Date: Mon, Nov 23, 2026 at 9:30 AM\nSubject: Your application\n"
        "To: <alice@example.org>\n\n\n"
    )
    own = {"From": "Alice <alice@example.org>", "Subject": "Fwd: Your application"}
    dated = {"Date": "Mon, 23 Nov 2026 10:00:00 +0100", "Message-ID": "<fwd@example.org>"}
    raw = letter("x", **own, **dated)
    body = f"{head}Dear Alice,\n\n{text}\n\nKind regards\nAnna Petrova\n"
    return raw.replace(b"Dear Alice,\n\nx\n\nKind regards\nAnna Petrova\n", body.encode())


def attached(inner: bytes) -> bytes:
    """Forwarded by hand as an attachment, which keeps the letter's Message-ID."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Alice <alice@example.org>", "x@in.example"
    mail["Subject"], mail["Message-ID"] = "Fwd: Your application", "<att@example.org>"
    mail["Date"] = "Mon, 23 Nov 2026 10:30:00 +0100"
    mail.set_content("See below.")
    mail.add_attachment(message_from_bytes(inner, policy=policy.default))
    return mail.as_bytes()


def test_forwarded_again_it_is_the_same(alice: Candidate, waiting: Interview) -> None:
    keep(alice, letter())
    again = keep(alice, letter(X_Forwarded_For="alice@example.org"), now=NOW + timedelta(hours=1))
    read(now=NOW + timedelta(hours=1))
    last = keep(alice, by_hand(NO_LETTER), now=NOW + timedelta(hours=2))
    read(now=NOW + timedelta(hours=2))
    assert MailProposal.objects.count() == 1
    for mail in (again, last):
        mail.refresh_from_db()
        assert (mail.kind, bytes(mail.raw)) == ("rejection", b"")


def dismiss(*, now: datetime) -> None:
    answer = Answer(MailProposal.Status.DISMISSED)
    answer_proposal(proposal=MailProposal.objects.get(), answer=answer, now=now)


@pytest.mark.parametrize("first", [letter(), by_hand(NO_LETTER)], ids=["filter", "hand"])
def test_dismissed_and_forwarded_by_hand_it_is_proposed_again(
    alice: Candidate, waiting: Interview, first: bytes
) -> None:
    keep(alice, first)
    read()
    MailProposal.objects.update(mailed_at=NOW)
    dismiss(now=NOW + SECOND)
    by_filter = letter(X_Forwarded_For="alice@example.org")
    keep(alice, by_filter, now=NOW + 2 * SECOND)
    read(now=NOW + 2 * SECOND)
    assert not MailProposal.objects.open().exists()  # a filter forwards without being asked
    again = keep(alice, by_hand(NO_LETTER) + b"\n", now=NOW + 3 * SECOND)
    read(now=NOW + 3 * SECOND)
    proposal = MailProposal.objects.get()
    assert (proposal.is_open, proposal.answered_at, proposal.mailed_at) == (True, None, None)
    assert (proposal.mail, proposal.interview) == (again, waiting)
    assert bytes(again.raw) == by_hand(NO_LETTER) + b"\n"


def test_forwarded_by_hand_before_it_was_dismissed(alice: Candidate, waiting: Interview) -> None:
    keep(alice, letter())
    read()
    keep(alice, by_hand(NO_LETTER))
    dismiss(now=NOW + SECOND)
    read(now=NOW + 2 * SECOND)
    assert not MailProposal.objects.open().exists()


def test_a_template_for_two_positions(alice: Candidate, waiting: Interview) -> None:
    """Sent in the same second: the Message-IDs tell them apart."""
    make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, title="Controller")
    keep(alice, letter())
    keep(alice, letter(Message_ID="<two@acme.test>"))
    keep(alice, letter(Message_ID="<two@acme.test>", X_Forwarded_For="alice@example.org"))
    keep(alice, by_hand(NO_LETTER))
    read()
    found = MailProposal.objects.values_list("details__letter", flat=True)
    assert sorted(found) == ["one@acme.test", "two@acme.test"]


def test_a_dismissed_one_of_two_in_a_second_is_proposed_again(
    alice: Candidate, waiting: Interview
) -> None:
    make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, title="Controller")
    keep(alice, letter())
    keep(alice, letter(Message_ID="<two@acme.test>"))
    read()
    second = MailProposal.objects.get(details__letter="two@acme.test")
    answer = Answer(MailProposal.Status.DISMISSED)
    answer_proposal(proposal=second, answer=answer, now=NOW + SECOND)
    keep(alice, attached(letter(Message_ID="<two@acme.test>")), now=NOW + 2 * SECOND)
    read(now=NOW + 2 * SECOND)
    again = MailProposal.objects.get(pk=second.pk)
    assert (again.is_open, again.written_at) == (True, second.written_at)
    assert MailProposal.objects.count() == 2


def test_the_same_words_about_another_position(alice: Candidate, waiting: Interview) -> None:
    ben = (("Ben", "peer"),)
    other = make_interview(alice, starts_at=NOW, now=NOW, company="Bolt", people=ben)
    keep(alice, by_hand(NO_LETTER))
    read()
    MailProposal.objects.update(interview=other)
    keep(alice, by_hand(NO_LETTER).replace(b"<fwd@", b"<again@"))
    read()
    assert {each.interview for each in MailProposal.objects.all()} == {other, waiting}


def test_an_answer_is_no_answer_of_the_position_that_is_left(
    alice: Candidate, waiting: Interview
) -> None:
    """The same letter again, when the wait that it answered is over."""
    keep(alice, by_hand(NO_LETTER))
    read()
    other = make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, title="Controller")
    make_result(waiting, now=NOW)
    keep(alice, by_hand(NO_LETTER).replace(b"<fwd@", b"<again@"))
    read()
    assert MailProposal.objects.get().interview == waiting != other


def test_the_same_words_a_month_later_are_another(alice: Candidate, waiting: Interview) -> None:
    keep(alice, letter())
    keep(alice, letter(Date="Mon, 28 Dec 2026 09:30:00 +0100"))
    read()
    assert MailProposal.objects.count() == 2
