"""What a mail's links do: opening changes nothing, one confirmation acts, and then they end."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions.registry import OFFERS
from interviews.models import Agreement, Candidate, Contact, Interview, Reminder
from tests.dashboard.linking import CARD, TYPED, clean, everything, link, opened
from tests.support.step_factories import reminder_of, stand

EVERY = [(str(step), str(action)) for step, offer in OFFERS.items() for action in offer.mail]
# What has come of it: the interview read anew, and the action's own effect on it.
CAME: dict[str, Callable[[Interview], object]] = {
    "answered": lambda row: row.result.kind == "refusal",
    "called": lambda row: row.contacts.get().outcome == "no_answer",
    "wrote": lambda row: row.contacts.get().outcome == "sent",
    "tomorrow": lambda row: row.snoozed_until is not None,
    "agreed": lambda row: row.agreements.get().may_call == "yes",
    "nothing-agreed": lambda row: row.nothing_agreed_at is not None,
    "weigh": lambda row: (row.vacancy.attractiveness, row.vacancy.desire) == (4, 5),
    "close": lambda row: row.result.kind in ("no_response", "assumed_refusal"),
    "wait-on": lambda row: row.snoozed_until is not None,
    "done": lambda row: row.contacts.get().outcome == "reached",
    "later": lambda row: row.snoozed_until is not None,
}


@pytest.fixture
def reminder(alice: Candidate, now: datetime) -> Reminder:
    return reminder_of(stand(alice, "call", now=now), now=now)


@pytest.mark.parametrize(("step", "action"), EVERY)
def test_opening_a_link_changes_nothing(
    alice: Candidate, client: Client, now: datetime, step: str, action: str
) -> None:
    reminder = reminder_of(stand(alice, step, now=now), now=now)
    before = everything()
    first = client.get(link(reminder, action))
    assert (first.status_code, first["Location"]) == (302, clean(reminder, action))
    cookie = first.cookies["action"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"]) == (f"/act/{reminder.pk}/", "Lax")
    page = client.get(first["Location"])
    assert page.status_code == 200
    assert b"Acme" in page.content
    assert "no-store" in page["Cache-Control"]
    assert client.head(link(reminder, action)).status_code == 302
    assert everything() == before


@pytest.mark.parametrize(("step", "action"), EVERY)
def test_the_confirmed_post_acts_and_shows_what_is_next(
    alice: Candidate, client: Client, now: datetime, step: str, action: str
) -> None:
    interview = stand(alice, step, now=now)
    interview.contacts.all().delete()  # the letter that made it "close", so that one is counted
    if step == "close":
        interview = stand(alice, step, now=now, company="Bolt")
    reminder = reminder_of(interview, now=now)
    opened(client, reminder, action)
    page = client.post(clean(reminder, action), TYPED[action])
    assert page.status_code == 200, page.content
    assert b"<h1>Done</h1>" in page.content
    row = Interview.objects.select_related("result", "vacancy").get(pk=interview.pk)
    assert CAME[action](row)


def test_snoozing_keeps_the_mails_links_alive(client: Client, reminder: Reminder) -> None:
    opened(client, reminder, "tomorrow")
    client.post(clean(reminder, "tomorrow"))
    assert opened(client, reminder, "called").status_code == 200
    page = client.post(clean(reminder, "called"), TYPED["called"])
    assert page.status_code == 200
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("action", ["wrote", "close", "done", "weigh", "no-such-action"])
def test_an_action_of_another_step_is_not_there(
    client: Client, reminder: Reminder, action: str
) -> None:
    opened(client, reminder, "called")
    assert client.get(clean(reminder, action)).status_code == 404
    assert client.post(clean(reminder, action), {"channel": "email"}).status_code == 404
    assert not Contact.objects.exists()


def test_what_was_typed_wrongly_is_kept_and_said(client: Client, reminder: Reminder) -> None:
    opened(client, reminder, "called")
    tomorrow = timezone.localdate() + timedelta(days=3)
    typed = {"outcome": "open", "at_0": f"{tomorrow}", "at_1": "10:00", "notes": "Kept words"}
    page = client.post(clean(reminder, "called"), typed)
    assert page.status_code == 422
    said = page.content.decode()
    assert "This time is in the future. Enter when it happened." in said
    assert "Kept words" in said
    assert f'value="{tomorrow}"' in said
    assert re.search(r'value="open"[^>]*checked', said)
    assert not Contact.objects.exists()
    empty = client.post(clean(reminder, "called"), {})
    assert empty.status_code == 422
    assert "Choose one of the options listed." in empty.content.decode()


def test_a_form_sent_twice_records_once(client: Client, reminder: Reminder) -> None:
    page = opened(client, reminder, "called")
    found = re.search(r'name="submission_id" value="([^"]+)"', page.content.decode())
    assert found is not None
    typed = {"outcome": "nobody", "submission_id": found[1]}
    assert client.post(clean(reminder, "called"), typed).status_code == 200
    again = client.post(clean(reminder, "called"), typed)
    # The browser shows the answer to the second of two clicks: what the first one noted.
    assert again.status_code == 200
    assert b"<h1>Done</h1>" in again.content
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(("step", "action"), EVERY)
def test_no_action_is_done_twice(
    alice: Candidate, client: Client, now: datetime, step: str, action: str
) -> None:
    interview = stand(alice, step, now=now)
    reminder = reminder_of(interview, now=now)
    contacts = Contact.objects.count()
    opened(client, reminder, action)
    client.post(clean(reminder, action), TYPED[action])
    once = everything()
    client.post(clean(reminder, action), TYPED[action])
    twice = everything()
    assert Contact.objects.count() <= contacts + 1
    for noun in ("Contact", "Agreement", "Result", "Interview"):
        assert len(twice[noun]) == len(once[noun])


def test_a_call_that_named_a_new_day_goes_on_to_the_card(
    client: Client, reminder: Reminder
) -> None:
    opened(client, reminder, "called")
    page = client.post(clean(reminder, "called"), {"outcome": "new_day"})
    card = f"{clean(reminder, 'agreed')}?called=1"
    assert (page.status_code, page["Location"]) == (302, card)
    assert not Contact.objects.exists()
    assert client.get(card).status_code == 200
    day = timezone.localdate() + timedelta(days=4)
    done = client.post(card, {**CARD, "due": "other", "due_on": f"{day}"})
    assert done.status_code == 200, done.content
    contact = Contact.objects.get()
    agreement = Agreement.objects.get(contact=contact)
    assert (contact.direction, contact.channel, contact.outcome) == ("out", "phone", "reached")
    assert contact.person == reminder.interview.step_person
    assert (agreement.due_on, agreement.made_at) == (day, contact.at)
    assert agreement.interview == contact.interview == reminder.interview


def test_a_card_that_is_refused_records_no_call(client: Client, reminder: Reminder) -> None:
    opened(client, reminder, "called")
    card = f"{clean(reminder, 'agreed')}?called=1"
    page = client.post(card, {**CARD, "due": "other", "due_on": "2020-01-01"})
    assert page.status_code == 422
    assert "Choose the date you agreed on this, or a later one." in page.content.decode()
    assert not Contact.objects.exists()


def test_a_card_sent_twice_records_one_call_and_one_agreement(
    client: Client, reminder: Reminder
) -> None:
    opened(client, reminder, "called")
    card = f"{clean(reminder, 'agreed')}?called=1"
    page = client.get(card)
    found = re.search(r'name="submission_id" value="([^"]+)"', page.content.decode())
    assert found is not None
    for _ in range(2):
        client.post(card, {**CARD, "submission_id": found[1]})
    assert Contact.objects.count() == 1
    assert Agreement.objects.filter(contact__isnull=False).count() == 1


def test_a_call_that_brought_the_answer_goes_on_to_the_result(
    client: Client, reminder: Reminder
) -> None:
    opened(client, reminder, "called")
    page = client.post(clean(reminder, "called"), {"outcome": "decided"})
    assert (page.status_code, page["Location"]) == (302, clean(reminder, "answered"))
    page = client.post(page["Location"], {"kind": "offer"})
    assert page.status_code == 200
    assert Interview.objects.get(pk=reminder.interview_id).result.kind == "offer"


def test_a_next_stage_is_recorded_by_its_interview(client: Client, reminder: Reminder) -> None:
    opened(client, reminder, "answered")
    page = client.post(clean(reminder, "answered"), {"kind": "next_stage"})
    assert page.status_code == 302
    assert page["Location"] == f"/interviews/new/?continues={reminder.interview_id}"


def test_the_page_says_what_will_happen(client: Client, reminder: Reminder) -> None:
    said = opened(client, reminder, "tomorrow").content.decode()
    assert "remind you again on" in said


def test_a_foreign_site_cannot_confirm(reminder: Reminder) -> None:
    strict = Client(enforce_csrf_checks=True)
    opened(strict, reminder, "tomorrow")
    assert strict.post(clean(reminder, "tomorrow")).status_code == 403
    assert Interview.objects.get(pk=reminder.interview_id).snoozed_until is None


def test_only_looking_and_confirming(client: Client, reminder: Reminder) -> None:
    opened(client, reminder, "called")
    assert client.put(clean(reminder, "called")).status_code == 405
    assert client.post(link(reminder, "called")).status_code == 405


def test_the_button_names_the_act(client: Client, reminder: Reminder) -> None:
    said = opened(client, reminder, "tomorrow").content.decode()
    assert re.search(
        r'<button class="btn btn-primary" type="submit">Snooze until \w.+</button>', said
    )
    assert "Confirm" not in said


def test_before_it_is_closed_the_page_speaks_of_the_future(
    client: Client, alice: Candidate, now: datetime
) -> None:
    waiting = reminder_of(stand(alice, "close", now=now, company="City of Havel"), now=now)
    said = opened(client, waiting, "close").content.decode()
    assert "We’ll close the wait for City of Havel. You can still record a late answer." in said
