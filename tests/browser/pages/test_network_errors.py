"""Slow responses, no network and errors: plain messages, and the input stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from interviews.models import Contact, Interview
from tests.browser.conftest import Pages
from tests.browser.story import choose
from tests.support.browser import Watch, sign_in
from tests.support.people import PASSWORD, make_candidate, make_interview, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def interview(running: Running) -> Interview:
    now = timezone.now()
    alice = make_candidate(make_user("Alice"))
    return make_interview(alice, starts_at=now - timedelta(hours=30), now=now)


@pytest.fixture
def page(running: Running, new_page: Pages, interview: Interview) -> Page:
    """A form of one that the service worker does not keep, filled in."""
    opened = new_page(running.url, service_workers="block")
    sign_in(opened, interview.candidate.user)
    opened.goto(f"/interviews/{interview.pk}/contact/")
    choose(opened, "What happened?", "I called, no answer")
    opened.locator("summary").first.click()
    opened.get_by_label("Notes").fill("Her line was busy")
    return opened


def save(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Save").click()


def test_without_a_network_what_was_typed_stays(running: Running, page: Page, watch: Watch) -> None:
    watch.allow("ERR_CONNECTION_REFUSED|htmx:(sendError|afterRequest)")
    running.fall_silent()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("What you typed is still here")
    expect(page.get_by_label("Notes")).to_have_value("Her line was busy")
    page.get_by_role("link", name="Contacts", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("load that page")
    running.answer()
    save(page)
    page.wait_for_url("**/interviews/*/")
    assert Contact.objects.get().notes == "Her line was busy"


def test_a_fault_does_not_take_the_place_of_what_was_typed(page: Page, watch: Watch) -> None:
    watch.allow("status of 500|htmx:responseError|Response Status Error")

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=500, body="<main id=page>Something failed</main>")
        else:
            route.continue_()

    page.route("**/contact/", fail)
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Something went wrong on our side")
    expect(page.get_by_label("Notes")).to_have_value("Her line was busy")
    expect(page.locator("form[aria-busy]")).to_have_count(0)


def test_a_form_on_its_way_says_so_and_is_not_sent_again(page: Page) -> None:
    waiting_routes: list[Route] = []
    page.route("**/contact/", lambda route: waiting_routes.append(route))
    save(page)
    expect(page.locator("main form[aria-busy=true]")).to_have_count(1)
    expect(page.locator("#progress")).to_have_css("opacity", "1")
    save(page)
    page.get_by_label("Notes").press("Control+Enter")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    assert len(waiting_routes) == 1
    waiting_routes[0].continue_()
    page.wait_for_url("**/interviews/*/")
    assert Contact.objects.count() == 1


def test_a_form_that_is_too_large_stays_on_the_page(page: Page, watch: Watch) -> None:
    watch.allow("status of 413|htmx:responseError|Response Status Error")
    page.get_by_label("Notes").evaluate("field => field.value = 'much '.repeat(300_000)")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("That’s too large to send")
    assert page.get_by_label("Notes").input_value().startswith("much much")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no-script"])
def test_what_was_typed_comes_back_after_the_sign_in(
    running: Running, new_page: Pages, interview: Interview, watch: Watch, has_scripts: bool
) -> None:
    page = new_page(running.url, java_script_enabled=has_scripts)
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/edit/")
    page.get_by_label("Notes").fill("Ask about the team\nand the hours")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email address").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This isn’t saved yet")
    expect(page.get_by_role("main")).to_contain_text("Ask about the team")
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/")
    interview.refresh_from_db()
    assert interview.notes == "Ask about the team\nand the hours"


def test_what_was_typed_outlives_a_sign_in_in_another_tab(
    running: Running, new_page: Pages, interview: Interview, watch: Watch
) -> None:
    watch.allow("status of 403|htmx:responseError|Response Status Error")
    # The worker's own requests may be on their way with the former token.
    page = new_page(running.url, service_workers="block")
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/edit/")
    page.get_by_label("Notes").fill("Ask about the team")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.context.new_page().goto("/today/")  # and its token with it
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This isn’t saved yet")
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/")
    interview.refresh_from_db()
    assert interview.notes == "Ask about the team"
