from datetime import timedelta

import pytest
from django.test import Client

from interviews import spoken
from interviews.models import Candidate, Interview


@pytest.mark.parametrize(("until", "days"), [("tomorrow", 1), ("later", 7)])
def test_until_the_contact_hours_of_another_day(
    as_alice: Client, alice: Candidate, interview: Interview, until: str, days: int
) -> None:
    response = as_alice.post(
        f"/interviews/{interview.pk}/snooze/", {"until": until, "next": "/today/"}
    )
    interview.refresh_from_db()
    assert response["Location"] == "/today/"
    assert interview.snoozed_until is not None
    local = interview.snoozed_until.astimezone(alice.zone)
    assert f"{local:%H:%M}" == "10:00"
    assert timedelta(days=days - 1) < interview.snoozed_until - interview.created_at
    assert interview.snoozed_until - interview.created_at < timedelta(days=days + 1)


def test_nobody_else_puts_it_off(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview
) -> None:
    url = f"/interviews/{interview.pk}/snooze/"
    assert as_bob.post(url, {"until": "later"}).status_code == 404
    assert as_charlie.post(url, {"until": "later"}).status_code == 404
    assert as_alice.get(url).status_code == 405
    assert as_alice.post(url, {"until": "never"}).status_code == 422
    interview.refresh_from_db()
    assert interview.snoozed_until is None


def test_the_day_is_said(as_alice: Client, alice: Candidate, interview: Interview) -> None:
    data = {"until": "later", "next": "/today/"}
    page = as_alice.post(f"/interviews/{interview.pk}/snooze/", data, follow=True)
    interview.refresh_from_db()
    assert interview.snoozed_until is not None
    local = interview.snoozed_until.astimezone(alice.zone)
    now = interview.created_at.astimezone(alice.zone)
    assert f"Put off until {spoken.day(local.date(), now=now)}." in page.content.decode()
