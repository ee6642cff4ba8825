"""A coach is invited by mail, signs up, accepts and looks; the candidate sees it, and ends it."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from coaching import permissions
from interviews.models import Candidate, Coaching
from tests.browser.conftest import Pages
from tests.browser.story import CODE, PASSWORD
from tests.support.browser import Watch, sign_in
from tests.support.inbox import Inbox, links_of, text_of
from tests.support.people import make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser
EVA = "eva@example.org"
WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def invite(page: Page, address: str) -> None:
    page.goto("/settings/")
    page.get_by_role("link", name="Coaches").click()
    page.get_by_role("link", name="Invite coach").click()
    page.get_by_label("The coach’s email address").fill(address)
    expect(page.get_by_role("radio", name=re.compile("^Next steps only"))).to_be_checked()
    page.get_by_role("radio", name=re.compile("^All positions")).check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"Invitation sent to {address}.")).to_be_visible()


def sign_up(page: Page, inbox: Inbox, *, has_script: bool) -> None:
    """From the invitation, and back to it."""
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email address").fill(EVA)
    page.get_by_label("Password").fill(PASSWORD)
    if not has_script:
        page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Create account").click()
    found = CODE.search(text_of(inbox.take(to=EVA)))
    assert found is not None
    page.get_by_label("Code").fill(found.group(1))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Alice would like you to be their coach"
    )


@WITH_AND_WITHOUT
def test_a_coach_is_let_in_and_out_again(
    running: Running, new_page: Pages, watch: Watch, *, script: bool
) -> None:
    watch.allow("status of 410")  # the ended link
    alice = make_candidate(make_user("Alice"))
    options = {"timezone_id": "Europe/Berlin", "java_script_enabled": script}
    of_alice = new_page(running.url, **options)
    sign_in(of_alice, alice.user)
    invite(of_alice, EVA)

    # Whoever is invited looks at it, signs up, accepts, and stands in the coach's site.
    mail = running.inbox.take(to=EVA, subject="Alice invited you to be their coach")
    of_coach = new_page(running.url, **options)
    of_coach.goto(links_of(mail)[0])
    assert of_coach.url == f"{running.url}/coaching/invitation/"
    expect(of_coach.get_by_text("Next steps only, for all positions")).to_be_visible()
    sign_up(of_coach, running.inbox, has_script=script)
    of_coach.get_by_role("button", name="Accept").click()
    of_coach.wait_for_url("**/admin/")
    eva = User.objects.get(email=EVA)
    assert eva.is_staff
    assert not Candidate.objects.filter(user=eva).exists()

    # The candidate is told, sees it, and ends it.
    told = running.inbox.take(to=alice.user.email, subject=f"{EVA} is now your coach")
    of_alice.goto(links_of(told)[-1])
    expect(of_alice.get_by_text("Active", exact=True)).to_be_visible()
    of_alice.get_by_role("link", name=f"End coaching with {EVA}").click()
    of_alice.get_by_role("button", name="End coaching").click()
    expect(
        of_alice.get_by_text(f"Sharing ended. {EVA} can’t see your search any more.")
    ).to_be_visible()
    ended_at = Coaching.objects.get().ended_at
    assert ended_at is not None
    assert not permissions.scope_of(eva, now=ended_at).candidates()

    # The link of the mail opens nothing any more, and the record has kept all of it.
    of_coach.goto("/coaching/invitation/")
    expect(of_coach.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    of_alice.goto("/settings/record/")
    expect(of_alice.get_by_text("You stopped sharing with a coach")).to_be_visible()
