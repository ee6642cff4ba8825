"""To a provider of OpenID Connect and back in a real browser, under the site's own policy."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIDProvider, serving
from tests.browser.conftest import Pages
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


def test_there_and_back(visitor: Page, provider: OpenIDProvider) -> None:
    provider.person = {"subject": "a1", "email": "alice@example.org"}
    visitor.goto("/accounts/login/")
    visitor.get_by_role("button", name="Sign in with Example").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Is this your email address?")
    expect(visitor.get_by_text("alice@example.org")).to_be_visible()
    visitor.get_by_role("button", name="Email me a code").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Enter the code to sign in")
