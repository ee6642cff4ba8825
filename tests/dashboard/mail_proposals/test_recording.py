"""What each kind of mail records by one tap, and how it is undone."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Candidate, Contact, Interview, MailProposal, Result, Vacancy
from interviews.services import vacancies
from tests.dashboard.mail_proposals.tapping import propose, say, tap, undo
from tests.support import people


def recorded(mail: MailProposal) -> MailProposal:
    mail.refresh_from_db()
    assert mail.status == "recorded"
    return mail


def test_a_rejection(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = people.make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    before = interview.step
    written = now - timedelta(days=2)
    mail = propose(interview, now=now, written_at=written)
    response = tap(as_alice, mail, follow=True)
    assert response.redirect_chain[-1][0] == f"/interviews/{interview.pk}/result/next/"
    assert "Record what was missing" in response.content.decode()
    result = Result.objects.get()
    assert (result.kind, result.via, result.known_at) == ("refusal", "email", written)
    assert recorded(mail).result == result

    undo(as_alice, response)
    assert not Result.objects.exists()
    mail.refresh_from_db()
    assert mail.is_open
    interview.refresh_from_db()
    assert interview.step == before


def test_an_offer(as_alice: Client, interview: Interview, now: datetime) -> None:
    by = (now + timedelta(days=5)).date()
    mail = propose(interview, now=now, kind="offer", by_when=by)
    response = tap(as_alice, mail, follow=True)
    assert response.redirect_chain[-1][0] == f"/interviews/{interview.pk}/offer/"
    result = Result.objects.get()
    assert (result.kind, result.offer_answer, result.offer_answer_by_on) == ("offer", "open", by)
    undo(as_alice, response)
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("kind", "direction", "purpose", "outcome"),
    [
        ("receipt", "in", "other", "reached"),
        ("question", "in", "other", "reached"),
        ("not_yet", "in", "follow_up", "reached"),
        ("next_stage", "in", "follow_up", "reached"),
        ("cancelled", "in", "follow_up", "reached"),
        ("own_letter", "out", "follow_up", "sent"),
    ],
)
def test_news_that_leave_it_open(
    as_alice: Client,
    alice: Candidate,
    now: datetime,
    kind: str,
    direction: str,
    purpose: str,
    outcome: str,
) -> None:
    interview = people.make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    before = interview.step
    mail = propose(interview, now=now, kind=kind, written_at=now - timedelta(hours=3))
    response = tap(as_alice, mail, follow=True)
    assert "saved." in response.content.decode()
    contact = Contact.objects.get()
    assert (contact.direction, contact.purpose, contact.outcome) == (direction, purpose, outcome)
    assert (contact.channel, contact.at) == ("email", mail.written_at)
    assert recorded(mail).contact == contact
    undo(as_alice, response)
    interview.refresh_from_db()
    assert interview.step == before
    assert not Contact.objects.exists()


def test_the_contact_is_with_the_sender(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    anna = interview.interlocutors.get()
    anna.email = "Anna@acme.example"
    anna.save()
    tap(as_alice, propose(interview, now=now, kind="question"))
    assert Contact.objects.get().person == anna


def test_a_letter_of_the_first_days_is_a_thank_you(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    tap(as_alice, propose(interview, now=now, kind="own_letter"))
    assert Contact.objects.get().purpose == "thanks"


def test_a_new_day_is_what_was_agreed_last(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    day = (now + timedelta(days=6)).date()
    response = tap(as_alice, propose(interview, now=now, kind="not_yet", by_when=day), follow=True)
    agreement = interview.agreements.get()
    assert (agreement.due_on, agreement.channel) == (day, "email")
    assert agreement.contact == Contact.objects.get()
    undo(as_alice, response)
    assert not interview.agreements.exists()


def test_a_day_that_has_passed_is_no_agreement(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    tap(as_alice, propose(interview, now=now, kind="not_yet", by_when=date(2020, 1, 2)))
    assert Contact.objects.count() == 1
    assert not interview.agreements.exists()


def test_an_invitation_with_one_time(as_alice: Client, interview: Interview, now: datetime) -> None:
    starts_at = (now + timedelta(days=4)).replace(microsecond=0)
    mail = propose(interview, now=now, kind="invitation", dates=[starts_at])
    response = tap(as_alice, mail, follow=True)
    added = Interview.objects.exclude(pk=interview.pk).get()
    assert response.redirect_chain[-1][0] == f"/interviews/{added.pk}/"
    assert (added.continues, added.starts_at, added.stage) == (interview, starts_at, "second")
    assert list(added.interlocutors.all()) == list(interview.interlocutors.all())
    assert Result.objects.get().kind == "next_stage"
    assert recorded(mail).recorded_interview == added

    undone = undo(as_alice, response, page=f"/interviews/{added.pk}/")
    assert undone.redirect_chain[-1][0] == "/today/"  # the page with Undo is gone
    assert Interview.objects.get() == interview
    assert not Result.objects.exists()


def test_an_invitation_is_not_undone_once_it_has_facts(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now, kind="invitation", dates=[now + timedelta(days=4)])
    response = tap(as_alice, mail, follow=True)
    added = Interview.objects.exclude(pk=interview.pk).get()
    people.make_interview(
        interview.candidate, starts_at=now + timedelta(days=9), now=now, continues=added
    )
    assert "nothing left to undo" in undo(as_alice, response).content.decode()
    mail.refresh_from_db()
    assert not mail.is_open


def test_an_invitation_to_a_known_time_adds_nothing(
    as_alice: Client, ahead: Interview, now: datetime
) -> None:
    mail = propose(ahead, now=now, kind="invitation", dates=[ahead.starts_at])
    assert "already in your list" in tap(as_alice, mail, follow=True).content.decode()
    assert Interview.objects.count() == 1
    recorded(mail)


def test_a_new_time(as_alice: Client, ahead: Interview, now: datetime) -> None:
    was, starts_at = ahead.starts_at, (now + timedelta(days=5)).replace(microsecond=0)
    mail = propose(ahead, now=now, kind="moved", dates=[starts_at])
    response = tap(as_alice, mail, follow=True)
    ahead.refresh_from_db()
    assert (ahead.starts_at, ahead.moved_from_at) == (starts_at, was)
    undo(as_alice, response)
    ahead.refresh_from_db()
    assert (ahead.starts_at, ahead.moved_from_at) == (was, None)


def test_a_cancellation(as_alice: Client, ahead: Interview, now: datetime) -> None:
    response = tap(as_alice, propose(ahead, now=now, kind="cancelled"), follow=True)
    ahead.refresh_from_db()
    assert ahead.is_cancelled
    undo(as_alice, response)
    ahead.refresh_from_db()
    assert not ahead.is_cancelled


def test_a_rejection_before_the_interview_cancels_it(
    as_alice: Client, ahead: Interview, now: datetime
) -> None:
    response = tap(as_alice, propose(ahead, now=now), follow=True)
    ahead.refresh_from_db()
    assert ahead.is_cancelled
    assert Vacancy.objects.get().closing_reason == "refused"
    assert not Result.objects.exists()
    undo(as_alice, response)
    ahead.refresh_from_db()
    assert not ahead.is_cancelled
    assert Vacancy.objects.get().closing_reason == ""


def test_a_rejection_between_two_stages_answers_the_first(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    second = people.make_interview(
        interview.candidate, starts_at=now + timedelta(days=3), now=now, continues=interview
    )
    response = tap(as_alice, propose(second, now=now), follow=True)
    second.refresh_from_db()
    assert second.is_cancelled
    assert Result.objects.get().kind == "refusal"
    undo(as_alice, response)
    second.refresh_from_db()
    assert not second.is_cancelled
    assert Result.objects.get().kind == "next_stage"


@pytest.mark.parametrize("kind", ["receipt", "question", "not_yet", "next_stage", "own_letter"])
def test_news_before_the_interview_are_marked_as_read(
    as_alice: Client, ahead: Interview, now: datetime, kind: str
) -> None:
    mail = propose(ahead, now=now, kind=kind)
    tap(as_alice, mail)
    recorded(mail)
    assert not Contact.objects.exists()


def test_why_a_position_was_closed_stays(as_alice: Client, alice: Candidate, now: datetime) -> None:
    position = people.make_position(alice, now=now)
    day = (now - timedelta(days=3)).date()
    vacancies.close_position(vacancy=position, reason="withdrawn", closed_on=day, now=now)
    response = tap(as_alice, propose(position, now=now), follow=True)
    position.refresh_from_db()
    assert (position.closing_reason, position.closed_on) == ("withdrawn", day)
    undo(as_alice, response)
    position.refresh_from_db()
    assert (position.closing_reason, position.closed_on) == ("withdrawn", day)


def test_a_rejection_of_an_application(as_alice: Client, alice: Candidate, now: datetime) -> None:
    position = people.make_position(alice, now=now, applied_on=now.date())
    mail = propose(position, now=now)
    response = tap(as_alice, mail, follow=True)
    position.refresh_from_db()
    assert (position.state, position.closing_reason) == ("closed", "refused")
    undo(as_alice, response)
    position.refresh_from_db()
    assert position.state == "applied"


def test_an_invitation_after_an_application(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    position = people.make_position(alice, now=now, applied_on=now.date())
    mail = propose(position, now=now, kind="invitation", dates=[now + timedelta(days=4)])
    response = tap(as_alice, mail, follow=True)
    assert Interview.objects.get().vacancy == position
    undo(as_alice, response)
    assert not Interview.objects.exists()
    position.refresh_from_db()
    assert position.state == "applied"


def test_an_offer_needs_its_interview(as_alice: Client, alice: Candidate, now: datetime) -> None:
    position = people.make_position(alice, now=now, applied_on=now.date())
    mail = propose(position, now=now, kind="offer")
    page = tap(as_alice, mail, follow=True).content.decode()
    assert "Choose the interview that the offer follows" in page
    mail.refresh_from_db()
    assert mail.is_open


def test_something_else(as_alice: Client, interview: Interview, now: datetime) -> None:
    mail = propose(interview, now=now)
    response = say(as_alice, mail, "question")
    mail.refresh_from_db()
    assert (mail.status, mail.kind, mail.corrected_kind) == ("corrected", "rejection", "question")
    assert Contact.objects.get().purpose == "other"
    undo(as_alice, response)
    mail.refresh_from_db()
    assert (mail.status, mail.corrected_kind) == ("open", "")


def test_something_else_asks_for_both(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now)
    response = as_alice.post(f"/mail-proposals/{mail.pk}/", {"kind": "", "wait": "interview:1"})
    assert response.status_code == 422
    mail.refresh_from_db()
    assert mail.is_open
