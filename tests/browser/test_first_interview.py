"""A visitor writes down an interview first, and makes the account second."""

import re

import pytest
from playwright.sync_api import expect

from interviews.models import Interview
from tests.browser.conftest import Pages
from tests.browser.story import BARE_DESK, CODE, EMAIL, PASSWORD, PHONE, Device, on
from tests.support.inbox import text_of
from tests.support.running import Running

pytestmark = pytest.mark.browser

OVER = "Acme, analyst, yesterday 14:00 with Anna Petrova, they call by Friday"


@on(PHONE, BARE_DESK)
def test_from_the_landing_page_to_the_agreement(
    running: Running, new_page: Pages, device: Device
) -> None:
    page = device.open(new_page, running.url)
    page.goto("/")
    page.get_by_label("Your last interview, or the next one, in one line").fill(OVER)
    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call Anna Petrova on")
    page.get_by_role("link", name="Keep it and remind me").click()
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form.form button[type=submit]").click()
    found = CODE.search(text_of(running.inbox.take(to=EMAIL)))
    assert found is not None
    page.get_by_label("Code").fill(found.group(1))
    page.locator("form.form").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/interviews/[0-9a-f-]{36}/agreement/"))
    assert str(Interview.objects.get().vacancy) == "analyst, Acme"
    assert page.locator("input[name=due]:checked").count() == 1
