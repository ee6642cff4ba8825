"""python -m scripts.screenshots: take the README's screenshots from a demo started for this.

The demo's dates are relative to today.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from devserver.ports import is_free
from scripts.chromium import require_chromium
from scripts.environment import ROOT

IMAGES = ROOT / "docs" / "images"
FIRST_PORT = 8900
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=760)
WHOLE_CARD = ViewportSize(width=360, height=1240)  # down to the sentence about what follows
SIGN_IN = re.compile(r"Candidate: (\S+) (\S+)$")


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _demo() as (url, email, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=require_chromium(), args=["--no-sandbox"]
        )
        desk = _signed_in(browser, url, email, password, DESK)
        _keep(desk, "today")
        _open(desk, "Acme Logistics Reporting analyst")
        _keep(desk, "interview")
        phone = _signed_in(browser, url, email, password, PHONE)
        _open_row(phone, "Calder & Sons", "Record agreement")
        for question, answer in (("Promised date", "In a week"), ("May you call", "Yes")):
            group = phone.get_by_role("group", name=question)
            group.get_by_role("radio", name=re.compile(answer)).check()
        phone.locator(".then:not(:empty)").wait_for()
        phone.set_viewport_size(WHOLE_CARD)
        _keep(phone, "agreement-card")
        phone.set_viewport_size(PHONE)
        phone.goto("/today/")
        _open_row(phone, "Acme Logistics", "Call Anna")
        _keep(phone, "call")
        browser.close()
    return 0


@contextmanager
def _demo() -> Iterator[tuple[str, str, str]]:
    """Yield the demo's URL and the candidate's sign-in; everything is removed afterwards."""
    port = next(number for number in range(FIRST_PORT, FIRST_PORT + 100) if is_free(number))
    with tempfile.TemporaryDirectory() as folder:
        started = subprocess.Popen(
            [sys.executable, "-m", "devserver", "--port", str(port), "--demo", "1"],
            env={**os.environ, "HEARBACK_VAR": str(Path(folder) / "var")},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert started.stdout is not None
            found = next(match for line in started.stdout if (match := SIGN_IN.match(line)))
            yield f"http://localhost:{port}", found[1], found[2]
        finally:
            started.terminate()
            started.wait()


def _signed_in(
    browser: Browser, url: str, email: str, password: str, viewport: ViewportSize
) -> Page:
    context = browser.new_context(
        base_url=url,
        locale="en-GB",
        viewport=viewport,
        color_scheme="light",
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/today/")
    return page


def _open_row(page: Page, company: str, action: str) -> None:
    """On a phone a row of Today has its action once it is open."""
    page.get_by_role("link", name=f"More about {company}").click()
    _open(page, action)


def _open(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")


def _keep(page: Page, name: str) -> None:
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
