"""To an OpenID Connect provider and back in a real browser, under the site's own policy."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accounts.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OpenIDProvider,
    join_to,
    serving,
)
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import visit_faults
from tests.support.browser import Watch
from tests.support.people import PASSWORD, make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[OpenIDProvider]:
    with serving() as started:
        yield started


@pytest.fixture
def visitor(
    provider: OpenIDProvider, start_running: Callable[..., Running], new_page: Pages
) -> Page:
    named = {"OIDC_URL": provider.url, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_NAME": "Example"}
    secret = {"OIDC_CLIENT_SECRET": CLIENT_SECRET, "no_proxy": "127.0.0.1"}
    return new_page(start_running(works=False, **named, **secret).url)


def test_there_and_back(visitor: Page, provider: OpenIDProvider, watch: Watch) -> None:
    """With each page on the way looked at as those of tests/site/world.py are."""
    provider.person = {"subject": "n1", "email": "new@example.org"}
    visitor.goto("/accounts/login/")
    found = visit_faults(visitor, watch)
    visitor.route("**/accounts/oidc/", stay)
    visitor.get_by_role("button", name="Sign in with Example").click()
    expect_heading(visitor, "Continue to Example")
    found += visit_faults(visitor, watch)
    visitor.unroute_all()
    visitor.get_by_role("link", name="Continue").click()
    expect_heading(visitor, "Is this your email address?")
    expect(visitor.get_by_text("new@example.org")).to_be_visible()
    visitor.reload()  # Tab begins at the top
    found += visit_faults(visitor, watch)
    visitor.get_by_role("button", name="Email me a code").click()
    expect_heading(visitor, "Enter your sign-in code")
    visitor.reload()
    found += visit_faults(visitor, watch)
    found += removing_faults(visitor, provider, watch)
    assert found == []


def stay(route: Route) -> None:
    """The page that leads to the provider, to be looked at: it is gone at once, and its stylesheets
    may not have come by then."""
    answer = route.fetch()
    body = answer.text()
    assert 'http-equiv="refresh"' in body
    route.fulfill(response=answer, body=body.replace('http-equiv="refresh"', 'name="refresh"'))


def removing_faults(visitor: Page, provider: OpenIDProvider, watch: Watch) -> list[str]:
    """Of the pages that somebody known there meets, who is let in at once."""
    alice = make_user("Alice")
    make_candidate(alice)
    join_to(alice, provider, "a1")
    provider.person = {"subject": "a1", "email": alice.email}
    visitor.context.clear_cookies()
    visitor.goto("/accounts/login/")
    visitor.get_by_role("button", name="Sign in with Example").click()
    visitor.wait_for_url("**/today/")
    visitor.goto("/accounts/signing-in/")
    found = visit_faults(visitor, watch)
    visitor.get_by_role("link", name="Remove Example").click()
    visitor.get_by_label("Password").fill(PASSWORD)
    visitor.get_by_role("button", name="Confirm").click()
    expect_heading(visitor, "Remove “Example”?")
    visitor.reload()
    return found + visit_faults(visitor, watch)


def expect_heading(page: Page, text: str) -> None:
    """The only one."""
    expect(page.get_by_role("heading", level=1)).to_have_text([text])
