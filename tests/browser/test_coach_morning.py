"""A coach's morning: from the mail to a step that the candidate accepts.

Real web, worker and beat processes, a real SMTP server, a real browser.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching import coaches
from interviews.models import Candidate, Coach, Interview, Proposal
from tests.browser.conftest import Pages
from tests.browser.story import choose
from tests.support.inbox import links_of, text_of
from tests.support.people import (
    PASSWORD,
    make_agreement,
    make_candidate,
    make_coaching,
    make_interview,
    make_user,
)
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_coachs_morning(running: Running, new_page: Pages, has_script: bool) -> None:
    now = timezone.now()
    bob, alice = make_user("Bob"), make_candidate(make_user("Alice"))
    coach = coaches.make_coach(user=bob)
    make_coaching(bob, alice)
    waited = promised_long_ago(alice, now=now)

    # It is the hour of the morning mail.
    Coach.objects.filter(pk=coach.pk).update(
        digest_weekdays=list(range(7)), digest_due_at=now - timedelta(minutes=1)
    )
    mail = running.inbox.take(to="bob@example.org", subject="1 thing needs your attention")
    assert "Alice: Product analyst, Acme" in text_of(mail)
    link = next(each for each in links_of(mail) if str(waited.pk) in each)

    # The link leads to the interview, by way of the sign-in.
    desk = new_page(running.url, java_script_enabled=has_script)
    desk.goto(link)
    sign_in(desk, "bob@example.org")
    expect(desk.get_by_text("Anna Petrova promised an answer")).to_be_visible()

    # The coach proposes what to do, and by when.
    by = (now + timedelta(days=7)).astimezone(alice.zone).date()
    choose(desk, "What do you suggest?", "Call")
    desk.get_by_label("Due date").fill(by.isoformat())
    desk.get_by_label("Your words").fill("Friday is their planning day.")
    desk.get_by_role("button", name="Send suggestion").click()
    expect(desk.get_by_text("Friday is their planning day.")).to_be_visible()

    # It reaches the candidate by mail, marked as the coach's, and on Today.
    mail = running.inbox.take(to="alice@example.org", subject="Bob suggested a next step")
    assert "Friday is their planning day." in text_of(mail)
    phone = new_page(
        running.url, java_script_enabled=has_script, viewport={"width": 360, "height": 740}
    )
    phone.goto(next(each for each in links_of(mail) if str(waited.pk) in each))
    sign_in(phone, "alice@example.org")
    expect(phone.get_by_text("Friday is their planning day.")).to_be_visible()
    phone.goto("/today/")
    phone.get_by_role("button", name="Accept").click()
    expect(phone.get_by_role("button", name="Accept")).to_have_count(0)
    assert Proposal.objects.get().answer == "accepted"
    waited.refresh_from_db()
    assert not waited.contacts.exists()  # no fact was changed

    # The coach sees it on the overview.
    desk.goto("/admin/")
    expect(desk.get_by_text("Accepted", exact=True)).to_be_visible()


def promised_long_ago(candidate: Candidate, *, now: datetime) -> Interview:
    """So long that a call is due on whatever day and hour the test runs."""
    starts = now - timedelta(days=20)
    people = (("Anna Petrova", "recruiter"),)
    interview = make_interview(candidate, starts_at=starts, now=starts, people=people)
    due = (now - timedelta(days=10)).astimezone(candidate.zone).date()
    make_agreement(interview, now=interview.ends_at, due_on=due)
    return interview


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*login)"))
