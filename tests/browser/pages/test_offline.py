"""The agreement card where the network does not work: kept on the device, sent exactly once."""

import re
from datetime import timedelta
from functools import partial

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error, Locator, Page, expect

from accounts.services import end_sessions
from interviews.models import Agreement, Candidate, Interview
from tests.browser.conftest import Pages
from tests.browser.story import choose
from tests.interviews.views.linking import CARD
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

NO_NETWORK = "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE"
NO_PAGES = "async () => (await caches.keys()).every((name) => !name.startsWith('pages-'))"
# The worker has the page in hand, and the card and what is shown around it on the device.
IS_READY = """async (paths) => {
  if (!navigator.serviceWorker.controller) return false;
  for (const path of paths) if (!(await caches.match(path))) return false;
  return true;
}"""
ENTRIES = """async (change) => {
  const opening = indexedDB.open("hearback");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  if (!opening.result.objectStoreNames.contains("entries")) return [];
  const store = opening.result.transaction("entries", "readwrite").objectStore("entries");
  const asked = store.getAll();
  await new Promise((resolve) => (asked.onsuccess = resolve));
  for (const entry of asked.result) {
    entry.filledAt -= change;
    if (change) await new Promise((done) => (store.put(entry).onsuccess = done));
  }
  opening.result.close();
  return asked.result;
}"""


@pytest.fixture
def alice(running: Running, watch: Watch) -> Candidate:
    watch.allow(NO_NETWORK)
    return make_candidate(make_user("Alice"))


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    """Over in a few minutes, so that its end is no proposal for the moment of an agreement."""
    now = timezone.now()
    return make_interview(alice, starts_at=now - timedelta(minutes=50), now=now)


@pytest.fixture
def page(running: Running, new_page: Pages, interview: Interview) -> Page:
    """Signed in as alice on a phone that keeps the card."""
    opened = new_page(running.url, viewport={"width": 360, "height": 740})
    sign_in(opened, interview.candidate.user)
    settle(opened, card_of(interview))
    return opened


def card_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/agreement/"


def settle(page: Page, *paths: str) -> None:
    page.goto("/today/")
    wait_until_ready(page, "/today/", "/kept/", "/offline/", *paths)


def wait_until_ready(page: Page, *paths: str) -> None:
    """Playwright's own waiting would take the promise of an answer for the answer."""
    asked = partial(page.evaluate, IS_READY, list(paths))
    wait_until(asked, seconds=15, what=f"the worker has the page and {paths}")


def note(page: Page, interview: Interview, day: str = "In a week") -> None:
    """Fill the card in while nothing answers."""
    page.goto(card_of(interview))
    choose(page, "When will you hear?", day)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
    expect(notice(page)).to_contain_text("One note waits on this device to be sent.")


def notice(page: Page) -> Locator:
    return page.locator("#kept")


def hours_pass_on(page: Page, hours: int) -> None:
    page.evaluate(ENTRIES, hours * 3600 * 1000)


def kept_on(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(ENTRIES, 0)
    return found


def test_filled_in_without_a_network_and_sent_once_when_it_is_back(
    running: Running, page: Page, interview: Interview
) -> None:
    running.fall_silent()
    note(page, interview)
    pressed_at = timezone.now()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("One note waits")
    assert not Agreement.objects.exists()
    hours_pass_on(page, 3)
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    made = Agreement.objects.get()
    assert abs(made.made_at - (pressed_at - timedelta(hours=3))) < timedelta(minutes=1)
    zone = interview.candidate.zone
    assert made.due_on == pressed_at.astimezone(zone).date() + timedelta(days=7)
    assert kept_on(page) == []
    page.reload()
    expect(page.get_by_text("The agreement is noted.")).to_be_visible()
    assert Agreement.objects.count() == 1


def test_what_is_filled_in_twice_is_two_notes(
    running: Running, page: Page, interview: Interview
) -> None:
    """The card that is kept stays the same; what was agreed on Monday and on Tuesday is not."""
    running.fall_silent()
    note(page, interview)
    page.goto(card_of(interview))
    choose(page, "When will you hear?", "Tomorrow")
    page.get_by_role("button", name="Save").click()
    expect(notice(page)).to_contain_text("Notes that wait on this device to be sent: 2")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    notice(page).get_by_role("link", name="See what holds now").click()
    expect(page.get_by_role("heading", name="Coming interviews")).to_be_visible()
    today = timezone.now().astimezone(interview.candidate.zone).date()
    days = [made.due_on - today for made in Agreement.objects.order_by("created_at")]
    assert days == [timedelta(days=7), timedelta(days=1)]


def test_two_tabs_send_it_once(running: Running, page: Page, interview: Interview) -> None:
    running.fall_silent()
    note(page, interview)
    other = page.context.new_page()
    other.goto("/today/")
    running.answer()
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in (page, other):
        expect(notice(tab)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1


def test_it_is_sent_from_the_page_that_stayed_open(
    running: Running, page: Page, interview: Interview
) -> None:
    """The same form posted twice, too: pressed again in doubt, it is one note."""
    running.fall_silent()
    note(page, interview)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree?")
    running.answer()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1


def test_with_a_network_the_worker_only_hands_it_on(page: Page, interview: Interview) -> None:
    page.goto(card_of(interview))
    choose(page, "When will you hear?", "In a week")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/")
    expect(page.get_by_text("The agreement is noted.")).to_be_visible()
    assert Agreement.objects.count() == 1
    assert kept_on(page) == []


def test_nothing_was_agreed_works_without_a_network_too(
    running: Running, page: Page, interview: Interview
) -> None:
    Interview.objects.filter(pk=interview.pk).update(
        starts_at=interview.starts_at - timedelta(minutes=20)
    )
    settle(page, card_of(interview))
    page.goto(card_of(interview))
    wait_until_ready(page)
    running.fall_silent()
    page.get_by_role("button", name="Nothing was agreed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("is sent")
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None


def test_what_is_not_kept_is_said_to_need_the_network(running: Running, page: Page) -> None:
    running.fall_silent()
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no network just now")
    page.get_by_role("link", name="Go to Today").click()
    expect(page.get_by_role("heading", name="Coming interviews")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no network just now")


def test_a_lapsed_sign_in_is_asked_for_and_then_it_is_sent(
    running: Running, page: Page, interview: Interview
) -> None:
    running.fall_silent()
    note(page, interview)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    running.answer()
    page.goto("/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(notice(page)).to_contain_text("Your sign-in has ended; what you noted is kept.")
    assert not Agreement.objects.exists()
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_label("Password").fill("a long enough word")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1


def test_a_sign_in_that_lapses_under_an_open_card_loses_nothing(
    page: Page, interview: Interview
) -> None:
    page.goto(card_of(interview))
    wait_until_ready(page)
    choose(page, "When will you hear?", "In a week")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
    expect(notice(page)).to_contain_text("Sign in to send it")
    sign_in(page, interview.candidate.user)
    page.goto("/today/")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1


def test_a_refused_one_is_kept_and_put_right(
    running: Running, page: Page, interview: Interview, watch: Watch
) -> None:
    watch.allow(r"status of 422")
    running.fall_silent()
    page.goto(card_of(interview))
    choose(page, "When will you hear?", "Another day")
    page.get_by_label("Which day").fill("2020-01-01")
    page.get_by_label("At what time").fill("10:15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept on this device")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("One note could not be taken as it was filled in.")
    page.get_by_role("link", name="Look at it again").click()
    expect(page.get_by_text("before the day it was agreed").first).to_be_visible()
    expect(page.get_by_label("At what time")).to_have_value("10:15")
    choose(page, "When will you hear?", "In a week")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/")
    expect(notice(page)).to_be_empty()
    assert f"{Agreement.objects.get().due_time:%H:%M}" == "10:15"


def refused(running: Running, page: Page, interview: Interview) -> None:
    running.fall_silent()
    note(page, interview, "Another day")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("One note could not be taken")


def test_a_refused_one_can_be_thrown_away(
    running: Running, page: Page, interview: Interview
) -> None:
    refused(running, page, interview)
    page.get_by_text("Throw it away").click()
    page.get_by_role("button", name="Delete it from this device").click()
    expect(notice(page)).to_be_empty()
    assert kept_on(page) == []


def test_signing_out_says_what_is_lost_and_clears_the_device(
    running: Running, page: Page, interview: Interview
) -> None:
    refused(running, page, interview)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign out?")
    expect(page.get_by_text("Signing out deletes it.")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert kept_on(page) == []
    assert (
        page.evaluate("caches.keys().then((names) => names.filter((n) => /^pages/.test(n)))") == []
    )


def test_signing_out_with_nothing_kept_is_one_press(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert (
        page.evaluate("caches.keys().then((names) => names.filter((n) => /^pages/.test(n)))") == []
    )


def test_another_person_neither_sees_nor_sends_it(
    running: Running, page: Page, interview: Interview
) -> None:
    charlie = make_candidate(make_user("Charlie"))
    running.fall_silent()
    note(page, interview)
    page.context.clear_cookies()
    sign_in(page, charlie.user)
    running.answer()
    settle(page)
    expect(notice(page)).to_be_empty()
    assert page.evaluate("caches.match('/today/').then((kept) => kept.text())").count("Acme") == 0
    assert page.evaluate(f"caches.match('{card_of(interview)}')") is None
    assert not Agreement.objects.exists()
    running.fall_silent()
    page.goto(card_of(interview))
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no network just now")
    page.context.clear_cookies()
    sign_in(page, interview.candidate.user)
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1


def test_the_worker_keeps_out_of_the_admin_and_of_a_mails_links(
    running: Running, page: Page
) -> None:
    running.fall_silent()
    for path in ("/admin/", "/act/of-a-mail/"):
        with pytest.raises(Error, match=r"ERR_(CONNECTION_REFUSED|FAILED)"):
            page.goto(path)


FOREIGN = "http://127.0.0.1:9/"  # answered in this test alone; nothing listens there
FILLED_IN = {**CARD, "csrfmiddlewaretoken": "a" * 64}
FIELDS = "".join(f'<input name="{name}" value="{value}">' for name, value in FILLED_IN.items())


@pytest.mark.parametrize("name", ["agreement", "nothing-agreed"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_another_sites_form_is_none_of_the_workers_business(
    running: Running, page: Page, interview: Interview, watch: Watch, name: str, is_signed_in: bool
) -> None:
    """Not sent with a fresh token, and not kept until the candidate signs in."""
    watch.allow("status of 403")
    Interview.objects.filter(pk=interview.pk).update(
        starts_at=interview.starts_at - timedelta(minutes=20)
    )
    action = f"{running.url}/interviews/{interview.pk}/{name}/"
    html = f'<form method="post" action="{action}">{FIELDS}<button>Win</button></form>'
    page.route(FOREIGN, lambda route: route.fulfill(body=html, content_type="text/html"))
    if not is_signed_in:
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(FOREIGN)
    with page.expect_response(action) as answer:
        page.get_by_role("button", name="Win").click()
    assert answer.value.status == 403
    page.wait_for_load_state()
    page.goto("/offline/" if is_signed_in else "/accounts/login/")
    assert kept_on(page) == []
    sign_in(page, interview.candidate.user)
    settle(page)
    interview.refresh_from_db()
    assert not Agreement.objects.exists()
    assert interview.nothing_agreed_at is None


def test_another_site_cannot_have_a_refused_note_sent_again(
    running: Running, page: Page, interview: Interview, watch: Watch
) -> None:
    refused(running, page, interview)
    (entry,) = kept_on(page)
    link = f"{running.url}{card_of(interview)}?kept={entry['id']}"
    html = f'<a href="{link}">Win</a>'
    page.route(FOREIGN, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(FOREIGN)
    posts: list[str] = []
    page.context.on(
        "request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None
    )
    page.get_by_role("link", name="Win").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree?")
    assert [path for path in posts if "/preview/" not in path] == []
    assert [each["isRefused"] for each in kept_on(page)] == [True]


def test_ended_from_elsewhere_nothing_is_read_and_what_was_noted_waits(
    running: Running, page: Page, interview: Interview
) -> None:
    user = interview.candidate.user
    running.fall_silent()
    note(page, interview)
    session = Session.objects.get().pk
    listed = UserSession.objects.create(user=user, session_key=session, ip="127.0.0.1")
    end_sessions([listed], now=timezone.now())
    running.answer()
    page.goto("/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    wait_until(partial(page.evaluate, NO_PAGES), seconds=15, what="the kept pages are gone")
    expect(notice(page)).to_be_empty()
    assert len(kept_on(page)) == 1
    sign_in(page, user)
    page.goto("/today/")
    expect(notice(page)).to_contain_text("What waited on this device is sent.")
    assert Agreement.objects.count() == 1
