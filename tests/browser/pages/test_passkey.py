"""Adding and using a passkey in a real browser with a virtual authenticator."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from accounts.models import User
from tests.browser.conftest import Pages
from tests.support.browser import Watch
from tests.support.people import PASSWORD, make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

TODAY = re.compile("/today/$")
OVERVIEW = re.compile("/accounts/signing-in/$")


@pytest.fixture
def alice(running: Running) -> User:
    user = make_user("Alice")
    make_candidate(user)
    return user


def give_authenticator(page: Page, *, verifies: bool = True) -> tuple[CDPSession, str]:
    """As a phone has one: it keeps passkeys, and knows its owner's finger unless told not to."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    # Else what the test does next may cut the answer off, and with it the new session's cookie.
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))


def sign_out(page: Page) -> None:
    page.get_by_role("contentinfo").get_by_role("button", name="Sign out").click()
    account = page.get_by_role("navigation", name="Account")
    expect(account.get_by_role("link", name="Sign in")).to_be_visible()


def add_passkey(page: Page, name: str) -> None:
    """From Settings, as one finds it."""
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Sign-in and security").click()
    page.get_by_role("link", name="Add passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add passkey").click()


def test_it_is_added_and_opens_the_account(page: Page, alice: User) -> None:
    give_authenticator(page)
    sign_in(page)
    add_passkey(page, "my phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert Authenticator.objects.filter(user=alice, type="webauthn").count() == 1
    sign_out(page)

    page.goto("/accounts/login/?next=/interviews/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"//[^/]+/interviews/$"))  # and not the sign-in that leads there

    page.goto("/accounts/signing-in/")
    expect(page.get_by_text("my phone")).to_be_visible()
    page.get_by_role("link", name="Rename my phone").click()
    # The sign-in with it was a while ago as far as the product knows: it is asked for once more.
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_label("Name").fill("my old phone")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(OVERVIEW)
    page.get_by_role("link", name="Remove my old phone").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("Passkey removed.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_after_the_password_it_is_the_second_factor(page: Page, alice: User) -> None:
    give_authenticator(page)
    sign_in(page)
    add_passkey(page, "my phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Two-step sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(TODAY)


def test_it_opens_the_admin_where_a_second_factor_is_needed(
    start_running: Callable[..., Running], new_page: Pages
) -> None:
    page = new_page(start_running(works=False, STAFF_SECOND_FACTOR="1").url)
    make_user("Alice", is_staff=True)
    give_authenticator(page)
    sign_in(page)
    page.goto("/admin/")
    expect(page.get_by_text("the admin needs two-step sign-in")).to_be_visible()
    page.get_by_role("link", name="Add passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    page.goto("/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r"//[^/]+/admin/$"))
    expect(page.locator("#user-tools")).to_be_visible()


def test_one_that_does_not_know_its_owner_is_no_passkey(page: Page, alice: User) -> None:
    give_authenticator(page, verifies=False)
    sign_in(page)
    add_passkey(page, "my phone")
    expect(page.get_by_text("We couldn’t use your passkey.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_from_a_page_that_is_exchanged_in_part_it_works_too(page: Page, alice: User) -> None:
    """The sign-in page needs its scripts, whichever link led to it."""
    give_authenticator(page)
    sign_in(page)
    add_passkey(page, "my phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(TODAY)


def test_without_scripts_the_password_is_left(
    running: Running, new_page: Pages, alice: User, watch: Watch
) -> None:
    page = new_page(running.url, java_script_enabled=False)
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page)
    expect(page).to_have_url(TODAY)
