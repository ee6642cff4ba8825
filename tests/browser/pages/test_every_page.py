"""What holds of every page in a real browser: axe finds nothing in either theme at either width,
the keyboard alone reaches everything, and Enter sends every form.

The pages are those of tests/site/world.py, so that a new address is looked at as soon as it has
one; which page a group holds does not matter, they only share the work.
"""

from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Pages
from tests.site.coached import add_coaches
from tests.site.world import ALIKE, World, link_paths, make_world, open_pages, sample_pages
from tests.support.browser import Watch, sign_in
from tests.support.keyboard import faults_of, small_targets_of
from tests.support.people import make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

GROUPS = 4
WIDTHS = (360, 1280)
THEMES = ("light", "dark")
AXE = Axe()
# What the policy of a page blocks; axe, put into it from outside, is blocked too.
BLOCKED = "Content Security Policy|CSP"
ALL_TOLD = "() => new Promise(requestAnimationFrame)"  # what was reported before has come


@pytest.fixture
def world(running: Running) -> World:
    now = timezone.now()
    return add_coaches(make_world(make_candidate(make_user("Alice")), now=now), now=now)


def own_paths(world: World) -> list[str]:
    found = sample_pages(world)
    return [*(path for name in sorted(found) for path in found[name]), "/nowhere/"]


def visitor_paths(world: World) -> list[str]:
    paths = [path for each in open_pages(world).values() for path in each[:ALIKE]]
    return [*paths, *link_paths(world)]


def look_at_each(
    running: Running, new_page: Pages, world: World, watch: Watch, group: int
) -> list[str]:
    """What is found on every page of the group, each fault with its address."""
    watch.allow("status of 404")  # the page that says so is looked at too
    signed_in, visitor = (new_page(running.url, service_workers="block") for _ in range(2))
    sign_in(signed_in, world.alice.user)
    found = []
    looks = [(signed_in, path) for path in own_paths(world)]
    looks += [(visitor, path) for path in visitor_paths(world)]
    for page, path in looks[group::GROUPS]:
        page.goto(path)
        faults = visit_faults(page, watch) + enter_faults(page)
        found += [f"{path}: {fault}" for fault in faults]
    return found


def visit_faults(page: Page, watch: Watch) -> list[str]:
    """Of a page that was just loaded: the keys at a desk, where keyboards are; a finger's targets
    at either width; and axe, whose own script the pages' policy reports."""
    fit(page, 1280)
    found = faults_of(page)
    for width in WIDTHS:
        fit(page, width)
        found += [f"{width} px: {fault}" for fault in small_targets_of(page)]
    page.evaluate(ALL_TOLD)
    found += watch.take(BLOCKED)
    found += axe_faults(page)
    page.evaluate(ALL_TOLD)
    watch.take(BLOCKED)
    return found


def fit(page: Page, width: int, theme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colour half-way


def axe_faults(page: Page) -> list[str]:
    """Everything that axe knows, serious or not."""
    return axe_faults_in(page, [(width, theme) for width in WIDTHS for theme in THEMES])


def axe_faults_in(page: Page, dresses: Iterable[tuple[int, str]]) -> list[str]:
    """A theme changes only colours, so the second one at a width is asked only about those. Style
    sheets are not fetched anew: the only rule that needs them is off."""
    found, asked = [], set[int]()
    page.evaluate(AXE.axe_script)
    for width, theme in dresses:
        fit(page, width, theme)
        options = {"resultTypes": ["violations"], "preload": False}
        if width in asked:
            options["runOnly"] = ["color-contrast", "link-in-text-block"]
        asked.add(width)
        answer = page.evaluate("(options) => axe.run(document, options)", options)
        for fault in answer["violations"]:
            nodes = [node["html"][:160] for node in fault["nodes"][:3]]
            found.append(f"{width} px, {theme}: {fault['id']} {nodes}")
    return found


# Each form's sending is noted and goes no further, so that looking changes nothing.
LISTEN = """
() => {
  window.hearbackSent = [];
  window.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    window.hearbackSent.push([...document.forms].indexOf(event.target));
  }, true);
}
"""
# The first field in which Enter sends, else the first button that does.
FOCUS = """
(number) => {
  const form = document.forms[number];
  if (form.hidden) return 'hidden';
  const shown = (element) => element.checkVisibility({ visibilityProperty: true })
    && element.getClientRects().length > 0 && !element.disabled;
  for (const element of form.elements) {
    element.closest('details:not([open])')?.setAttribute('open', '');
  }
  const own = [...form.elements].filter(shown);
  const types = ['text', 'search', 'email', 'password', 'tel', 'url', 'number', 'date', 'time'];
  const field = own.find((element) => types.includes(element.type))
    || own.find((element) => element.type === 'submit');
  if (!field) return 'nothing';
  field.focus();
  return 'focused';
}
"""


def enter_faults(page: Page) -> list[str]:
    fit(page, 1280)
    page.evaluate(LISTEN)
    found = []
    for number in range(page.evaluate("() => document.forms.length")):
        what = page.evaluate(FOCUS, number)
        if what == "nothing":
            found.append(f"form {number} has nothing that sends it")
        if what == "focused":
            page.keyboard.press("Enter")
            if page.evaluate("() => window.hearbackSent.pop()") != number:
                found.append(f"form {number}: Enter did not send it")
    return found


@pytest.mark.parametrize("group", range(GROUPS))
def test_axe_finds_nothing_the_keyboard_reaches_everything_and_enter_sends_it(
    running: Running, new_page: Pages, world: World, watch: Watch, group: int
) -> None:
    assert look_at_each(running, new_page, world, watch, group) == []
