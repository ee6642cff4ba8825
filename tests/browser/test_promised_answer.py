"""The article's story: they promised to call by Friday, and did not.

Real web, worker and beat processes, a real SMTP server, a real browser; time is moved by data.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Candidate
from tests.browser.conftest import Pages
from tests.browser.story import (
    BARE_DESK,
    PHONE,
    Device,
    add_interview,
    choose,
    confirm,
    next_mail,
    on,
    open_link,
    sign_up,
)
from tests.support.inbox import text_of
from tests.support.running import Running
from tests.support.time_shift import pass_until_due

pytestmark = pytest.mark.browser


# Weekdays stay what they were: which tries count depends on them.
WEEK = 7


@on(PHONE, BARE_DESK)
def test_a_promise_that_was_not_kept(running: Running, new_page: Pages, device: Device) -> None:
    page = device.open(new_page, running.url)
    alice = sign_up(page, running.inbox, device)

    # A minute after the door closed: who calls, by when, may I call.
    started = timezone.now().astimezone(alice.zone) - timedelta(hours=2)
    interview = add_interview(page, started, company="Acme", title="Product analyst")
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree on?")
    choose(page, "Promised date", "In a week")
    choose(page, "Who will get in touch?", "They’ll contact me")
    choose(page, "May you call if you hear nothing?", "yes")
    if device.has_script:
        expect(page.get_by_role("status").filter(has_text="Call Anna Petrova on")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Petrova promised an answer")

    # The day passes. The reminder comes when the call can be made, with the words to say.
    mail = next_mail(running, interview, subject="Call Anna Petrova (Acme)", at_once=WEEK)
    assert "promised an answer by" in text_of(mail)
    assert "+49 30 901820" in text_of(mail)
    assert "I was welcome to call" in text_of(mail)

    # A browser that is not signed in: the link alone is enough.
    phone = device.open(new_page, running.url)
    open_link(phone, mail, "I called")
    choose(phone, "How did it go?", "No answer")
    confirm(phone)

    # The next day again.
    mail = next_mail(running, interview, subject="Call Anna Petrova (Acme)", at_once=WEEK)
    open_link(phone, mail, "I called")
    choose(phone, "How did it go?", "No answer")
    confirm(phone)

    # Two days of trying are enough: write.
    mail = next_mail(running, interview, subject="Write to Anna Petrova (Acme) today", at_once=WEEK)
    assert "No one answered on" in text_of(mail)
    page.goto("/today/")
    page.get_by_role("link", name="Write to Anna", exact=True).click()
    expect(page.get_by_label("Letter", exact=True)).to_have_value(re.compile("Anna Petrova"))
    page.get_by_role("button", name="Mark as sent").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/")
    assert interview.contacts.filter(outcome="sent").exists()

    # They refuse, say what was lacking, and keep the papers until March.
    pass_until_due(alice, interview, at_once=WEEK)
    march = timezone.now().replace(month=3, day=1).date()
    if march <= timezone.now().date():
        march = march.replace(year=march.year + 1)
    page.goto(f"/interviews/{interview.pk}/")
    page.get_by_role("link", name="Record result").click()
    choose(page, "How did it end?", "They said no")
    page.get_by_label("Feedback").fill("Somebody with more SQL was found.")
    page.get_by_label("What was missing, in your own words").fill("SQL performance")
    page.get_by_text("Staying in touch").click()
    page.get_by_label("Kept on file: get in touch again on").fill(march.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("SQL performance")).to_be_visible()

    _assert_calm(page, alice)


def _assert_calm(page: Page, alice: Candidate) -> None:
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Do now")).to_have_count(0)
    expect(page.get_by_role("heading", name="Recent answers")).to_be_visible()
    stored = alice.interviews.get()
    assert stored.step == "recontact"
    assert stored.step_due_at is not None
    assert stored.step_due_at > timezone.now()
