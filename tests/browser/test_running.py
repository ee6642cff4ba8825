"""The fixtures themselves: the processes are real, and errors in a page are noticed."""

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.support.browser import Watch, sign_in
from tests.support.people import make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


def test_a_mail_goes_from_the_page_by_a_worker_to_the_inbox(page: Page, running: Running) -> None:
    make_user("Alice")
    page.goto("/accounts/login/code/")
    page.locator("input[type=email]").fill("alice@example.org")
    page.locator("input[type=email]").press("Enter")
    assert running.inbox.take(to="alice@example.org")["Message-ID"]


def test_a_signed_in_page_needs_no_sign_in_page(page: Page) -> None:
    operator = User.objects.create_superuser("operator@example.org", "a long enough word")
    sign_in(page, operator)
    page.goto("/admin/")
    assert page.locator("#user-tools").is_visible()


def test_blocked_content_and_other_hosts_are_noticed(page: Page, watch: Watch) -> None:
    page.goto("/accounts/login/")
    assert watch.unexpected() == []
    page.evaluate("document.body.append(Object.assign(new Image, {src: 'http://other.invalid/'}))")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_function("() => document.images[document.images.length - 1].complete")
    assert any("CSP: img-src blocked http://other.invalid/" in one for one in watch.unexpected())
    assert any("broken" in one for one in watch.unexpected())
    watch.allow("other.invalid|broken|Content Security Policy")
