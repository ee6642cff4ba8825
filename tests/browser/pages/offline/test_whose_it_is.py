"""What a device stores belongs to its reader: no other person, site or session gets it."""

import re
from datetime import timedelta
from functools import partial

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from accounts.services import end_sessions
from interviews.models import Agreement, Interview
from tests.browser.pages.offline.device import card_of, kept_on, note, notice, refused, settle
from tests.dashboard.linking import CARD
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_user
from tests.support.running import Running
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

NO_PAGES = "async () => (await caches.keys()).every((name) => !name.startsWith('pages-'))"
FOREIGN = "http://127.0.0.1:9/"  # answered in this test alone; nothing listens there
FILLED_IN = {**CARD, "csrfmiddlewaretoken": "a" * 64}
FIELDS = "".join(f'<input name="{name}" value="{value}">' for name, value in FILLED_IN.items())


def test_signing_out_says_what_is_lost_and_clears_the_device(
    running: Running, page: Page, interview: Interview
) -> None:
    refused(running, page, interview)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign out?")
    expect(page.get_by_text("Signing out deletes them.")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert kept_on(page) == []
    assert page.evaluate(NO_PAGES)


def test_signing_out_with_nothing_kept_is_one_press(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert page.evaluate(NO_PAGES)


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
    kept = page.evaluate("caches.match('/today/').then((kept) => kept.text())")
    assert "Product analyst" not in kept
    assert page.evaluate(f"caches.match('{card_of(interview)}')") is None
    assert not Agreement.objects.exists()
    running.fall_silent()
    page.goto(card_of(interview))
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re offline")
    page.context.clear_cookies()
    sign_in(page, interview.candidate.user)
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1


def test_the_worker_keeps_out_of_the_admin_and_of_a_mails_links(
    running: Running, page: Page
) -> None:
    running.fall_silent()
    for path in ("/admin/", "/act/of-a-mail/"):
        with pytest.raises(Error, match=r"ERR_(CONNECTION_REFUSED|FAILED)"):
            page.goto(path)


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
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree on?")
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
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1
