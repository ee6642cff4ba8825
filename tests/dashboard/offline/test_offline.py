import re
from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Interview
from tests.support import people


def cards_in(page: bytes) -> list[str]:
    found = re.search(r'data-offline-cards="([^"]*)"', page.decode())
    assert found is not None
    return found.group(1).split()


def card_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/agreement/"


def test_today_names_the_cards_of_interviews_around_now(
    as_alice: Client, alice: Candidate, charlie: Candidate, interview: Interview, now: datetime
) -> None:
    def at(days: float, owner: Candidate = alice) -> Interview:
        starts = now + timedelta(days=days)
        return people.make_interview(owner, starts_at=starts, now=now, company=f"Acme {days}")

    soon = at(1)
    for elsewhere in (at(3), at(-5), at(1, charlie)):
        assert elsewhere.pk != soon.pk
    answered = at(-1.5)
    people.make_result(answered, now=now)
    assert cards_in(as_alice.get("/today/").content) == [card_of(soon), card_of(interview)]


def test_no_more_than_a_few_are_kept(as_alice: Client, alice: Candidate, now: datetime) -> None:
    for hours in range(9):
        starts = now - timedelta(hours=2 + hours)
        people.make_interview(alice, starts_at=starts, now=now, company=f"Acme {hours}")
    assert len(cards_in(as_alice.get("/today/").content)) == 6


def test_no_other_page_names_any(as_alice: Client, interview: Interview) -> None:
    assert cards_in(as_alice.get("/interviews/").content) == []
