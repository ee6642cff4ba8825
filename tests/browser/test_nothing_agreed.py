"""The other story: nothing was agreed. Weigh it on the fourth day, call on the fifth."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Pages
from tests.browser.story import (
    BARE_PHONE,
    DESK,
    EMAIL,
    OF_INTERVIEW,
    Device,
    add_interview,
    choose,
    confirm,
    next_mail,
    on,
    open_link,
    sign_up,
)
from tests.support.running import Running
from tests.support.time_shift import days_pass

pytestmark = pytest.mark.browser


@on(BARE_PHONE, DESK)
def test_nothing_was_agreed(running: Running, new_page: Pages, device: Device) -> None:
    page = device.open(new_page, running.url)
    alice = sign_up(page, running.inbox, device)
    soon = timezone.now().astimezone(alice.zone) + timedelta(minutes=30)
    interview = add_interview(page, soon, company="Bolt", title="Data engineer")

    # The interview passes, and the first mail asks what was agreed.
    days_pass(alice, 1)
    mail = running.inbox.take(to=EMAIL, subject="Record what you agreed with Anna Petrova")
    phone = device.open(new_page, running.url)
    open_link(phone, mail, "Nothing was agreed")
    confirm(phone)

    # Four days later: is this the right job?
    mail = next_mail(running, interview, subject="Decide if Bolt is worth a call")
    open_link(phone, mail, "Rate position")
    choose(phone, "How attractive is it?", "4")
    choose(phone, "How interested are you?", "5")
    confirm(phone)

    # It is. On the fifth day the candidate calls, and reaches Anna: a new day is named.
    mail = next_mail(running, interview, subject="Call Anna Petrova (Bolt)")
    open_link(phone, mail, "I called")
    choose(phone, "How did it go?", "They gave a new date")
    phone.get_by_role("button", name="I called").click()
    choose(phone, "Promised date", "In a week")
    confirm(phone)
    assert interview.contacts.get().agreement is not None

    # They keep their word: they want another interview.
    page.goto(f"/interviews/{interview.pk}/")
    page.get_by_role("link", name=re.compile("They’ve decided|Edit result")).first.click()
    choose(page, "How did it end?", "They want to see me again")
    page.get_by_role("button", name="Save").click()
    next_week = timezone.now().astimezone(alice.zone) + timedelta(days=7)
    page.get_by_label("Day", exact=True).fill(f"{next_week:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_role("button", name="Save interview").click()
    page.wait_for_url(OF_INTERVIEW)

    interview.refresh_from_db()
    assert (interview.result.kind, interview.step) == ("next_stage", "done")
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Do now")).to_have_count(0)
    expect(page.get_by_role("heading", name="Upcoming interviews")).to_be_visible()
