"""Light and dark by the system and by choice, and print that is always white."""

import pytest
from playwright.sync_api import Page, expect

from interviews.models import Candidate
from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.running import Running

pytestmark = pytest.mark.browser

LIGHT, DARK, WHITE = "rgb(250, 249, 246)", "rgb(20, 23, 27)", "rgb(255, 255, 255)"


def has_background(page: Page, colour: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", colour)


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_system_decides_until_something_is_chosen(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    page = new_page(running.url, color_scheme="dark", java_script_enabled=False)
    sign_in(page, alice.user)
    page.goto("/settings/display/")
    has_background(page, DARK)
    choose(page, "Light")
    has_background(page, LIGHT)
    page.goto("/")
    has_background(page, LIGHT)
    page.goto("/settings/display/")
    page.emulate_media(color_scheme="light")
    choose(page, "Dark")
    has_background(page, DARK)
    choose(page, "System")
    has_background(page, LIGHT)


def test_paper_is_white_whatever_was_chosen(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    page = new_page(running.url)
    sign_in(page, alice.user)
    page.goto("/settings/display/")
    choose(page, "Dark")
    page.emulate_media(media="print")
    has_background(page, WHITE)
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
