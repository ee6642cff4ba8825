"""A device is told of a step, and the step is snoozed from the notification.

The headless shell has no notifications, so a whole Chromium runs here. The push service would be
the browser maker's: the subscription is the test's own, and CDP delivers the messages, of which one
story takes what a real sender has sent to a push service.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    CDPSession,
    Page,
    Playwright,
    ViewportSize,
    Worker,
    expect,
)

from interviews.models import Candidate, Interview, PushDevice, Reminder
from interviews.services.notification_channels import add_device, remove_device
from reminders.push_keys import public_key
from scripts.chromium import require_full_chromium
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import enter_faults, visit_faults
from tests.dashboard.linking import link
from tests.support.browser import CHROMIUM_FLAGS, Watch, sign_in
from tests.support.people import keep_hours, make_candidate, make_user
from tests.support.push import make_subscription
from tests.support.push_service import PushService
from tests.support.running import Running
from tests.support.step_factories import reminder_of, stand
from tests.support.waiting import TooLateError, wait_until

pytestmark = pytest.mark.browser
URL, ACT = "/settings/notifications/", "/act/notification/"
PHONE: ViewportSize = {"width": 360, "height": 740}
TURN_ON = "Turn on notifications on this device"
# Instead of asking the push service.
SUBSCRIBING = """(told) => {
  const stored = () => localStorage.getItem("subscribed") ? subscription : null;
  const subscription = { ...told, toJSON: () => told };
  PushManager.prototype.subscribe = async function (options) {
    localStorage.setItem("subscribed", options.applicationServerKey);
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => stored();
}"""
SHOWN = """() => self.registration.getNotifications().then((all) => all.map((each) => ({
  title: each.title, body: each.body, tag: each.tag, silent: each.silent,
  actions: each.actions.map(({ action, title }) => ({ action, title })),
})))"""
HAS_ONE = "self.registration.getNotifications().then((all) => all.length > 0)"
TAP = """(action) => self.registration.getNotifications().then(([notification]) =>
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action })))"""

# The same within the worker, which forgets it when it ends.
RENEWING = """(told) => {
  self.ended = 0;
  PushManager.prototype.getSubscription = async () =>
    ({ ...told, toJSON: () => told, unsubscribe: async () => (self.ended += 1) });
}"""


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(
        executable_path=require_full_chromium(),
        args=[*CHROMIUM_FLAGS, "--headless=new"],
        headless=False,
    )
    yield started
    started.close()


@pytest.fixture
def reminder(running: Running) -> Reminder:
    now = timezone.now()
    return reminder_of(stand(make_candidate(make_user("Alice")), "call", now=now), now=now)


@pytest.fixture
def page(running: Running, new_page: Pages, reminder: Reminder) -> Page:
    """Signed in as alice, whose browser allows notifications."""
    return allowing(new_page(running.url, viewport=PHONE), reminder.candidate, make_subscription())


def allowing(page: Page, candidate: Candidate, subscription: dict[str, object]) -> Page:
    page.context.grant_permissions(["notifications"])
    page.add_init_script(f"({SUBSCRIBING})({json.dumps(subscription)})")
    sign_in(page, candidate.user)
    return page


def turn_on(page: Page) -> Worker:
    page.goto(URL)
    page.get_by_role("button", name=TURN_ON).click()
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    return worker_of(page)


def worker_of(page: Page) -> Worker:
    wait_until(lambda: bool(page.context.service_workers), seconds=15, what="the worker runs")
    return page.context.service_workers[0]


class Push:
    """What a push service does."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._registrations: list[str] = []
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._on_update)
        self._session.send("ServiceWorker.enable")
        self._page = page
        wait_until(self._has_one, seconds=15, what="the worker is registered", every=0.1)

    def _on_update(self, told: dict[str, list[dict[str, Any]]]) -> None:
        for each in told["registrations"]:
            if not each["isDeleted"]:
                self._registrations.append(each["registrationId"])

    def _has_one(self) -> bool:
        self._page.wait_for_timeout(10)  # Playwright takes events while it waits
        return bool(self._registrations)

    def deliver(self, origin: str, data: str, *, worker: Worker) -> None:
        """Again if nothing is shown, as a push service does: CDP drops a message that comes while
        the browser starts the worker. The same tag is one notification."""
        self._page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        told = {"origin": origin, "registrationId": self._registrations[-1], "data": data}
        for _ in range(3):
            self._session.send("ServiceWorker.deliverPushMessage", told)
            with suppress(TooLateError):
                has_one = partial(worker.evaluate, HAS_ONE)
                return wait_until(has_one, seconds=5, what="anything is shown", every=0.1)
        return None


def shown(worker: Worker, title: str) -> dict[str, object]:
    """The one notification, once its title begins so."""
    found: list[dict[str, object]] = []

    def is_there() -> bool:
        found[:] = worker.evaluate(SHOWN)
        return len(found) == 1 and str(found[0]["title"]).startswith(title)

    try:
        wait_until(is_there, seconds=15, what=f"“{title}” is shown", every=0.1)
    except TooLateError as error:
        raise AssertionError(f"shown is {found}") from error
    return found[0]


def snoozed_until(reminder: Reminder) -> datetime | None:
    return Interview.objects.get(pk=reminder.interview_id).snoozed_until


def test_a_step_is_told_and_snoozed(running: Running, page: Page, reminder: Reminder) -> None:
    worker = turn_on(page)
    device = PushDevice.objects.get(channel__candidate=reminder.candidate)
    assert device.name == "Chrome on Linux"
    expect(page.get_by_text(device.name)).to_be_visible()
    expect(page.get_by_text("You’ll get notifications on this device.")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_hidden()

    url = f"{running.url}{link(reminder, 'tomorrow')}"
    button = {"action": "tomorrow", "title": "Snooze until Tue"}
    told = {
        "title": "Call today",
        "body": "Calling is welcome.",
        "url": f"{running.url}/today/",
        "topic": "call",
        "lang": "en",
        "actions": [{**button, "url": url}],
    }
    Push(page).deliver(running.url, json.dumps(told), worker=worker)
    notification = shown(worker, "Call today")
    assert (notification["body"], notification["tag"]) == ("Calling is welcome.", "call")
    assert notification["actions"] == [button]

    worker.evaluate(TAP, "tomorrow")
    answer = shown(worker, "Snoozed until")
    assert (answer["tag"], answer["silent"], answer["actions"]) == ("call", True, [])
    assert snoozed_until(reminder) is not None


def test_from_the_sender_to_the_tap_and_email_once_the_permission_is_gone(
    running: Running, new_page: Pages
) -> None:
    now = timezone.now()
    alice = keep_hours(make_candidate(make_user("Alice")), now=now, is_open=True)
    with PushService() as service:
        subscribed = service.subscribe(public_key())
        page = allowing(new_page(running.url, viewport=PHONE), alice, subscribed.subscription())
        worker = turn_on(page)
        alice.refresh_from_db()
        reminder = reminder_of(stand(alice, "call", now=now), now=now)
        wait_until(lambda: bool(subscribed.accepted), seconds=30, what="it is sent", every=0.1)
        Push(page).deliver(running.url, subscribed.accepted[0].decode(), worker=worker)
        notification = shown(worker, "Call")
        assert "Petrova" not in f"{notification}"
        worker.evaluate(TAP, "tomorrow")
        shown(worker, "Snoozed until")
        assert snoozed_until(reminder) is not None
        assert running.inbox.messages == []

        page.context.clear_permissions()
        subscribed.answers.append(410)  # what its push service says from then on
        reminder_of(stand(alice, "write", now=now, company="Dune"), now=now)
        subjects = ["Notifications no longer reach you", "Write to Anna Petrova (Dune) today"]

        def is_mailed() -> bool:
            return {str(each["Subject"]) for each in running.inbox.messages} >= set(subjects)

        wait_until(is_mailed, seconds=30, what="emails come instead", every=0.1)
    assert (len(subscribed.accepted), PushDevice.objects.count()) == (1, 0)
    page.goto("/today/")
    page.get_by_role("link", name="Turn them on again").click()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()


def test_a_button_that_fails_leaves_the_notification(
    running: Running, page: Page, reminder: Reminder
) -> None:
    """The page of the action cannot be opened here: only a person's tap may open one."""
    worker = turn_on(page)
    told = {"title": "Call today", "body": "", "url": running.url, "topic": "call", "lang": "en"}
    button = {"action": "tomorrow", "title": "Snooze", "url": f"{running.url}/act/nonsense/"}
    Push(page).deliver(running.url, json.dumps({**told, "actions": [button]}), worker=worker)
    shown(worker, "Call today")
    with page.context.expect_event("response", lambda each: each.url.endswith(ACT)) as refused:
        worker.evaluate(TAP, "tomorrow")
    assert refused.value.status == 410
    shown(worker, "Call today")
    assert snoozed_until(reminder) is None


def test_a_visit_renews_the_device_and_a_removed_one_ends(page: Page, reminder: Reminder) -> None:
    alice, told = reminder.candidate, make_subscription()
    before = timezone.now() - timedelta(days=9)
    device = add_device(candidate=alice, subscription=told, name="Chrome", now=before)
    page.goto("/today/")
    worker = worker_of(page)
    worker.evaluate(RENEWING, told)

    def is_seen() -> bool:
        device.refresh_from_db()
        return device.seen_at > before

    page.goto("/settings/")
    wait_until(is_seen, seconds=15, what="the device is renewed", every=0.1)
    remove_device(device=device)
    worker.evaluate("write('facts', (store) => store.delete('renewedAt'))")
    page.goto("/settings/")
    has_ended = partial(worker.evaluate, "self.ended === 1")
    wait_until(has_ended, seconds=15, what="the subscription ends", every=0.1)
    assert not PushDevice.objects.exists()


def test_a_push_that_cannot_be_read_shows_a_general_sentence(running: Running, page: Page) -> None:
    worker = turn_on(page)
    Push(page).deliver(running.url, "no JSON", worker=worker)
    assert shown(worker, "Something to look at on Hearback")["actions"] == []


def test_a_browser_that_does_not_allow_them_is_told_how(page: Page) -> None:
    page.context.clear_permissions()
    page.goto(URL)
    page.get_by_role("button", name=TURN_ON).click()  # without a person the question is a no
    expect(page.get_by_text("Your browser blocks notifications from Hearback.")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_hidden()


def test_a_browser_without_them_is_told_what_to_do(page: Page) -> None:
    page.add_init_script("delete window.PushManager")
    page.goto(URL)
    expect(page.get_by_text("This browser can’t show notifications.")).to_be_visible()
    page.add_init_script("""Object.defineProperty(navigator, "userAgent", {value: "iPhone"})""")
    page.goto(URL)
    expect(page.get_by_text("add Hearback to your home screen first")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_hidden()


def test_the_page_is_whole_however_it_is_reached(page: Page, watch: Watch) -> None:
    page.goto("/settings/")
    sections = page.get_by_role("navigation", name="Settings")
    sections.get_by_role("link", name="Notifications").click()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()
    assert [*visit_faults(page, watch), *enter_faults(page)] == []
    turn_on(page)
    page.get_by_text("Different for some steps").click()
    assert [*visit_faults(page, watch), *enter_faults(page)] == []
    page.goto(URL)
    page.get_by_role("link", name="Today", exact=True).first.click()
    page.wait_for_url("**/today/")
    page.go_back()
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove Chrome on Linux").click()
    expect(page.get_by_text("gets no more notifications")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()
