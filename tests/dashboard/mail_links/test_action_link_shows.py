"""What the page of a mail's link shows and accepts: its own interview's people, nothing else."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.actions.registry import OFFERS
from interviews.models import Candidate, Contact, Interlocutor, Interview, Reminder
from tests.dashboard.linking import TYPED, clean, opened
from tests.support.people import make_contact, make_interview, make_result
from tests.support.step_factories import reminder_of, stand

EVERY = [(str(step), str(action)) for step, offer in OFFERS.items() for action in offer.mail]
ASKS_WHOM = [("call", "called"), ("write", "wrote"), ("recontact", "done")]
STRANGE = ("Boris Bolt", "Clara Acme", "Cobol")


@pytest.fixture
def others(alice: Candidate, now: datetime) -> list[Interlocutor]:
    """Somebody of another interview, whose result lacked something, and somebody of none."""
    starts = now - timedelta(days=30)
    elsewhere = make_interview(
        alice, starts_at=starts, now=starts, company="Bolt", people=(("Boris Bolt", "peer"),)
    )
    make_result(elsewhere, now=now, competences=("Cobol",))
    Interlocutor.objects.create(candidate=alice, name="Clara Acme")
    return [Interlocutor.objects.get(name=name) for name in STRANGE[:2]]


@pytest.fixture
def reminder(alice: Candidate, others: list[Interlocutor], now: datetime, step: str) -> Reminder:
    """Of the step that a test names."""
    return reminder_of(stand(alice, step, now=now), now=now)


@pytest.mark.parametrize(("step", "action"), EVERY)
def test_no_other_interview_is_on_the_page(
    client: Client, others: list[Interlocutor], reminder: Reminder, action: str
) -> None:
    page = opened(client, reminder, action)
    refused = client.post(clean(reminder, action), {"person": "x", "kind": "x", "due": "x"})
    assert page.status_code == 200
    for shown in (page.content.decode(), refused.content.decode()):
        assert [name for name in STRANGE if name in shown] == []
        assert [str(each.pk) for each in others if str(each.pk) in shown] == []


@pytest.mark.parametrize(("step", "action"), ASKS_WHOM)
def test_nobody_else_can_be_named(
    client: Client, others: list[Interlocutor], reminder: Reminder, action: str
) -> None:
    opened(client, reminder, action)
    before = Contact.objects.count()
    for other in others:
        typed = {**TYPED[action], "person": str(other.pk)}
        assert client.post(clean(reminder, action), typed).status_code == 422
    assert Contact.objects.count() == before


@pytest.mark.parametrize(("step", "action"), ASKS_WHOM)
def test_its_own_people_are_offered_and_taken(
    client: Client, reminder: Reminder, action: str
) -> None:
    anna = Interlocutor.objects.get(name="Anna Petrova")
    assert str(anna.pk) in opened(client, reminder, action).content.decode()
    typed = {**TYPED[action], "person": str(anna.pk)}
    assert client.post(clean(reminder, action), typed).status_code == 200
    assert Contact.objects.order_by("-pk")[0].person == anna


def test_whom_the_mail_itself_names_is_offered(
    alice: Candidate, client: Client, others: list[Interlocutor], now: datetime
) -> None:
    """A colleague who took no part called, and is to be called back."""
    interview = stand(alice, "call", now=now)
    clara = others[1]
    make_contact(
        interview, now=now - timedelta(minutes=1), direction="in", outcome="no_answer", person=clara
    )
    interview = Interview.objects.get(pk=interview.pk)
    assert interview.step_person_id == clara.pk
    page = opened(client, reminder_of(interview, now=now), "called").content.decode()
    assert str(clara.pk) in page
    assert "Boris Bolt" not in page
