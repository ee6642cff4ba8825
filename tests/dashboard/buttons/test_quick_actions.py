"""A step is finished by one tap in its list, once, and can be undone."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from interviews.models import Candidate, Interview
from interviews.services import interviews, vacancies
from interviews.text import dates
from interviews.working_days import calendar_for
from tests.support.step_factories import stand


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/finish/"


def seen(interview: Interview) -> str:
    """As the page holds it, hidden in the form."""
    interview.refresh_from_db()
    return f"{interview.step}-{int(interview.step_due_at.timestamp())}"


def tap(client: Client, interview: Interview, action: str, **data: str) -> str:
    """The page after the tap."""
    data = {"act": f"{action}:{seen(interview)}", "next": "/today/", **data}
    response = client.post(url_of(interview), data, follow=True)
    assert response.redirect_chain == [("/today/", 302)]
    interview.refresh_from_db()
    return unescape(response.content.decode())


def undo(client: Client, page: str) -> str:
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None, page
    response = client.post("/undo/", {"token": token[1], "next": "/today/"}, follow=True)
    assert response.redirect_chain == [("/today/", 302)]
    return unescape(response.content.decode())


def facts(interview: Interview) -> tuple[object, ...]:
    interview.refresh_from_db()
    return (
        interview.step,
        interview.step_due_at,
        interview.snoozed_until,
        interview.nothing_agreed_at,
        interview.contacts.count(),
        hasattr(Interview.objects.get(pk=interview.pk), "result"),
        interview.vacancy.attractiveness,
    )


def test_whose_it_is(
    takes_posts_of_alice_alone: Callable[..., None], alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "call", now=now)
    takes_posts_of_alice_alone(url_of(interview), act=f"nobody:{seen(interview)}")


@pytest.mark.parametrize(
    ("step", "action", "data"),
    [
        ("call", "nobody", {}),
        ("call", "open", {}),
        ("call", "tomorrow", {}),
        ("write", "wrote", {}),
        ("write", "tomorrow", {}),
        ("fix_agreement", "nothing-agreed", {}),
        ("weigh", "weigh", {"attractiveness": "4", "desire": "2"}),
        ("assume_refusal", "close", {}),
        ("close", "close", {}),
        ("let_go", "close", {}),
        ("let_go", "later", {}),
        ("recontact", "open", {}),
        ("recontact", "nobody", {}),
        ("recontact", "wrote", {}),
        ("recontact", "later", {}),
    ],
)
def test_one_tap_moves_the_step_on_and_undo_brings_it_back(
    as_alice: Client, alice: Candidate, now: datetime, step: str, action: str, data: dict[str, str]
) -> None:
    interview = stand(alice, step, now=now)
    before = facts(interview)
    page = tap(as_alice, interview, action, **data)
    assert facts(interview) != before
    assert re.search(r"Acme: (saved\.|wait closed\.|snoozed until )", page)
    page = undo(as_alice, page)
    assert "Undone." in page
    assert 'name="token"' not in page
    interview.vacancy.refresh_from_db()
    assert facts(Interview.objects.get(pk=interview.pk)) == before


def test_what_is_noted(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    person = interview.step_person
    page = tap(as_alice, interview, "nobody")
    contact = interview.contacts.get()
    assert (contact.direction, contact.channel) == ("out", "phone")
    assert (contact.outcome, contact.purpose) == ("no_answer", "follow_up")
    assert contact.person == person
    assert "Acme: saved. Call Anna Petrova on" in page


def test_a_closed_wait_says_that_a_late_answer_is_welcome(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "close", now=now)
    page = tap(as_alice, interview, "close")
    assert "You can still record a late answer" in page
    assert (interview.result.kind, interview.step) == ("no_response", "done")


def test_those_who_kept_the_papers_are_not_asked_about_the_result(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "recontact", now=now)
    tap(as_alice, interview, "open")
    assert (interview.contacts.get().purpose, interview.step) == ("other", "done")


def test_a_new_day_is_noted_next(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    response = as_alice.post(url_of(interview), {"act": f"new-day:{seen(interview)}"})
    contact = interview.contacts.get()
    assert contact.outcome == "reached"
    assert response["Location"] == f"/interviews/{interview.pk}/agreement/?contact={contact.pk}"


def test_a_double_tap_acts_once(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    data = {"act": f"nobody:{seen(interview)}"}
    as_alice.post(url_of(interview), data)
    page = as_alice.post(url_of(interview), data, follow=True).content.decode()
    assert "This interview changed after you opened the page" in page
    assert interview.contacts.count() == 1


@pytest.mark.parametrize("shown", ["", "call-0", "write-1", "nonsense"])
def test_a_page_that_is_out_of_date_changes_nothing(
    as_alice: Client, alice: Candidate, now: datetime, shown: str
) -> None:
    interview = stand(alice, "call", now=now)
    data = {"act": f"nobody:{shown}"}
    page = as_alice.post(url_of(interview), data, follow=True).content.decode()
    assert "This interview changed after you opened the page. Here’s the latest." in page
    assert not interview.contacts.exists()


@pytest.mark.parametrize("action", ["close", "weigh", "nonsense", ""])
def test_only_what_the_step_offers(
    as_alice: Client, alice: Candidate, now: datetime, action: str
) -> None:
    interview = stand(alice, "call", now=now)
    before = facts(interview)
    as_alice.post(url_of(interview), {"act": f"{action}:{seen(interview)}"})
    assert facts(interview) == before


@pytest.mark.parametrize("rating", ["0", "6", "", "five"])
def test_a_rating_is_one_to_five(
    as_alice: Client, alice: Candidate, now: datetime, rating: str
) -> None:
    interview = stand(alice, "weigh", now=now)
    data = {"act": f"weigh:{seen(interview)}", "attractiveness": rating, "desire": "3"}
    page = as_alice.post(url_of(interview), data, follow=True).content.decode()
    assert "Choose 1 to 5." in page
    interview.vacancy.refresh_from_db()
    assert interview.vacancy.attractiveness is None


@pytest.mark.parametrize(
    ("step", "action", "days"), [("call", "tomorrow", 1), ("close", "later", 7)]
)
def test_put_off_until_the_contact_hours_of_another_day(
    as_alice: Client, alice: Candidate, now: datetime, step: str, action: str, days: int
) -> None:
    interview = stand(alice, step, now=now)
    page = tap(as_alice, interview, action)
    assert interview.snoozed_until is not None
    local = interview.snoozed_until.astimezone(alice.zone)
    today = now.astimezone(alice.zone)
    first = today.date() + timedelta(days=days)
    calendar = calendar_for(alice.country)
    while not calendar.is_working_day(first):
        first += timedelta(days=1)
    assert local.date() == first
    assert f"{local:%H:%M}" == "10:00"
    due = interview.step_due_at.astimezone(alice.zone)
    assert f"Acme: snoozed until {dates.day(due.date(), now=today)}." in page


def test_undo_leaves_what_came_after_it(as_alice: Client, alice: Candidate, now: datetime) -> None:
    """Another rating, or another day to put it off to, is newer than the tap."""
    rated = stand(alice, "weigh", now=now)
    page = tap(as_alice, rated, "weigh", attractiveness="2", desire="2")
    vacancies.rate_vacancy(vacancy=rated.vacancy, attractiveness=5, desire=5, now=now)
    assert "There’s nothing left to undo." in undo(as_alice, page)
    rated.vacancy.refresh_from_db()
    assert (rated.vacancy.attractiveness, rated.vacancy.desire) == (5, 5)

    put_off = stand(alice, "call", now=now, company="Bolt")
    page = tap(as_alice, put_off, "tomorrow")
    until = now + timedelta(days=9)
    interviews.snooze_interview(interview=put_off, until=until, now=now)
    assert "There’s nothing left to undo." in undo(as_alice, page)
    put_off.refresh_from_db()
    assert put_off.snoozed_until == until


def test_taking_a_fact_back_puts_the_step_off_again(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """A fact clears what was put off, so without the fact it must be put off again."""
    interview = stand(alice, "call", now=now)
    until = now + timedelta(hours=1)
    interviews.snooze_interview(interview=interview, until=until, now=now)
    Interview.objects.filter(pk=interview.pk).update(step_due_at=now - timedelta(minutes=1))
    page = tap(as_alice, interview, "nobody")
    assert interview.snoozed_until is None
    undo(as_alice, page)
    interview.refresh_from_db()
    assert interview.snoozed_until == until


def test_the_filter_and_the_page_are_kept(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "call", now=now)
    page = as_alice.get("/today/?stage=first").content.decode()
    assert '<input type="hidden" name="next" value="/today/?stage=first">' in page
    data = {"act": f"nobody:{seen(interview)}", "next": "https://elsewhere.example/"}
    assert as_alice.post(url_of(interview), data)["Location"] == f"/interviews/{interview.pk}/"


def test_another_candidates_contact_stays(
    as_alice: Client, as_charlie: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "call", now=now)
    page = tap(as_alice, interview, "nobody")
    assert "There’s nothing left to undo." in undo(as_charlie, page)
    assert interview.contacts.count() == 1
