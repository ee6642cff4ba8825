"""From a phone's share sheet and from any page, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from interviews.models import Candidate, Interview
from tests.browser.conftest import Pages
from tests.browser.pages.offline.device import settle
from tests.support.browser import Watch, sign_in
from tests.support.people import PASSWORD, make_candidate, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser

# Another site, which is answered in the browser; nobody is asked for it.
AD = "http://jobs.localhost/ads/42?q=1#top"
JOB_PAGE = """<!doctype html><title>Analyst at Acme | Jobs</title>
<meta property="og:site_name" content="Good Jobs">
<script type="application/ld+json">{broken</script>
<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "JobPosting",
 "title": "Analyst für Ömer & 漢字", "hiringOrganization": {"name": "Acme"},
 "description": "<p>We look
 for you</p>"}]}</script><h1>Analyst</h1>"""
PLAIN_PAGE = """<!doctype html><title>Driver</title><p id="ad">Drive our tram</p>"""
SHARED_FORM = """<form method="post" enctype="multipart/form-data" action="{url}/shared/">
<input name="title" value="Analyst"><input name="text" value="See {ad}"><input name="url">
<input type="file" name="file"><button>Share</button></form>"""


@pytest.fixture
def alice(running: Running, watch: Watch) -> Candidate:
    watch.allow("asked another host: http://jobs.localhost/")
    return make_candidate(make_user("Alice"))


def show(page: Page, url: str, html: str) -> None:
    """Another site's page."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(re.compile(re.escape(url.partition("#")[0])), answer)
    page.goto(url)


def run_bookmarklet(page: Page, code: str) -> Page:
    """As the bookmarks bar runs it: in the page, with the reader's own right."""
    with page.context.expect_page() as opened:
        page.evaluate("(code) => { location.href = code; }", code)
    return opened.value


def code_on(page: Page, user: object) -> str:
    sign_in(page, user)
    page.goto("/settings/bookmarklet/")
    link = page.get_by_role("link", name="Add to Hearback")
    code = link.get_attribute("href")
    assert code == page.get_by_label("Address of the bookmark").input_value()
    link.click()  # nothing happens here, and the policy blocks nothing
    return code


def test_the_bookmarklet_reads_a_job_ad_and_fills_in_the_form(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    """Also past JSON that cannot be read, and through the sign-in."""
    page = new_page(running.url, service_workers="block")
    code = code_on(page, alice.user)
    show(page, AD, JOB_PAGE)
    opened = run_bookmarklet(page, code)
    expect(opened.get_by_role("textbox", name="Position")).to_have_value("Analyst für Ömer & 漢字")
    expect(opened.get_by_role("combobox", name="Company")).to_have_value("Acme")
    expect(opened.get_by_label("Link to the job ad")).to_have_value(AD)
    expect(opened.get_by_label("Where did you find it?")).to_have_value("Good Jobs")
    expect(opened.get_by_label("Text of the job ad")).to_have_value("We look for you")
    assert "#" not in opened.url
    page.context.clear_cookies()
    show(page, "http://jobs.localhost/ads/7", PLAIN_PAGE)
    page.locator("#ad").select_text()
    opened = run_bookmarklet(page, code)
    opened.get_by_role("link", name="Sign in").last.click()
    opened.get_by_label("Email").fill(alice.user.email)
    opened.get_by_label("Password").fill(PASSWORD)
    opened.get_by_role("button", name="Sign in", exact=True).click()
    expect(opened.get_by_role("textbox", name="Position")).to_have_value("Driver")
    expect(opened.get_by_label("Text of the job ad")).to_have_value("Drive our tram")


def test_what_a_phone_shares_fills_in_forms_and_writes_nothing(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    page = new_page(running.url, viewport={"width": 360, "height": 740})
    sign_in(page, alice.user)
    settle(page)
    share(page, running.url)
    expect(page.get_by_label("Link to the job ad")).to_have_value(AD)
    expect(page.get_by_role("textbox", name="Position")).to_have_value("Analyst")
    share(page, running.url, {"name": "a.ics", "mimeType": "text/calendar", "buffer": invitation()})
    check = page.get_by_role("button", name="Check details")
    expect(check).to_be_focused()
    assert not Interview.objects.exists()
    check.click()
    expect(page.get_by_role("button", name="Save interview")).to_be_visible()
    assert not Interview.objects.exists()
    page.goto("/shared/")
    expect(page.get_by_text("Share a job ad’s link")).to_be_visible()
    expect(page.get_by_label("Contact file (.vcf)")).to_be_visible()


def share(page: Page, url: str, file: dict[str, object] | None = None) -> None:
    """As the share sheet does: a POST that no page of ours sends."""
    page.goto("about:blank")
    page.set_content(SHARED_FORM.format(url=url, ad=AD))
    if file:
        page.locator("[type=file]").set_input_files(file)
    page.get_by_role("button", name="Share").click()
    page.wait_for_url(re.compile("/shared/"))


def invitation() -> bytes:
    starts = timezone.now() + timedelta(days=3)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Interview"]
    lines += [f"DTSTART:{starts:%Y%m%dT%H%M%SZ}", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()
