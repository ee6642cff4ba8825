from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Interview
from tests.support import people
from tests.support.step_factories import stand

URL = "/interviews/"


def test_whose_page_it_is(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview
) -> None:
    assert b"Acme" in as_alice.get(URL).content
    assert b"Acme" not in as_charlie.get(URL).content
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/interviews/"


def test_an_empty_page_teaches(as_alice: Client) -> None:
    assert b"Your interviews will be listed here" in as_alice.get(URL).content


def test_what_is_open_comes_first(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    over = people.make_interview(
        alice, starts_at=now - timedelta(days=9), now=now, company="Closed company"
    )
    people.make_result(over, now=now, kind="withdrawn")
    page = as_alice.get(URL).content.decode()
    assert page.index("Acme") < page.index("Closed company")


def test_an_open_offer_comes_first(as_alice: Client, alice: Candidate, now: datetime) -> None:
    stand(alice, "write", now=now, company="Written")
    offered = stand(alice, "call", now=now, company="Offered")
    people.make_result(offered, now=now, kind="offer", offer_answer="open")
    page = as_alice.get("/interviews/").content.decode()
    assert page.index("Offered") < page.index("Written")
    assert "Answered or closed" not in page


def test_long_lists_are_paged(as_alice: Client, alice: Candidate, now: datetime) -> None:
    for number in range(26):
        people.make_interview(
            alice, starts_at=now + timedelta(days=2 + number), now=now, company=f"C{number}"
        )
    assert b"Page 1 of 2" in as_alice.get(URL).content
    assert b"C25" in as_alice.get(f"{URL}?page=2").content


def test_what_is_answered_is_not_open(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    """Though it is still worth asking what was lacking."""
    refused = people.make_interview(
        alice, starts_at=now - timedelta(days=9), now=now, company="Cedar"
    )
    people.make_result(refused, now=now)
    page = as_alice.get(URL).content.decode()
    assert page.index("Acme") < page.index("Cedar")
    still_open = as_alice.get(f"{URL}?show=2-open").content.decode()
    assert "Acme" in still_open
    assert "Cedar" not in still_open
