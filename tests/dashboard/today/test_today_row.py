from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from interviews.models import Candidate, Interview
from interviews.services import interviews
from tests.support import people


def url(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/row/"


@pytest.fixture
def late(alice: Candidate, now: datetime) -> Interview:
    people.keep_hours(alice, now=now, is_open=True)
    row = people.make_interview(alice, starts_at=now - timedelta(days=12), now=now)
    people.make_agreement(row, now=now, due_on=(now - timedelta(days=8)).date())
    return row


def test_whose_row_it_is(
    as_alice: Client, as_bob: Client, as_charlie: Client, late: Interview
) -> None:
    assert as_alice.get(url(late)).status_code == 200
    assert as_bob.get(url(late)).status_code == 404
    assert as_charlie.get(url(late)).status_code == 404
    assert "/accounts/login/" in Client().get(url(late))["Location"]


def test_it_opens_and_closes(as_alice: Client, late: Interview) -> None:
    opened = as_alice.get(f"{url(late)}?open={late.pk}").content.decode()
    assert 'aria-expanded="true"' in opened
    assert "Anna Petrova promised an answer by" in opened
    assert "I called" in opened
    closed = as_alice.get(url(late)).content.decode()
    assert 'aria-expanded="false"' in closed
    assert "promised an answer by" not in closed.split("<svg")[0]


def test_the_same_row_stands_on_the_page(as_alice: Client, late: Interview) -> None:
    """Opened without JavaScript the page has the row that is fetched with it."""
    row = as_alice.get(f"{url(late)}?open={late.pk}&first").content.decode()
    page = as_alice.get(f"/today/?open={late.pk}").content.decode()
    marked = f'<li id="w-{late.pk}" class="is-overdue first open">'
    assert marked in row
    assert marked in page
    assert "I called" in page


def test_a_snooze_names_its_day(
    as_alice: Client, alice: Candidate, late: Interview, now: datetime
) -> None:
    """The days are chosen under one button."""
    opened = as_alice.get(f"{url(late)}?open={late.pk}").content.decode()
    assert opened.count('>Snooze</summary><div class="acts">') == 1
    _before, folded = opened.split(">Snooze</summary>")
    assert folded.split("</details>")[0].count("Snooze until ") == 2
    assert opened.count("Snooze until ") == 2
    assert ">Tomorrow<" not in opened


def test_queries_of_a_row(
    as_alice: Client, late: Interview, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(url(late))
    with django_assert_max_num_queries(6):
        as_alice.get(f"{url(late)}?open={late.pk}")


def test_opening_a_row_keeps_the_filter(as_alice: Client, late: Interview) -> None:
    page = as_alice.get("/today/?show=calls&span=all&open=").content.decode()
    assert f'href="?show=calls&amp;span=all&amp;open={late.pk}#w-{late.pk}"' in page
    page = as_alice.get(f"/today/?show=calls&open={late.pk}").content.decode()
    assert 'class="unfold" href="?show=calls&amp;open="' in page


def test_the_only_row_is_open_until_it_is_closed(
    as_alice: Client, alice: Candidate, late: Interview, now: datetime
) -> None:
    assert 'aria-expanded="true"' in as_alice.get("/today/").content.decode()
    assert 'aria-expanded="true"' not in as_alice.get("/today/?open=").content.decode()
    people.make_interview(alice, starts_at=now - timedelta(days=2), now=now, company="Bolt")
    assert 'aria-expanded="true"' not in as_alice.get("/today/").content.decode()


def test_a_row_that_was_cancelled_meanwhile(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    interviews.cancel_interview(interview=interview, now=now)
    row = as_alice.get(f"/interviews/{interview.pk}/row/").content.decode()
    assert "Cancelled" in row
