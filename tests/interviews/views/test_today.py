from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from interviews import spoken
from interviews.models import Candidate, DeliveryState, Interview, Reminder
from interviews.rules import NextStep, Reason, Rule, Step
from interviews.services import candidates
from interviews.views.cards import Card
from interviews.views.today import lede
from tests.support import people

URL = "/today/"


def shown(client: Client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/today/"


def test_an_empty_page_teaches(as_alice: Client) -> None:
    page = shown(as_alice)
    assert "Nothing to wait for yet." in page
    assert 'href="/interviews/new/"' in page


def test_another_candidates_waits_are_not_shown(as_charlie: Client, interview: Interview) -> None:
    assert "Acme" not in shown(as_charlie)


def test_overdue_comes_before_due(as_alice: Client, alice: Candidate, now: datetime) -> None:
    due = people.make_interview(
        alice, starts_at=now - timedelta(hours=2), now=now, company="Due today"
    )
    late = people.make_interview(
        alice, starts_at=now - timedelta(days=20), now=now, company="Long late"
    )
    due.refresh_from_db()
    late.refresh_from_db()
    page = shown(as_alice)
    assert "two things to do." in page
    assert page.index("Long late") < page.index("Due today")


def test_each_step_offers_what_fits_it(as_alice: Client, alice: Candidate, now: datetime) -> None:
    interview = people.make_interview(alice, starts_at=now - timedelta(days=12), now=now)
    people.make_agreement(interview, now=now, due_on=(now - timedelta(days=8)).date())
    page = shown(as_alice)
    assert "Call Anna Petrova" in page
    assert f'href="/interviews/{interview.pk}/call/"' in page
    assert f'href="/interviews/{interview.pk}/result/"' in page
    assert f'action="/interviews/{interview.pk}/snooze/"' in page


def test_waiting_asks_for_nothing(as_alice: Client, interview: Interview, now: datetime) -> None:
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=5)).date())
    page = shown(as_alice)
    assert "nothing to do" in page
    assert "Waiting" in page
    assert f'href="/interviews/{interview.pk}/call/"' not in page


def test_coming_interviews(as_alice: Client, ahead: Interview) -> None:
    page = shown(as_alice)
    assert "Coming interviews" in page
    assert f'href="/interviews/{ahead.pk}/questions/"' in page


def test_just_answered_stays_for_a_fortnight(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    for days, company in ((13, "Recent"), (15, "Older")):
        one = people.make_interview(
            alice, starts_at=now - timedelta(days=20), now=now, company=company, title=company
        )
        known_at = now - timedelta(days=days)
        people.make_result(one, now=now, kind="offer", known_at=known_at)
    page = shown(as_alice)
    assert "Recent" in page
    assert "Older" not in page


def test_a_stopped_mail_is_said_and_undone_in_one_tap(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    candidates.pause_reminders(candidate=alice, now=now)
    assert "Reminder mail is stopped" in shown(as_alice)
    assert as_alice.post("/reminders/resume/")["Location"] == URL
    assert "Reminder mail is stopped" not in shown(as_alice)


def test_a_missed_reminder_is_said(as_alice: Client, interview: Interview, now: datetime) -> None:
    interview.refresh_from_db()
    Reminder.objects.create(
        interview=interview,
        candidate=interview.candidate,
        step=interview.step,
        due_at=interview.step_due_at,
        state=DeliveryState.MISSED,
        created_at=now,
    )
    assert "could not be delivered" in shown(as_alice)


@pytest.mark.parametrize("count", [3, 12])
def test_as_many_queries_for_many_waits_as_for_few(
    as_alice: Client,
    alice: Candidate,
    now: datetime,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        people.make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"Company {number}"
        )
    with django_assert_num_queries(5):
        shown(as_alice)


def test_of_what_waits_only_the_next_is_dated(as_alice: Client, now: datetime) -> None:
    """Three wait until different days; what is said of the earliest is said of no other."""
    step: NextStep[UUID] = NextStep(Step.CALL, Rule.WINDOW_CLOSED, None, None, None, Reason())
    dues = [now + timedelta(days=days) for days in (2, 3, 4)]
    waiting = [Card(Interview(), replace(step, due=due), "waiting", "", "") for due in dues]
    until = spoken.until(min(dues), now=now)
    assert lede([waiting[0]], waiting, now=now) == f"The next one can wait until {until}."
