"""A real browser on a running Hearback, which serves all stories of a test process.

`page` is a browser page at `running`; `new_page(...)` opens another one in its own context (options
of Playwright's new_context: timezone_id, viewport, java_script_enabled, …).
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker

from interviews.models import Interview, Mail
from interviews.models.mail.mail import DeliveryState
from scripts.chromium import require_chromium
from tests.conftest import RESULTS
from tests.support.brokers import own_broker
from tests.support.browser import CHROMIUM_FLAGS, Watch
from tests.support.databases import copy_database, drop_copy, empty_tables, using_database
from tests.support.inbox import Inbox
from tests.support.running import Running, start
from tests.support.waiting import wait_until


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread, in which Django would refuse queries; the
    # test's queries and the browser take turns here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=require_chromium(), args=CHROMIUM_FLAGS)
    yield started
    started.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test for an error in any of its pages without `watch.allow(…)`."""
    watch = Watch()
    yield watch
    assert watch.unexpected() == []


class Pages:
    """Opens pages and keeps them until the test ends."""

    def __init__(self, browser: Browser, watch: Watch) -> None:
        self._browser = browser
        self._watch = watch
        self.opened: list[Page] = []

    def __call__(self, base_url: str, **context: Any) -> Page:
        opened = self._browser.new_context(base_url=base_url, locale="en-GB", **context)
        opened.set_default_timeout(15_000)
        self._watch.attach(opened)
        self.opened.append(opened.new_page())
        return self.opened[-1]

    def keep_screenshots(self, folder: Path, test: str) -> None:
        """Screenshots of the open pages; a crashed browser must not hide why a test failed."""
        folder.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", test)
        for number, page in enumerate(self.opened):
            with suppress(Error):
                page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)

    def close(self) -> None:
        for page in self.opened:
            page.context.close()


@pytest.fixture
def new_page(request: pytest.FixtureRequest, browser: Browser, watch: Watch) -> Iterator[Pages]:
    pages = Pages(browser, watch)
    yield pages
    if watch.unexpected():
        pages.keep_screenshots(RESULTS, request.node.nodeid)
    pages.close()


@pytest.fixture(scope="session")
def whole_system(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Running]:
    """Web, worker and beat on their own database: other tests of the process hold the write lock of
    theirs while they run."""
    folder = tmp_path_factory.mktemp("whole")
    with Inbox() as inbox, own_broker(folder / "broker") as url:
        with django_db_blocker.unblock(), using_database(copy_database("stories")):
            # The push service of a test is on this machine.
            private = {"NOTIFY_PRIVATE_HOSTS": "true"}
            started = start(folder, inbox, broker_url=url, **private)
        yield started
        started.stop()
        with django_db_blocker.unblock():
            drop_copy("stories")


@pytest.fixture
def running(transactional_db: None, whole_system: Running) -> Iterator[Running]:
    """Keep one story's mails out of the next: delete the interviews, so that no mail is written any
    more, and wait for those already written."""
    with using_database(whole_system.database):
        yield whole_system
        unsent = Mail.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.LEASED])
        try:
            Interview.objects.all().delete()
            wait_until(lambda: not unsent.exists(), seconds=30, what="all mail is sent", every=0.1)
        finally:
            empty_tables()
            whole_system.forget_limits()
            whole_system.inbox.drop()


@pytest.fixture
def page(running: Running, new_page: Pages) -> Page:
    return new_page(running.url)
