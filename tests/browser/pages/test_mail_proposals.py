"""Forwarded mails in a browser: what holds of every page holds of those that show them. An open one
is not in the world of the other pages: there Today would run a query more than its budget."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from interviews.models import Interview, MailProposal
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import enter_faults, visit_faults
from tests.support.browser import Watch, sign_in
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_mail_proposal,
    make_proposal,
    make_user,
)
from tests.support.running import Running
from tests.support.step_factories import stand

pytestmark = pytest.mark.browser


@pytest.fixture
def interview(running: Running) -> Interview:
    return stand(make_candidate(make_user("Alice")), "call", now=timezone.now())


@pytest.fixture
def mails(interview: Interview) -> list[MailProposal]:
    """About one wait, with a choice of times, about one of two, and about none that is known."""
    now = timezone.now()
    starts = [(now + timedelta(days=days)).isoformat() for days in (2, 3)]
    choices = [{"interview": str(interview.pk)}, {"vacancy": str(interview.vacancy.pk)}]
    told = {"dates": starts, "by_when": None}
    return [
        make_mail_proposal(interview, now=now, is_doubtful=True),
        make_mail_proposal(interview, now=now, kind="invitation", details=told),
        make_mail_proposal(interview, now=now, interview=None, choices=choices),
        make_mail_proposal(interview, now=now, interview=None, subject=""),
    ]


def test_the_pages_that_show_them(
    running: Running,
    new_page: Pages,
    watch: Watch,
    interview: Interview,
    mails: list[MailProposal],
) -> None:
    page = new_page(running.url, service_workers="block")
    sign_in(page, interview.candidate.user)
    found = []
    for path in (
        "/today/",
        f"/interviews/{interview.pk}/",
        f"/mail-proposals/{mails[0].pk}/",
        f"/interviews/new/?continues={interview.pk}&mail={mails[1].pk}",
    ):
        page.goto(path)
        faults = visit_faults(page, watch) + enter_faults(page)
        found += [f"{path}: {fault}" for fault in faults]
    assert found == []


def test_on_a_phone_the_rows_begin_in_sight(running: Running, new_page: Pages) -> None:
    """Below two mails, with a coach's suggestion on its row."""
    now = timezone.now()
    alice, bob = make_candidate(make_user("Alice")), make_user("Bob", is_staff=True)
    make_coaching(bob, alice)
    for number in range(6):
        starts_at = now - timedelta(days=9 + number)
        row = make_interview(alice, starts_at=starts_at, now=now, company=f"Company {number}")
    make_proposal(row, bob, now=now)
    ahead = make_interview(alice, starts_at=now + timedelta(days=3), now=now, company="Brightwell")
    told = {"dates": [(now + timedelta(days=5)).isoformat()], "by_when": None}
    make_mail_proposal(row, now=now)
    make_mail_proposal(ahead, now=now, kind="moved", details=told)
    page = new_page(running.url, viewport={"width": 360, "height": 780})
    sign_in(page, alice.user)
    page.goto("/today/")
    expect(page.locator(".mails .btn-primary:visible")).to_have_count(1)
    expect(page.locator("main .btn-primary:visible")).to_have_count(1)
    first = page.locator(".timeline li").first.bounding_box()
    assert first is not None
    assert first["y"] <= 420
    # A thumb finds what to do, and the axis runs below its words.
    verb, axis = (page.locator(f".timeline li {part}").first for part in (".verb", ".axis"))
    target, line = verb.bounding_box(), axis.bounding_box()
    assert target is not None
    assert line is not None
    assert target["height"] >= 40
    assert line["y"] + 4 >= target["y"] + 18
    mails = page.locator(".mails summary h3").all()
    assert [mail.evaluate("(title) => title.clientHeight <= 40") for mail in mails] == [True, True]
    suggestion = page.locator(".timeline").get_by_role("article")
    expect(suggestion).to_be_hidden()
    page.get_by_text("Bob suggests you call").first.click()
    suggestion.get_by_role("button", name="Accept").click()
    expect(page.locator("#messages")).to_contain_text("Suggestion accepted.")


def test_a_wait_is_chosen_before_it_is_recorded(
    running: Running, new_page: Pages, interview: Interview, mails: list[MailProposal]
) -> None:
    page = new_page(running.url)
    sign_in(page, interview.candidate.user)
    page.goto("/today/")
    asking = page.get_by_role("article").filter(has_text="Which interview is it about?")
    asking.get_by_role("heading").click()
    asking.get_by_role("button", name="Record rejection").click()
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Choose the interview that this email is about.")
    page.get_by_label("Which interview is it about?").select_option(label=str(interview))
    page.get_by_role("button", name="Record it").click()
    expect(messages).to_contain_text("Rejection recorded.")
    page.goto("/today/")
    expect(asking).to_have_count(0)
