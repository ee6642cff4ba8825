"""The history of an interview says who acted, and what was kept to the day."""

import re
from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Interview
from tests.support import people


def history(client: Client, interview: Interview, by: str = "") -> str:
    html = client.get(f"/interviews/{interview.pk}/", {"by": by} if by else {}).content.decode()
    return re.sub(r"\s+", " ", html.split('id="history"')[1].split("</section>")[0])


def test_it_can_be_narrowed_to_who_acted(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_contact(interview, now=now, at=now - timedelta(hours=3))
    assert "They did" not in history(as_alice, interview)  # nobody else has acted
    people.make_contact(interview, now=now, at=now - timedelta(hours=2), direction="in")
    assert "They did" in history(as_alice, interview)
    mine, theirs = history(as_alice, interview, "me"), history(as_alice, interview, "them")
    assert "I called" in mine
    assert "missed their call" not in mine
    assert "missed their call" in theirs
    assert "I called" not in theirs
    assert "I called" in history(as_alice, interview, "nonsense")


def test_a_promise_kept_to_the_day_is_said_to_be(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    today = now.astimezone(alice.zone).date()
    agreement = people.make_agreement(interview, now=now, due_on=today)
    agreement.made_at = interview.ends_at
    agreement.save()
    people.make_result(interview, now=now, kind="refusal")
    assert "Kept, to the day" in history(as_alice, interview)
    agreement.due_on = today + timedelta(days=1)
    agreement.save()
    assert "Kept, to the day" not in history(as_alice, interview)
