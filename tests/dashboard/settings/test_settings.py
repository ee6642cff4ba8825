"""The list of sections, and the pages without a form."""

from datetime import datetime

import pytest
from django.test import Client

from interviews.models import Candidate
from interviews.services import candidates
from tests.support.people import make_coaching, make_user

SECTIONS = {
    "/settings/you/": "You",
    "/settings/hours/": "Days and hours",
    "/settings/reminders/": "Reminders",
    "/settings/notifications/": "Notifications",
    "/settings/calendar/": "Calendar",
    "/settings/coaches/": "Coaches",
    "/accounts/signing-in/": "Sign-in and security",
    "/settings/data/": "Your data",
    "/settings/display/": "Display",
}


def page_of(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize(
    "url", ["/settings/", "/more/", *(url for url in SECTIONS if url.startswith("/settings"))]
)
def test_whose_page_it_is(as_alice: Client, as_bob: Client, url: str) -> None:
    assert as_alice.get(url).status_code == 200
    assert as_bob.get(url)["Location"] == "/start/"
    assert Client().get(url)["Location"] == f"/accounts/login/?next={url}"


def test_the_list_leads_to_each_section(as_alice: Client) -> None:
    page = page_of(as_alice, "/settings/")
    for url, title in SECTIONS.items():
        assert f'href="{url}"' in page
        assert f"<span>{title}</span>" in page


@pytest.mark.parametrize(("url", "title"), SECTIONS.items())
def test_each_section_marks_itself(as_alice: Client, url: str, title: str) -> None:
    page = page_of(as_alice, url)
    assert f'<a href="{url}" aria-current="page"> <span>{title}</span>' in page
    assert page.count(f"<h1>{title}</h1>") == 1


def test_the_list_says_how_each_section_stands(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    page = page_of(as_alice, "/settings/")
    for state in ("9 kinds, by email", "Berlin time, 10:00–17:00", "No coaches yet"):
        assert state in page
    make_coaching(make_user("Dora", is_staff=True), alice)
    candidates.pause_reminders(candidate=alice, now=now)
    as_alice.post("/theme/", {"theme": "dark"})
    page = page_of(as_alice, "/settings/")
    for state in ("Paused", "1 coach", "Dark theme"):
        assert f'<span class="soft">{state}</span>' in page


def test_a_coach_without_a_job_search_is_shown_no_sections(as_bob: Client) -> None:
    page = page_of(as_bob, "/accounts/signing-in/")
    assert "<h1>Sign-in and security</h1>" in page
    assert 'href="/settings/you/"' not in page


def test_your_data_leads_out_and_in(as_alice: Client) -> None:
    page = page_of(as_alice, "/settings/data/")
    for url in (
        "/settings/export/",
        "/settings/import/",
        "/learned/sharing/",
        "/learned/assumptions/",
        "/settings/delete/",
    ):
        assert f'href="{url}"' in page
        assert as_alice.get(url).status_code == 200


def test_more_has_what_the_bar_of_a_phone_lacks(as_alice: Client) -> None:
    assert 'href="/more/"' in page_of(as_alice, "/today/")
    page = page_of(as_alice, "/more/")
    assert '<a href="/learned/"' in page
    assert '<a href="/settings/"' in page
    assert 'value="dark"' in page
    assert "Sign out</button>" in page
