from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Interview, Vacancy
from tests.support.people import make_contact, make_interview, make_position
from tests.support.queries import count_queries


def test_whose_page_it_is(
    is_alices_alone: Callable[[str], None], alice: Candidate, now: datetime
) -> None:
    is_alices_alone(f"/positions/{make_position(alice, now=now).pk}/")


def test_an_application(as_alice: Client, alice: Candidate, now: datetime) -> None:
    applied = now.astimezone(alice.zone).date() - timedelta(days=12)
    told = {"place": "Berlin", "salary": "60 k", "advert_text": "We look for", "notes": "<b>bold"}
    position = make_position(alice, now=now, applied_on=applied, tags=("remote",), **told)
    said = as_alice.get(f"/positions/{position.pk}/").content.decode()
    for each in ("Applied 12 days ago", "Berlin", "60 k", "We look for", "&lt;b&gt;bold", "remote"):
        assert each in said
    assert "We remind you about interviews only." in said
    assert f"/interviews/new/?position={position.pk}" in said


def test_what_is_usual(as_alice: Client, alice: Candidate, now: datetime) -> None:
    """Three applications led to an interview after 5, 7 and 20 days."""
    today = now.astimezone(alice.zone).date()
    for days in (5, 7, 20):
        talk = make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"After {days}"
        )
        applied = talk.starts_at.astimezone(alice.zone).date() - timedelta(days=days)
        Vacancy.objects.filter(pk=talk.vacancy_id).update(applied_on=applied)
    position = make_position(alice, now=now, applied_on=today)
    url = f"/positions/{position.pk}/"
    said = as_alice.get(url).content.decode()
    assert "Your first interviews usually came 7 days after you applied." in said
    assert "Applied today" in said


def test_with_interviews(as_alice: Client, interview: Interview, now: datetime) -> None:
    make_contact(interview, now=now)
    url = f"/positions/{interview.vacancy_id}/"
    said = as_alice.get(url).content.decode()
    assert f'href="/interviews/{interview.pk}/"' in said
    assert "Delete position" not in said
    assert count_queries(lambda: as_alice.get(url)) <= 8


def test_the_interview_leads_to_it(as_alice: Client, interview: Interview) -> None:
    said = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert f'href="/positions/{interview.vacancy_id}/"' in said
