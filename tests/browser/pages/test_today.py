"""Today in a browser: finishing a step and undoing it in place; one key to search."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Candidate, Contact
from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running
from tests.support.step_factories import stand

pytestmark = pytest.mark.browser


@pytest.fixture
def alice(running: Running) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(
    running: Running, new_page: Pages, alice: Candidate, request: pytest.FixtureRequest
) -> Page:
    opened = new_page(running.url, java_script_enabled=request.param)
    sign_in(opened, alice.user)
    return opened


def test_a_step_is_finished_where_it_stands_and_taken_back(page: Page, alice: Candidate) -> None:
    stand(alice, "call", now=timezone.now())
    page.goto("/today/")
    card = page.get_by_role("article")
    card.get_by_text("I called").click()
    card.get_by_role("button", name="No answer").click()
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Acme: noted. Call Anna Petrova on")
    expect(page).to_have_url(re.compile("/today/$"))
    expect(page.get_by_role("heading", name="Do now")).to_have_count(0)
    assert Contact.objects.count() == 1
    messages.get_by_role("button", name="Undo").click()
    expect(messages).to_contain_text("Undone.")
    expect(page.get_by_role("heading", name="Do now")).to_be_visible()
    assert not Contact.objects.exists()


def test_undo_is_the_next_stop_of_the_keyboard(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    stand(alice, "close", now=timezone.now())
    page = new_page(running.url)
    sign_in(page, alice.user)
    page.goto("/today/")
    page.get_by_role("button", name="Close the wait").press("Enter")
    expect(page.locator("#messages")).to_contain_text("The wait is closed")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()


def test_one_key_brings_the_search(running: Running, new_page: Pages, alice: Candidate) -> None:
    now = timezone.now()
    for number in range(6):
        starts = now - timedelta(days=9)
        make_interview(alice, starts_at=starts, now=now, company=f"Company {number}")
    page = new_page(running.url)
    sign_in(page, alice.user)
    page.goto("/today/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search positions, companies and contacts")
    expect(field).to_be_focused()
    page.keyboard.type("company 3/")
    expect(field).to_have_value("company 3/")
    page.goto("/settings/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/#by-key")
    expect(field).to_be_focused()
    page.keyboard.type("company 4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Product analyst, Company 4")).to_be_visible()
