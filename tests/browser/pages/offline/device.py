"""What a device stores, and how the form is filled in on it."""

from functools import partial

from playwright.sync_api import Locator, Page, expect

from interviews.models import Interview
from tests.browser.story import choose
from tests.support.running import Running
from tests.support.waiting import wait_until

# The worker controls the page, and the form and its frame are on the device.
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


def card_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/agreement/"


def settle(page: Page, *paths: str) -> None:
    page.goto("/today/")
    wait_until_ready(page, "/today/", "/kept/", "/offline/", *paths)


def wait_until_ready(page: Page, *paths: str) -> None:
    """Playwright's own waiting would accept the promise of a value as the value."""
    asked = partial(page.evaluate, IS_READY, list(paths))
    wait_until(asked, seconds=15, what=f"the worker has the page and {paths}")


def note(page: Page, interview: Interview, day: str = "In a week") -> None:
    """Fill the form in while nothing answers."""
    page.goto(card_of(interview))
    choose(page, "Promised date", day)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this device")
    expect(notice(page)).to_contain_text("1 note on this device hasn’t been sent yet.")


def refused(running: Running, page: Page, interview: Interview) -> None:
    running.fall_silent()
    note(page, interview, "Another date")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("save one of your notes")


def notice(page: Page) -> Locator:
    return page.locator("#offline-queue")


def hours_pass_on(page: Page, hours: int) -> None:
    page.evaluate(ENTRIES, hours * 3600 * 1000)


def kept_on(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(ENTRIES, 0)
    return found
