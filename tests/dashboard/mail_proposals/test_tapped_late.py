"""A mail from before the interview, answered after its time."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Candidate, Contact, Interview, Result, Vacancy
from tests.dashboard.mail_proposals.tapping import propose, tap, undo
from tests.support import people


@pytest.fixture
def today(alice: Candidate, now: datetime) -> Interview:
    """Should have begun two hours ago."""
    return people.make_interview(alice, starts_at=now - timedelta(hours=2), now=now)


@pytest.mark.parametrize("hours", [1, 72])
def test_the_interview_had_moved(
    as_alice: Client, today: Interview, now: datetime, hours: int
) -> None:
    was, starts_at = today.starts_at, (now + timedelta(days=2)).replace(microsecond=0)
    mail = propose(
        today, now=now, kind="moved", dates=[starts_at], written_at=was - timedelta(hours=hours)
    )
    response = tap(as_alice, mail, follow=True)
    assert Interview.objects.get().starts_at == starts_at
    undo(as_alice, response)
    assert Interview.objects.get().starts_at == was


def test_the_interview_was_cancelled(as_alice: Client, today: Interview, now: datetime) -> None:
    mail = propose(
        today, now=now, kind="cancelled", written_at=today.starts_at - timedelta(hours=1)
    )
    response = tap(as_alice, mail, follow=True)
    today.refresh_from_db()
    assert today.is_cancelled
    assert not Contact.objects.exists()
    undo(as_alice, response)
    today.refresh_from_db()
    assert not today.is_cancelled


@pytest.mark.parametrize("hours", [1, 72])
def test_a_rejection_came_before_it(
    as_alice: Client, today: Interview, now: datetime, hours: int
) -> None:
    tap(as_alice, propose(today, now=now, written_at=today.starts_at - timedelta(hours=hours)))
    today.refresh_from_db()
    assert today.is_cancelled
    assert Vacancy.objects.get().closing_reason == "refused"


def test_its_own_time_is_known(as_alice: Client, today: Interview, now: datetime) -> None:
    mail = propose(
        today,
        now=now,
        kind="invitation",
        dates=[today.starts_at],
        written_at=today.starts_at - timedelta(days=3),
    )
    assert "already in your list" in tap(as_alice, mail, follow=True).content.decode()


@pytest.mark.parametrize("fact", ["agreement", "contact", "nothing agreed"])
def test_an_interview_with_facts_has_taken_place(
    as_alice: Client, today: Interview, now: datetime, fact: str
) -> None:
    if fact == "agreement":
        people.make_agreement(today, now=now, due_on=now.date() + timedelta(days=5))
    elif fact == "contact":
        people.make_contact(today, now=now)
    else:
        as_alice.post(f"/interviews/{today.pk}/nothing-agreed/")
    tap(as_alice, propose(today, now=now, written_at=today.starts_at - timedelta(hours=1)))
    assert Result.objects.get().kind == "refusal"


def test_a_mail_that_is_older_than_its_facts_asks(
    as_alice: Client, today: Interview, now: datetime
) -> None:
    people.make_contact(today, now=now)
    mail = propose(today, now=now, written_at=today.starts_at - timedelta(days=4))
    url = tap(as_alice, mail)["Location"]
    assert url.startswith(f"/interviews/{today.pk}/result/?kind=refusal")
    as_alice.post(url, {"kind": "refusal", "via": "email"})
    mail.refresh_from_db()
    assert mail.result == Result.objects.get()
