"""A coach's pages in a real browser: axe finds nothing in either theme at either width, nothing is
wider than the screen, the keyboard alone reaches everything, and the pages keep their own policy.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from coaching import coachings
from interviews.models import Coaching, Interview
from tests.browser.conftest import Pages
from tests.browser.pages.test_admin import looked_at, opened, overflow_faults
from tests.browser.pages.test_every_page import (
    BLOCKED,
    axe_faults,
    enter_faults,
    visit_faults,
)
from tests.browser.story import choose
from tests.site.coached import add_coaches
from tests.site.world import World, make_world
from tests.support.browser import Watch
from tests.support.people import make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def bob(running: Running) -> User:
    return make_user("Bob", is_staff=True)


@pytest.fixture
def world(bob: User) -> World:
    """All of alice's, shared with bob, whom somebody else has invited."""
    now = timezone.now()
    made = add_coaches(make_world(make_candidate(make_user("Alice")), now=now), now=now, coach=bob)
    other = make_candidate(make_user("Eve"))
    terms = coachings.Terms("steps")
    coachings.invite_coach(candidate=other, address=bob.email, terms=terms, now=now)
    return made


def paths_of(world: World) -> list[str]:
    """Every page of a coach's, and an interview in each of its states."""
    alice = world.alice
    nouns = ("candidate", "interview", "result", "proposal", "coachnote", "coaching")
    coaching = Coaching.objects.get(candidate=alice, coach__email="bob@example.org")
    rows = [world.by_step["call"], world.by_step["prepare"], world.full]
    rows += Interview.objects.filter(candidate=alice, cancelled_at__isnull=False)[:1]
    return [
        "/admin/",
        *(f"/admin/interviews/{noun}/" for noun in nouns),
        "/admin/interviews/candidate/?who=week&q=none",
        "/admin/interviews/interview/?matter=1",
        f"/admin/?open={rows[0].pk}",
        f"/admin/interviews/candidate/{alice.pk}/change/",
        f"/admin/interviews/candidate/{alice.pk}/change/?open={rows[0].pk}&say=note",
        f"/admin/interviews/candidate/{alice.pk}/talk/",
        *(f"/admin/interviews/interview/{row.pk}/change/" for row in rows),
        f"/admin/interviews/coaching/{coaching.pk}/end/",
    ]


def test_axe_finds_nothing_the_keyboard_reaches_everything_and_enter_sends_it(
    running: Running, new_page: Pages, bob: User, world: World, watch: Watch
) -> None:
    page = opened(running, new_page, bob)

    def look(page: Page) -> list[str]:
        found = visit_faults(page, watch) + enter_faults(page)
        # Around a list without actions Django puts a form that holds nothing.
        return [each for each in found if "nothing that sends" not in each]

    assert looked_at(page, paths_of(world), look) == []


def test_axe_finds_nothing_where_a_form_was_refused(
    running: Running, new_page: Pages, bob: User, world: World, watch: Watch
) -> None:
    watch.allow(BLOCKED)
    watch.allow("status of 422")
    page = opened(running, new_page, bob)
    interview = f"/admin/interviews/interview/{world.by_step['call'].pk}/change/"
    forms = {
        f"/admin/interviews/candidate/{world.alice.pk}/change/": ["Save note"],
        f"{interview}?say=suggest": ["Send suggestion"],
        f"{interview}?say=note": ["Save note"],
        f"{interview}?say=comment": ["Send comment"],
        "/admin/interviews/coaching/": ["Send request"],
    }
    found = []
    for path, buttons in forms.items():
        for button in buttons:
            page.goto(path)
            page.locator("details:has(form:has(textarea)):not([open]) > summary").evaluate_all(
                "folded => folded.forEach((each) => each.click())"
            )
            if button == "Send suggestion":
                page.get_by_label("Due date").fill("2020-01-01")
            page.get_by_role("button", name=button).click()
            expect(page.get_by_role("alert")).to_be_in_viewport()
            found += [f"{path}, {button}: {fault}" for fault in axe_faults(page)]
            found += overflow_faults(page)
    assert found == []


def test_a_row_opens_in_place_and_what_is_typed_is_kept_until_it_is_sent(
    running: Running, new_page: Pages, bob: User, world: World, watch: Watch
) -> None:
    page = opened(running, new_page, bob)
    page.goto("/admin/")
    page.evaluate("window.isSamePage = true")
    missed = world.alice.interviews.get(vacancy__company__name="Ζήτα")
    row = page.locator(f"#row-{missed.pk}")
    row.get_by_role("link", name=re.compile("^Suggest.*Ζήτα")).click()
    expect(row.get_by_label("Call")).to_be_focused()
    row.get_by_label("Your words").fill("Half typed")
    row.get_by_role("link", name="Note", exact=True).click()
    row.locator("[name=text]").fill("For me")
    row.get_by_role("link", name="Suggest", exact=True).click()
    expect(row.get_by_label("Your words")).to_have_value("Half typed")
    row.get_by_label("Your words").press("Escape")
    expect(row.get_by_role("button")).to_have_count(0)
    assert page.evaluate("window.isSamePage")

    page.goto(f"/admin/interviews/interview/{missed.pk}/change/")
    expect(page.get_by_label("Your words")).to_have_value("Half typed")
    choose(page, "What do you suggest?", "Call")
    page.get_by_role("button", name="Send suggestion").click()
    expect(page.get_by_text("Suggestion sent.")).to_be_visible()
    page.get_by_role("link", name="Suggest", exact=True).click()
    drafted = page.get_by_label("Your words").input_value()
    assert drafted not in ("", "Half typed")
    choose(page, "What do you suggest?", "Write")
    expect(page.get_by_label("Your words")).to_have_value("")
    choose(page, "What do you suggest?", "Call")
    expect(page.get_by_label("Your words")).to_have_value(drafted)
    page.get_by_role("link", name="Note", exact=True).click()
    expect(page.locator("[name=text]")).to_have_value("For me")
