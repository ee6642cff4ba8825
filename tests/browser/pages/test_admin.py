"""The admin in a real browser, as an operator sees it (test_coach.py: as a coach does): axe finds
nothing in either theme at either width, no page is wider than the screen, and the keyboard alone
reaches everything.

What is asked of every page is that of test_every_page.py; the pages are those of every registered
model, so that a new one is looked at as soon as it is there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from interviews.models import Interview
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import (
    BLOCKED,
    WIDTHS,
    axe_faults,
    axe_faults_in,
    fit,
    visit_faults,
)
from tests.site.world import make_world
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_coaching, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

# The lists of all models are one page, and so are their rows, which of_the_operator looks at in all
# dresses; here one after the other is put on.
DRESSES = ((360, "dark"), (1280, "light"), (360, "light"), (1280, "dark"))


@pytest.fixture
def bob(running: Running) -> User:
    """Alice's coach, and an operator whom the tests make one."""
    alice = make_candidate(make_user("Alice"))
    make_world(alice, now=timezone.now())
    coach = make_user("Bob", is_staff=True)
    make_coaching(coach, alice)
    AuditEntry.objects.create(at=timezone.now(), kind=Kind.SIGNED_IN, subject_id=coach.pk)
    return coach


@pytest.fixture
def operator(bob: User) -> User:
    User.objects.filter(pk=bob.pk).update(is_superuser=True)
    return bob


def listing(model: type[Model], page: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def of_each_model() -> Iterator[str]:
    """Its list, and the page of its first row."""
    for model in admin.site._registry:
        yield listing(model)
        row = model._default_manager.order_by("pk").first()
        if row is not None:
            yield f"{listing(model)}{row.pk}/change/"


def of_the_operator(operator: User) -> list[str]:
    """Every page of a kind of its own."""
    user = f"/admin/accounts/user/{operator.pk}"
    return [
        "/admin/",
        "/admin/interviews/",
        "/admin/interviews/interview/?q=none",
        "/admin/interviews/interview/?step=call",
        "/admin/accounts/user/add/",
        "/admin/auth/group/add/",
        f"{user}/password/",
        f"{user}/history/",
        "/admin/interviews/interview/",
        f"/admin/interviews/interview/{Interview.objects.order_by('pk')[0].pk}/change/",
    ]


def opened(running: Running, new_page: Pages, user: User) -> Page:
    page = new_page(running.url, service_workers="block")
    sign_in(page, user)
    return page


def overflow_faults(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        fit(page, width)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width} px: wider than the screen")
    return found


def looked_at(page: Page, paths: Iterable[str], look: Callable[[Page], list[str]]) -> list[str]:
    found = []
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path}: {fault}" for fault in look(page) + overflow_faults(page)]
    return found


def test_axe_finds_nothing_and_the_keyboard_reaches_everything(
    running: Running, new_page: Pages, operator: User, watch: Watch
) -> None:
    page = opened(running, new_page, operator)
    paths = of_the_operator(operator)
    assert looked_at(page, paths, lambda page: visit_faults(page, watch)) == []


def test_what_an_action_asks(
    running: Running, new_page: Pages, operator: User, watch: Watch
) -> None:
    """Tick, choose, go on: the page says to how many, and the list then what was done."""
    watch.allow(BLOCKED)
    page = opened(running, new_page, operator)
    page.goto("/admin/interviews/interview/")
    page.get_by_label("Select all objects on this page for an action").check()
    page.locator("select[name=action]").select_option(label="Recalculate next step")
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"Recalculate the next steps for \d+ interviews\?"))
    expect(page.locator(".note.is-due")).to_contain_text("skipped: it was cancelled")
    assert axe_faults(page) + overflow_faults(page) == []
    page.get_by_role("button", name="Recalculate next step").click()
    expect(heading).to_have_text("Interviews")
    expect(page.get_by_role("status")).to_contain_text("Next steps recalculated for")
    assert axe_faults(page) == []


def test_the_colours_are_those_that_were_chosen(
    running: Running, new_page: Pages, operator: User
) -> None:
    page = opened(running, new_page, operator)
    page.goto("/admin/interviews/reminder/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    body = page.locator("body")
    expect(body).not_to_have_css("background-color", light)
    expect(page).to_have_url(re.compile("/admin/interviews/reminder/$"))
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto("/today/")
    expect(body).to_have_css("background-color", dark)


def test_signing_out_of_the_admin(running: Running, new_page: Pages, operator: User) -> None:
    page = opened(running, new_page, operator)
    page.goto("/admin/")
    page.get_by_role("navigation", name="Account").get_by_role("button", name="Sign out").click()
    expect(page).not_to_have_url(re.compile("/admin/"))
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_axe_finds_nothing_on_any_list_or_row(
    running: Running, new_page: Pages, operator: User, watch: Watch
) -> None:
    watch.allow(BLOCKED)
    page, dresses = opened(running, new_page, operator), cycle(DRESSES)
    assert looked_at(page, of_each_model(), lambda page: axe_faults_in(page, [next(dresses)])) == []
