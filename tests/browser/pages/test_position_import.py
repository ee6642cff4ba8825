"""A wrong mapping that is corrected, an undo, and a second import that adds nothing."""

import pytest
from playwright.sync_api import Page, expect

from interviews.models import Vacancy
from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.people import make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

# Nobody would guess that the firm stands under “Remark”.
LIST = (
    "Remark,Position,Applied,Status\n"
    "Nordkai,Baker,2026-03-02,Xyzzy\n"
    "Westwind,Cook,2026-03-05,Ghosted\n"
)


@pytest.mark.parametrize(("java_script", "width"), [(True, 360), (False, 1280)])
def test_corrected_undone_and_again(
    running: Running, new_page: Pages, java_script: bool, width: int
) -> None:
    alice = make_candidate(make_user("Alice"))
    viewport = {"width": width, "height": 800}
    page = new_page(running.url, java_script_enabled=java_script, viewport=viewport)
    sign_in(page, alice.user)
    page.goto("/settings/data/")
    page.get_by_role("link", name="Import positions").click()
    map_file(page, java_script=java_script)
    page.get_by_role("button", name="Import 2 positions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import finished")
    expect(page.get_by_text("Added: 2 positions.")).to_be_visible()
    assert fits(page)
    states = Vacancy.objects.order_by("title").values_list("title", "company__name", "state")
    assert [*states] == [("Baker", "Nordkai", "in_talks"), ("Cook", "Westwind", "closed")]

    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import undone")
    assert not Vacancy.objects.exists()

    for added in ("Added: 2 positions.", "Nothing was added, since you already had everything."):
        page.get_by_role("link", name="Import another file").click()
        map_file(page, java_script=java_script)
        page.get_by_role("button", name="Import 2 positions").click()
        expect(page.get_by_text(added)).to_be_visible()
    assert Vacancy.objects.count() == 2


def map_file(page: Page, *, java_script: bool) -> None:
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("Your list").set_input_files(files=[file])
    page.get_by_role("button", name="Check file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the columns")
    choose(page, "Remark", "Company", java_script=java_script)
    # What the state's words mean is asked only while a column holds the state.
    choose(page, "Status", "Leave out", java_script=java_script)
    expect(page.get_by_label("Xyzzy", exact=True)).to_have_count(0)
    choose(page, "Status", "State", java_script=java_script)
    choose(page, "Xyzzy", "Interviewing", java_script=java_script)
    assert fits(page)
    page.get_by_role("button", name="Continue to preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before importing")
    assert fits(page)


def choose(page: Page, label: str, option: str, *, java_script: bool) -> None:
    """The page is made anew: at once, or by its button."""
    select = page.get_by_label(label, exact=True)
    if not java_script:
        select.select_option(label=option)
        with page.expect_navigation():
            page.get_by_role("button", name="Update this page").click()
        return
    with page.expect_response(lambda response: response.request.method == "POST"):
        select.select_option(label=option)
    # The response has come; its form stands once the request's line is gone.
    expect(page.locator("#progress.htmx-request")).to_have_count(0)


def fits(page: Page) -> bool:
    """Nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
