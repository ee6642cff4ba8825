from collections.abc import Callable

from django.test import Client

from interviews.models import Interview


def test_one_tap_notes_it(
    takes_posts_of_alice_alone: Callable[[str], None], interview: Interview
) -> None:
    takes_posts_of_alice_alone(f"/interviews/{interview.pk}/nothing-agreed/")
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None


def test_it_leads_back_to_the_page_it_was_on(as_alice: Client, interview: Interview) -> None:
    url = f"/interviews/{interview.pk}/nothing-agreed/"
    assert as_alice.post(url, {"next": "/today/"})["Location"] == "/today/"
    elsewhere = as_alice.post(url, {"next": "https://example.org/"})
    assert elsewhere["Location"] == f"/interviews/{interview.pk}/next/"


def test_before_the_end_there_is_time_to_ask(as_alice: Client, ahead: Interview) -> None:
    response = as_alice.post(f"/interviews/{ahead.pk}/nothing-agreed/", follow=True)
    assert b"so you can still agree something" in response.content
    ahead.refresh_from_db()
    assert ahead.nothing_agreed_at is None


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(f"/interviews/{interview.pk}/nothing-agreed/", follow=True).content
    assert b"Recorded: nothing was agreed." in page
