"""An interview in one line: read while it is typed, from any page."""

import re

import pytest
from playwright.sync_api import Page, expect

from interviews.models import Candidate, Interview
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import visit_faults
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

LINE = "Acme, analyst, tomorrow 14:00 with Anna Petrova"


@pytest.fixture
def alice(running: Running) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def page(running: Running, new_page: Pages) -> Page:
    return new_page(running.url, service_workers="block", timezone_id="Europe/Berlin")


def test_is_read_while_it_is_typed_and_saved_by_enter(page: Page, alice: Candidate) -> None:
    sign_in(page, alice.user)
    page.goto("/interviews/new/")
    field = page.get_by_label("In one line")
    field.press_sequentially("Acme, analyst")
    expect(page.get_by_role("link", name="Add day")).to_be_visible()
    save = page.locator("#quick-add-read").get_by_role("button", name="Save interview")
    expect(save).to_have_count(0)
    field.press_sequentially(LINE.removeprefix("Acme, analyst"))
    understood = "Understood: Company Acme, Position analyst, When"
    expect(page.get_by_role("status").filter(has_text=understood)).to_be_attached()
    expect(save).to_be_visible()
    field.press("Enter")
    page.wait_for_url(re.compile(r"/interviews/[0-9a-f-]{36}/"))
    assert str(Interview.objects.get().vacancy) == "analyst, Acme"


def test_the_form_is_offered_once_something_was_typed(page: Page, alice: Candidate) -> None:
    sign_in(page, alice.user)
    page.goto("/today/")
    page.get_by_label("In one line").fill(LINE)
    page.locator("#quick-add-read").get_by_role("link", name="Open form").click()
    page.wait_for_url("**/interviews/new/?q=*")
    expect(page.get_by_text("For example: Acme, analyst, tomorrow 14:00")).to_be_visible()
    expect(page.get_by_role("heading", name="Or fill in the form")).to_be_visible()
    expect(page.get_by_label("Company", exact=True)).to_have_value("Acme")


def test_a_key_opens_it_on_any_page(page: Page, alice: Candidate) -> None:
    sign_in(page, alice.user)
    page.goto("/people/?q=x")
    page.get_by_label("Name or company").press("n")  # typed, no command
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("n")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("n")
    page.get_by_role("combobox", name="Add an interview in one line").fill(LINE)
    page.get_by_role("button", name="Save interview").click()
    page.wait_for_url(re.compile(r"/interviews/[0-9a-f-]{36}/"))
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("line", [f"{LINE}, boss", "Acme, yesterday, answer by Friday", "Acme"])
def test_axe_finds_nothing_in_what_follows(page: Page, watch: Watch, line: str) -> None:
    page.goto("/")
    page.get_by_role("textbox").fill(line)
    page.get_by_role("button", name="See what happens").click()
    page.wait_for_url("**/first/")
    assert visit_faults(page, watch) == []


def test_axe_finds_nothing_in_what_was_read(page: Page, alice: Candidate, watch: Watch) -> None:
    sign_in(page, alice.user)
    page.goto("/interviews/new/?q=Acme, analyst, 3/4 14:00 with Anna")
    assert visit_faults(page, watch) == []


def test_fills_in_the_form_below_and_leaves_what_was_typed_there(
    page: Page, alice: Candidate
) -> None:
    sign_in(page, alice.user)
    page.goto("/today/")
    page.get_by_role("link", name="Add interview").first.click()
    page.wait_for_url("**/interviews/new/")
    expect(page.get_by_label("In one line")).to_be_focused()
    page.get_by_label("Phone").first.fill("+49 30 123456")
    page.get_by_label("Position", exact=True).fill("senior analyst")
    page.get_by_label("In one line").fill(LINE)
    form = page.locator("#new-interview")
    expect(form.get_by_label("Company", exact=True)).to_have_value("Acme")
    expect(form.get_by_label("Name").first).to_have_value("Anna Petrova")
    expect(form.get_by_label("Position", exact=True)).to_have_value("senior analyst")
    expect(form.get_by_label("Phone").first).to_have_value("+49 30 123456")
    page.locator("#quick-add-read").get_by_role("button", name="Save interview").click()
    page.wait_for_url(re.compile(r"/interviews/[0-9a-f-]{36}/"))
    made = Interview.objects.get()
    assert str(made.vacancy) == "senior analyst, Acme"
    assert [(row.interlocutor.name, row.role) for row in made.participations.all()] == [
        ("Anna Petrova", "")
    ]
