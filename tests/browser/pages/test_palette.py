"""The palette of Ctrl K, by the keyboard alone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Candidate
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import BLOCKED, axe_faults
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def alice(running: Running) -> Candidate:
    alice = make_candidate(make_user("Alice"))
    now = timezone.now()
    make_interview(alice, starts_at=now, now=now, people=[("Anna Petrova", "recruiter")])
    return alice


@pytest.fixture
def page(running: Running, new_page: Pages, alice: Candidate) -> Page:
    page = new_page(running.url, service_workers="block")
    sign_in(page, alice.user)
    return page


def test_it_leads_to_a_name_and_to_a_page(page: Page) -> None:
    page.goto("/settings/display/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="Go to")).to_be_focused()
    page.keyboard.type("petrova")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("Anna Petrova")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("add")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("Add interview")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Add several interviews")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_axe_finds_nothing(page: Page, watch: Watch) -> None:
    page.goto("/today/")
    page.keyboard.press("Control+k")
    page.keyboard.type("anna")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("Anna")
    found = axe_faults(page)
    watch.take(BLOCKED)  # axe's own script
    assert found == []
