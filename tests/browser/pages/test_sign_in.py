"""The pages of the entrance that stand in the middle of something, in a real browser: axe finds
nothing in either theme at either width, and the keyboard reaches everything."""

import pytest
from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.email_change_undo import SALT
from accounts.keys import opaque_key
from accounts.models import EmailChange, User
from integrations.feed_address import create_feed
from interviews.models import Candidate
from tests.accounts.sign_in_helpers import make_passkey, make_recovery_codes, set_up_app
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import visit_faults
from tests.support.browser import Watch
from tests.support.people import PASSWORD, make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

SIGNING_IN = "/accounts/signing-in/"


@pytest.fixture
def alice(running: Running) -> User:
    user = make_user("Alice")
    make_candidate(user)
    return user


@pytest.fixture
def page(running: Running, new_page: Pages) -> Page:
    return new_page(running.url, service_workers="block")


def faults(page: Page, watch: Watch) -> list[str]:
    page.reload()  # Tab begins at the top
    return [f"{page.url}: {fault}" for fault in visit_faults(page, watch)]


def give_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_setting_up(page: Page, alice: User, watch: Watch) -> None:
    give_password(page)
    page.goto(f"{SIGNING_IN}app/activate/")
    found = faults(page, watch)  # it asks for a confirmation
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("img", name="QR code with your setup key")).to_be_visible()
    found += faults(page, watch)
    page.goto(f"{SIGNING_IN}passkeys/add/")
    found += faults(page, watch)
    set_up_app(alice)
    make_recovery_codes(alice)
    key = opaque_key(make_passkey(alice))
    for path in (
        "",
        "app/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        f"passkeys/{key}/name/",
        f"passkeys/{key}/remove/",
    ):
        page.goto(SIGNING_IN + path)
        assert SIGNING_IN + path in page.url
        found += faults(page, watch)
    create_feed(candidate=Candidate.objects.get(user=alice), now=timezone.now())
    page.goto("/settings/calendar/link/")
    expect(page.get_by_label("Private calendar link")).to_be_visible()
    found += faults(page, watch)
    assert found == []


def test_the_second_factor(page: Page, alice: User, watch: Watch) -> None:
    set_up_app(alice)
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Two-step sign-in")
    assert faults(page, watch) == []


def test_the_way_back(page: Page, alice: User, watch: Watch) -> None:
    watch.allow("status of 410")  # the page that says so is looked at too
    change = EmailChange.objects.create(
        user=alice, old="alice@example.com", new=alice.email, at=timezone.now()
    )
    page.goto(f"/accounts/email/back/{signing.dumps(str(change.pk), salt=SALT)}/")
    found = faults(page, watch)
    page.get_by_role("button", name="Restore old address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change password")
    page.goto("/accounts/email/back/nonsense/")
    assert found + faults(page, watch) == []


def test_too_many_tries(running: Running, page: Page, alice: User, watch: Watch) -> None:
    watch.allow("status of 429")
    # Links out of mails, from one network in a minute; "localhost" may be two.
    link = f"http://127.0.0.1:{running.port}/keep/nonsense/"
    for _ in range(60):
        page.request.get(link)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many attempts")
