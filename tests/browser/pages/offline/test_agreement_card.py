"""The agreement's form without a network: stored on the device, sent exactly once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Agreement, Interview
from tests.browser.pages.offline.device import (
    card_of,
    hours_pass_on,
    kept_on,
    note,
    notice,
    refused,
    settle,
    wait_until_ready,
)
from tests.browser.story import choose, days_offered, open_more
from tests.support.browser import Watch, sign_in
from tests.support.running import Running

pytestmark = pytest.mark.browser


def test_filled_in_without_a_network_and_sent_once_when_it_is_back(
    running: Running, page: Page, interview: Interview
) -> None:
    running.fall_silent()
    note(page, interview)
    pressed_at = timezone.now()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("1 note on this device")
    assert not Agreement.objects.exists()
    hours_pass_on(page, 3)
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    made = Agreement.objects.get()
    assert abs(made.made_at - (pressed_at - timedelta(hours=3))) < timedelta(minutes=1)
    assert made.due_on == days_offered(interview)[2]
    assert kept_on(page) == []
    page.reload()
    expect(page.get_by_text("Agreement saved.")).to_be_visible()
    assert Agreement.objects.count() == 1


def test_what_is_filled_in_twice_is_two_notes(
    running: Running, page: Page, interview: Interview
) -> None:
    """The card that is kept stays the same; what was agreed on Monday and on Tuesday is not."""
    running.fall_silent()
    note(page, interview)
    page.goto(card_of(interview))
    page.locator("input[name=due]").first.check()
    page.get_by_role("button", name="Save").click()
    expect(notice(page)).to_contain_text("Notes on this device not sent yet: 2")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    notice(page).get_by_role("link", name="Open Today").click()
    expect(page.get_by_role("heading", name="Upcoming interviews")).to_be_visible()
    days = [made.due_on for made in Agreement.objects.order_by("created_at")]
    assert days == [days_offered(interview)[2], days_offered(interview)[0]]


def test_two_tabs_send_it_once(running: Running, page: Page, interview: Interview) -> None:
    running.fall_silent()
    note(page, interview)
    other = page.context.new_page()
    other.goto("/today/")
    running.answer()
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in (page, other):
        expect(notice(tab)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1


def test_it_is_sent_from_the_page_that_stayed_open(
    running: Running, page: Page, interview: Interview
) -> None:
    """The same form posted twice, too: pressed again in doubt, it is one note."""
    running.fall_silent()
    note(page, interview)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree on?")
    running.answer()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1


def test_with_a_network_the_worker_only_hands_it_on(page: Page, interview: Interview) -> None:
    page.goto(card_of(interview))
    choose(page, "Promised date", "In a week")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/next/")
    expect(page.get_by_text("Agreement saved.")).to_be_visible()
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
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this device")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None


def test_what_is_not_kept_is_said_to_need_the_network(running: Running, page: Page) -> None:
    running.fall_silent()
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re offline")
    page.get_by_role("link", name="Go to Today").click()
    expect(page.get_by_role("heading", name="Upcoming interviews")).to_be_visible()
    page.get_by_role("link", name="More", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re offline")


def test_a_lapsed_sign_in_is_asked_for_and_then_it_is_sent(
    running: Running, page: Page, interview: Interview
) -> None:
    running.fall_silent()
    note(page, interview)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    running.answer()
    page.goto("/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(notice(page)).to_contain_text(
        "You’ve been signed out. Your notes are safe on this device."
    )
    assert not Agreement.objects.exists()
    page.get_by_label("Email address").fill("alice@example.org")
    page.get_by_label("Password").fill("a long enough word")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1


def test_a_sign_in_that_lapses_under_an_open_card_loses_nothing(
    page: Page, interview: Interview
) -> None:
    page.goto(card_of(interview))
    wait_until_ready(page)
    choose(page, "Promised date", "In a week")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this device")
    expect(notice(page)).to_contain_text("Sign in to send them")
    sign_in(page, interview.candidate.user)
    page.goto("/today/")
    expect(notice(page)).to_contain_text("Your notes have been sent.")
    assert Agreement.objects.count() == 1


def test_a_refused_one_is_kept_and_put_right(
    running: Running, page: Page, interview: Interview, watch: Watch
) -> None:
    watch.allow(r"status of 422")
    running.fall_silent()
    page.goto(card_of(interview))
    choose(page, "Promised date", "Another date")
    page.get_by_label("Date", exact=True).fill("2020-01-01")
    open_more(page)
    page.get_by_label("Promised time").fill("10:15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved on this device")
    running.answer()
    page.goto("/today/")
    expect(notice(page)).to_contain_text("save one of your notes.")
    page.get_by_role("link", name="Check note").click()
    expect(
        page.get_by_text("Choose the date you agreed on this, or a later one.").first
    ).to_be_visible()
    expect(page.get_by_label("Promised time")).to_have_value("10:15")
    choose(page, "Promised date", "In a week")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/next/")
    expect(notice(page)).to_be_empty()
    assert f"{Agreement.objects.get().due_time:%H:%M}" == "10:15"


def test_a_refused_one_can_be_thrown_away(
    running: Running, page: Page, interview: Interview
) -> None:
    refused(running, page, interview)
    page.get_by_text("Delete note").click()
    page.get_by_role("button", name="Delete from this device").click()
    expect(notice(page)).to_be_empty()
    assert kept_on(page) == []
