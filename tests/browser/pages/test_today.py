"""Today in a browser: rows open in place, steps are finished and undone there; keys."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Candidate, Contact
from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.people import keep_hours, make_candidate, make_interview, make_user
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


@pytest.fixture
def scripted(running: Running, new_page: Pages, alice: Candidate) -> Page:
    opened = new_page(running.url)
    sign_in(opened, alice.user)
    return opened


def test_a_step_is_finished_where_it_stands_and_taken_back(page: Page, alice: Candidate) -> None:
    now = timezone.now()
    keep_hours(alice, now=now, is_open=True)
    stand(alice, "call", now=now)
    page.goto("/today/")
    row = page.get_by_role("listitem").filter(has_text="Acme")
    row.get_by_text("I called").click()
    row.get_by_role("button", name="No answer").click()
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Acme: saved. Call Anna Petrova on")
    expect(page.get_by_role("heading", name="Calls now")).to_have_count(0)
    assert Contact.objects.count() == 1
    messages.get_by_role("button", name="Undo").click()
    expect(messages).to_contain_text("Undone.")
    expect(page.get_by_role("heading", name="Calls now")).to_be_visible()
    assert not Contact.objects.exists()


def test_undo_is_the_next_stop_of_the_keyboard(scripted: Page, alice: Candidate) -> None:
    page = scripted
    stand(alice, "close", now=timezone.now())
    page.goto("/today/")
    page.get_by_role("button", name="Close the wait").press("Enter")
    expect(page.locator("#messages")).to_contain_text("wait closed")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()


def test_one_row_is_open_and_its_arrow_keeps_the_focus(scripted: Page, alice: Candidate) -> None:
    page = scripted
    for company in ("Acme", "Bolt"):
        stand(alice, "write", now=timezone.now(), company=company)
    page.goto("/today/")
    acme, bolt = (page.get_by_role("link", name=f"More about {name}") for name in ("Acme", "Bolt"))
    acme.press("Enter")
    expect(acme).to_have_attribute("aria-expanded", "true")
    expect(acme).to_be_focused()
    bolt.press("Enter")
    expect(bolt).to_have_attribute("aria-expanded", "true")
    expect(acme).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(bolt).to_have_attribute("aria-expanded", "false")
    expect(bolt).to_be_focused()


def test_keys_walk_through_the_rows(scripted: Page, alice: Candidate) -> None:
    page = scripted
    for company in ("Acme", "Bolt"):
        stand(alice, "write", now=timezone.now(), company=company)
    page.goto("/today/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Bolt Product analyst")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Acme Product analyst")).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("button", name="I wrote")).to_be_visible()
    expect(page.get_by_role("link", name="More about Acme")).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url("**/letter/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/today/")


def test_keys_can_be_turned_off(scripted: Page, alice: Candidate) -> None:
    page = scripted
    stand(alice, "write", now=timezone.now())
    page.goto("/today/")
    page.keyboard.press("?")
    page.wait_for_url("**/keyboard/")
    page.get_by_label("Use these shortcuts in this browser").uncheck()
    page.goto("/today/")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Acme Product analyst")).not_to_be_focused()


def test_one_key_brings_the_search(scripted: Page, alice: Candidate) -> None:
    page = scripted
    now = timezone.now()
    for number in range(6):
        starts = now - timedelta(days=9)
        make_interview(alice, starts_at=starts, now=now, company=f"Company {number}")
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
    expect(page.get_by_role("link", name="Company 4 Product analyst")).to_be_visible()
