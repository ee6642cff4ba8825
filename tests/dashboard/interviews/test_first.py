"""A visitor writes down an interview before there is an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from interviews.models import Candidate, Interview
from tests.accounts.codes import code_in

URL = "/first/"
SAVE = "/first/save/"
OVER = "Acme, analyst, yesterday 14:00 with Anna Petrova, they call by Friday"
AHEAD = "Acme, analyst, in 3 days at 14:00"


def typed(client: Client, line: str, **more: str) -> str:
    response = client.post(URL, {"q": line, "zone": "Europe/Berlin"} | more)
    assert response["Location"] == URL
    return client.get(URL).content.decode()


def test_the_landing_page_asks_for_it(db: None) -> None:
    html = Client().get("/").content.decode()
    assert f'action="{URL}"' in html
    assert "See what happens" in html


def test_what_follows_from_an_agreement_is_said_at_once(db: None) -> None:
    html = typed(Client(), OVER)
    assert re.search(r"<h1>\s*Call Anna Petrova on \w+ \d+ \w+", html)
    assert 'class="wait-line"' in html
    assert "Keep it and remind me" in html


def test_without_an_agreement_it_says_what_that_would_mean(db: None) -> None:
    html = typed(Client(), "Acme, analyst, yesterday 14:00")
    assert "if nothing was agreed" in html
    assert 'class="wait-line"' in html


def test_before_an_interview_it_shows_what_to_ask(db: None) -> None:
    html = typed(Client(), AHEAD)
    assert "Before you leave, ask" in html
    assert html.count("<li>") >= 6


@pytest.mark.parametrize("line", ["Acme", "", " ", "\0", "31 Nov", "<script>alert(1)</script>"])
def test_a_line_without_a_day_is_asked_for_it(db: None, line: str) -> None:
    client = Client()
    client.post(URL, {"q": line, "zone": "Nowhere/Nothing"})
    html = client.get(URL, follow=True).content.decode()
    assert "See what happens" in html
    assert "<script>alert" not in html


def test_a_visitor_leaves_nothing_in_the_database(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    with django_assert_num_queries(0):
        typed(client, OVER)
    assert not Session.objects.exists()


def test_what_is_kept_is_small(db: None) -> None:
    client = Client()
    client.post(URL, {"q": "𝟛" * 9000, "zone": "America/Argentina/ComodRivadavia"})
    (cookie,) = (each for name, each in client.cookies.items() if "first-interview" in name)
    assert len(cookie.OutputString()) < 4000
    assert cookie["httponly"]


def test_a_forged_line_is_not_read(db: None) -> None:
    client = Client()
    client.cookies["first-interview"] = "W10:1abcde:forged"
    assert client.get(URL)["Location"] == "/"


def test_who_types_too_often_is_slowed_down(db: None) -> None:
    client = Client()
    answers = {client.post(URL, {"q": OVER}).status_code for _turn in range(31)}
    assert answers == {302, 429}


def test_it_is_saved_once_there_is_an_account(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    as_alice.post(URL, {"q": OVER, "zone": "Europe/Berlin"})
    response = as_alice.get(URL, follow=True)
    made = Interview.objects.get()
    assert str(made.vacancy) == "analyst, Acme"
    assert made.interlocutors.get().name == "Anna Petrova"
    path, _status = response.redirect_chain[-1]
    assert path.startswith(f"/interviews/{made.pk}/agreement/?due=")
    due = re.search(r"due=(\d{4}-\d\d-\d\d)", path)
    assert due is not None
    assert re.search(rf'value="{due[1]}"[^>]*checked', response.content.decode())
    assert as_alice.get(SAVE)["Location"] == "/today/"


def test_it_is_saved_once_even_if_the_page_is_loaded_twice(as_alice: Client) -> None:
    as_alice.post(URL, {"q": AHEAD, "zone": "Europe/Berlin"})
    kept = as_alice.cookies["first-interview"].value
    first = as_alice.get(SAVE)
    as_alice.cookies["first-interview"] = kept
    assert as_alice.get(SAVE)["Location"] == first["Location"]
    assert Interview.objects.count() == 1


def test_what_cannot_be_saved_goes_into_the_form(as_alice: Client) -> None:
    as_alice.post(URL, {"q": "Acme, yesterday 14:00", "zone": "Europe/Berlin"})
    response = as_alice.get(SAVE, follow=True)
    assert "Enter the job title." in response.content.decode()
    assert 'value="Acme"' in response.content.decode()
    assert Interview.objects.count() == 0


def test_only_a_candidate_saves_it(as_bob: Client) -> None:
    assert Client().get(SAVE)["Location"] == f"/accounts/login/?next={SAVE}"
    assert as_bob.get(SAVE)["Location"] == "/start/"


def test_from_the_landing_page_to_the_agreement(db: None) -> None:
    client = Client()
    html = typed(client, OVER)
    link = re.search(r'href="(/accounts/signup/\?next=[^"]+)"', html)
    assert link is not None
    page = client.get(link[1])
    assert f'value="{SAVE}"' in page.content.decode()
    account = {"email": "new@example.org", "password1": "a long enough word"}
    sent = {**account, "timezone": "Europe/Berlin", "next": SAVE}
    assert client.post("/accounts/signup/", sent).status_code == 302
    code = code_in(mail.outbox[-1])
    done = client.post("/accounts/confirm-email/", {"code": code}, follow=True)
    made = Interview.objects.get()
    assert done.redirect_chain[-1][0].startswith(f"/interviews/{made.pk}/agreement/")
    ended = datetime.now(UTC) - made.starts_at
    assert timedelta(0) < ended < timedelta(days=2)
