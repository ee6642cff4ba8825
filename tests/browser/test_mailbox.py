"""The mailbox of `make run` in a real browser."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import expect

from devserver.mailbox.store import Store
from tests.browser.conftest import Pages
from tests.devserver.serving import served
from tests.support.browser import Watch

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def message(html: str) -> bytes:
    written = EmailMessage()
    written["Subject"] = "Call Nora today"
    written["To"] = "alice@example.org"
    written.set_content("Plain words")
    written.add_alternative(html, subtype="html")
    return written.as_bytes()


def test_a_mails_link_opens_in_a_page_of_its_own(new_page: Pages, tmp_path: Path) -> None:
    store = Store(tmp_path)
    with served(store) as port:
        link = f'<p style="color: navy"><a href="http://localhost:{port}/">I called</a></p>'
        store.keep(message(link), ["alice@example.org"], now=NOW)
        page = new_page(f"http://localhost:{port}")
        page.goto("/")
        page.get_by_role("link", name="Call Nora today").click()
        with page.expect_popup() as popup:
            page.frame_locator("iframe").get_by_role("link", name="I called").click()
        expect(popup.value.get_by_role("heading", name="Mailbox")).to_be_visible()


def test_a_mails_script_does_not_run(new_page: Pages, watch: Watch, tmp_path: Path) -> None:
    watch.allow("sandboxed|CSP: script-src|Content Security Policy")
    store = Store(tmp_path)
    written = "<p>Words</p><script>document.querySelector('p').textContent = 'Ran'</script>"
    key = store.keep(message(written), ["alice@example.org"], now=NOW)
    with served(store) as port:
        page = new_page(f"http://localhost:{port}")
        page.goto(f"/messages/{key}/html")
        assert page.get_by_text("Words").is_visible()
    assert watch.errors != []
