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


def test_what_needs_her_comes_first_then_what_is_ahead_then_what_waits(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """Made in the opposite order."""
    order = ["Overdue", "Due", "Tomorrow", "Next week", "Waiting", "Refused", "Withdrawn"]
    for name, days, kind in (("Withdrawn", 30, "withdrawn"), ("Refused", 9, "refusal")):
        over = people.make_interview(
            alice, starts_at=now - timedelta(days=days), now=now, company=f"C {name}"
        )
        people.make_result(over, now=now, kind=kind)
    waiting = people.make_interview(
        alice, starts_at=now - timedelta(days=2), now=now, company="C Waiting"
    )
    people.make_agreement(waiting, now=now, due_on=(now + timedelta(days=5)).date())
    for name, days in (("Next week", 7), ("Tomorrow", 1)):
        people.make_interview(
            alice, starts_at=now + timedelta(days=days), now=now, company=f"C {name}"
        )
    stand(alice, "fix_agreement", now=now, company="C Due")
    stand(alice, "close", now=now, company="C Overdue")
    page = as_alice.get(URL).content.decode()
    assert sorted(order, key=lambda name: page.index(f"C {name}<")) == order


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
    still_open = as_alice.get(f"{URL}?show=open").content.decode()
    assert "Acme" in still_open
    assert "Cedar" not in still_open


def test_sorted_by_a_column(as_alice: Client, alice: Candidate, now: datetime) -> None:
    for days, company in ((3, "Bolt"), (9, "Acme"), (6, "Cedar")):
        people.make_interview(alice, starts_at=now - timedelta(days=days), now=now, company=company)

    def order(sort: str) -> list[str]:
        page = as_alice.get(f"{URL}?sort={sort}").content.decode()
        return sorted(("Acme", "Bolt", "Cedar"), key=page.index)

    assert order("company") == ["Acme", "Bolt", "Cedar"]
    assert order("-company") == ["Cedar", "Bolt", "Acme"]
    assert order("date") == ["Acme", "Cedar", "Bolt"]
    page = as_alice.get(f"{URL}?sort=company").content.decode()
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-company"' in page


def test_how_long_it_took_and_what_was_missing(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    noon = now.astimezone(alice.zone).replace(hour=12, minute=0)
    row = people.make_interview(alice, starts_at=noon - timedelta(days=9), now=now)
    people.make_result(row, now=now, known_at=noon - timedelta(days=1), competences=["SQL"])
    page = as_alice.get(URL).content.decode()
    assert "8 days" in page
    assert "SQL" in page


def test_a_filter_that_matches_nothing(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(f"{URL}?show=answered").content.decode()
    assert "Nothing matches your filter." in page
    assert "Acme" in as_alice.get(f"{URL}?show=nonsense").content.decode()
